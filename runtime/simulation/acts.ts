import type { Party } from "../commands.ts";
import type { BotTransfer, CallId, Event, OfferFailure } from "../events.ts";

/* What the people and things around a simulated switchboard do. */

/**
 * What somebody does when his phone rings. Without `talksMs` he talks until the other side hangs up; `over` is his trunk. `presses`
 * is the key that he presses after a prompt; without it, whichever he is asked for.
 */
export type Answering =
  | {
      act: "answers";
      afterMs: number;
      talksMs?: number;
      over?: string;
      presses?: (prompt: string) => string | undefined;
    }
  | { act: "fails"; afterMs: number; outcome: OfferFailure; sip?: number }
  | { act: "ignores" };

/** How a mailbox system takes a call: it lets the caller speak for `ms`, or fails. */
export type Deposit = { act: "records"; ms: number } | { act: "fails"; afterMs: number; sip?: number };

export type BotOutcome = Extract<Event, { type: "bot.ended" }>["outcome"];

/** A bot that is done after a while in one way or another, or never. */
export type BotAct =
  | {
      act: "ends";
      afterMs: number;
      outcome: BotOutcome;
      transfer?: BotTransfer;
      sip?: number;
    }
  | { act: "stays" };

/** The people and things around a simulated switchboard; each is asked when it is called, and may answer differently each time. */
export interface Cast {
  answering(party: Party): Answering;
  deposit(trunk: string, call: CallId): Deposit;
  /** How long a caller speaks to a mailbox of ours. */
  speaksMs(call: CallId): number;
  /** What somebody does to whom a call is shown. */
  previewing(agent: string): Answering;
  /** What a bot does with a caller. */
  bot(name: string, trunks: readonly string[]): BotAct;
  /** What the caller's own network answers when it is asked to call `to`. */
  referred(to: string): Answering;
  /** The device that somebody calls from who shows this number, where it is one of the directory's. */
  deviceOf(number: string): string | undefined;
  /** Milliseconds, above 0; `undefined` when there is no such prompt. */
  promptMs(name: string, language: string): number | undefined;
}
