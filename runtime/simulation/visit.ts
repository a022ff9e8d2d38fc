import type { CallCommand, Party } from "../commands.ts";
import type { CallId, Event, Millis, OfferId, TaskId } from "../events.ts";
import type { Cast } from "./acts.ts";
import type { VirtualClock } from "./clock.ts";

export interface StageOptions {
  clock: VirtualClock;
  cast: Cast;
  deliver: (event: Event) => void;
  /** Told each prompt and music as it begins to sound for the caller. */
  onHeard?: (call: CallId, name: string, at: Millis) => void;
  /** Told the trunk over which somebody outside picks up. */
  onCarried?: (call: CallId, trunk: string, at: Millis) => void;
}

/** One caller's visit, with what it takes to answer the engine about it. */
export interface Visit extends StageOptions {
  call: CallId;
  /** Nothing more happens to a caller who has gone; the phones that ring for him do so until they are withdrawn. */
  gone: boolean;
  /** Takes back the end of what sounds now. */
  stopSound(): void;
  /** A call that begins with us has none at first. */
  caller: "there" | "nobody yet";
  /** Takes back what he who is called to be the caller would do next. */
  stopPlacing(): void;
  /** Takes back what the bot would do next. */
  stopBot(): void;
  /** The bot that talks with the caller. */
  bot?: TaskId;
  offers: Map<OfferId, Ringing>;
  deposit?: { task: TaskId; startedAt?: Millis; cancel(): void };
}

export interface Ringing {
  party: Party;
  talksMs?: number;
  presses?: (prompt: string) => string | undefined;
  /** The trunk over which he is reached. */
  over?: string;
  state: "ringing" | "answered" | "connected";
  /** Takes back what this phone would do next. */
  cancel(): void;
}

export type Of<T extends CallCommand["type"]> = Extract<CallCommand, { type: T }>;

export const nothing = () => {};

export function visitOf(options: StageOptions, call: CallId, caller: Visit["caller"]): Visit {
  const still = { stopSound: nothing, stopPlacing: nothing, stopBot: nothing };
  return { ...options, call, gone: false, caller, ...still, offers: new Map() };
}

export function close(visit: Visit): void {
  visit.gone = true;
  visit.stopSound();
  visit.stopBot();
  visit.stopPlacing();
  visit.deposit?.cancel();
  for (const ringing of visit.offers.values()) ringing.cancel();
}

export function after(visit: Visit, ms: number, act: () => void): () => void {
  return visit.clock.plan(visit.clock.now() + ms, act);
}

/** Answers a command: not at once, for nothing may happen while the engine still hands out commands. */
export function soon(visit: Visit, event: Event): () => void {
  return after(visit, 0, () => {
    if (!visit.gone) visit.deliver(event);
  });
}

export function sound(visit: Visit, task: TaskId, ms: number | undefined): void {
  const ended = () => visit.deliver({ type: "treatment.ended", call: visit.call, task, outcome: "done" });
  visit.stopSound = ms === undefined ? nothing : after(visit, ms, ended);
}
