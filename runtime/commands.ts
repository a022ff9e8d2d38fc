import type { CallId, Millis, OfferId, TaskId } from "./events.ts";
import type { SentAlong } from "./along.ts";
import type { Json } from "./json.ts";
import type { Value } from "./values.ts";

/** Where an offer rings. Things of the directory by name; whoever performs it knows their addresses. */
export type Party =
  /** `trunks`: of a phone behind a group of trunks, those that it is reached by, in turn. */
  | { kind: "agent"; agent: string; device: string; trunks?: string[] }
  | { kind: "number"; number: string; trunks: string[] };

/** Digits that are collected while a prompt plays and after it. */
export interface Keys {
  atMost: number;
  endedBy?: string;
  /** For the first key after the prompt, and each one after another; absent for ever. */
  withinMs?: Millis;
  /** Another prompt follows at once. */
  more?: true;
}

/**
 * Everything the engine may ask of the outside, imperative, plain data. Results come back as events.
 */
export type Command = CallCommand | HttpCommand;

/** A host of the directory is asked. Performed once, whatever comes of it; a replay repeats the answer and not the request. */
export type HttpCommand =
  /** → `request.ended`, unless it is abandoned: how long an answer may take is the engine's to say */
  | {
      type: "request";
      call: CallId;
      task: TaskId;
      method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
      host: string;
      /** From the root of the host, encoded. */
      path: string;
      body?: Json;
    }
  /** The answer is not waited for any more. No event follows. */
  | { type: "abandonRequest"; call: CallId; task: TaskId };

/**
 * What is asked of telephony. Commands of one call are performed in order. Whoever performs them decides what audio is: RTP, or a
 * line in a simulation.
 */
export type CallCommand =
  /** Answer the caller with media. → `call.answered` or `call.gone` */
  | { type: "answer"; call: CallId; ringback: boolean }
  /** Play one prompt; replaces what sounds now. → `treatment.ended`, or, where whoever plays it also collects the keys, `keys.collected` */
  | { type: "play"; call: CallId; task: TaskId; prompt: string; otherwise?: string; language: string; keys?: Keys }
  /** Digits are collected while whatever sounds goes on: the caller is to be heard. No event follows. */
  | { type: "listen"; call: CallId }
  /** Speak the values, in the language; replaces what sounds now. → `treatment.ended` */
  | { type: "say"; call: CallId; task: TaskId; values: Value[]; language: string }
  /** Music until the next treatment, or `ms` long. Only with `ms`, → `treatment.ended` */
  | { type: "music"; call: CallId; task: TaskId; name: string; ms?: number; language: string }
  | { type: "ringback"; call: CallId; task: TaskId }
  | { type: "silence"; call: CallId; task: TaskId }
  /** Ring one party. No ring limit of its own: the engine withdraws it. → `offer.ringing`, then `offer.answered` or `offer.failed` */
  | {
      type: "offer";
      call: CallId;
      offer: OfferId;
      party: Party;
      from: string;
      queue?: string;
      showing?: Record<string, Value>;
      along?: SentAlong;
      /** He does not hear the caller: somebody else is to be joined with him. */
      apart?: true;
    }
  /** Join the caller to a bot of the directory, by the first of the trunks that takes it; without trunks at its host. → `bot.ended` */
  | { type: "ask"; call: CallId; task: TaskId; bot: string; trunks: string[]; along?: SentAlong }
  /** Take the caller from the bot. No event follows. */
  | { type: "dismiss"; call: CallId; task: TaskId }
  /** A call begins with us: parties may be rung for it, and somebody be called to be its caller. → `call.gone` where that cannot be */
  | { type: "open"; call: CallId; conversation?: string }
  /** Call somebody to be the caller of an opened call, showing `from`; no ring limit of its own. → `call.answered` or `place.failed` */
  | { type: "place"; call: CallId; party: Party; from: string }
  /** Do not call him any more, in whatever state that is. No event follows. */
  | { type: "unplace"; call: CallId }
  /** Say something to a party who has picked up and waits for the caller. */
  | { type: "announce"; call: CallId; offer: OfferId; text: string; language: string }
  /** Have the caller's own network call somebody. → `refer.ended`; after `accepted` it is done with us */
  | { type: "refer"; call: CallId; task: TaskId; to: string; along?: SentAlong }
  /** End an offer in whatever state it is: CANCEL, or ACK and BYE when the answer crosses. No event follows. */
  | { type: "withdraw"; call: CallId; offer: OfferId; reason: "no_answer" | "caller_gone" | "lost_race" | "strategy" }
  /** Ask who picked up, and not the caller, to press a key; again until he does something. → `offer.confirmed` */
  | { type: "confirm"; call: CallId; offer: OfferId; prompt: string; key: string; language: string }
  /** Join caller and answered party; ends every treatment. → `call.connected` or `connect.failed` */
  | { type: "connect"; call: CallId; offer: OfferId }
  /** Part the party from the caller, or from the party he was joined with: each hears us, he this music. He may be joined again. → `call.parted` */
  | { type: "part"; call: CallId; offer: OfferId; music?: { name: string; language: string } }
  /**
   * Caller and party, who talk, change places: the party is the caller, and who was the caller, this agent or nobody of ours, is the party of the offer `as`. `call.gone`
   * tells that he has gone meanwhile. Nothing else follows.
   */
  | { type: "turn"; call: CallId; offer: OfferId; as: OfferId; agent?: string }
  /** The party of the offer `its` of the call `from`, who has answered, is from here on that of `offer` in this one; he hears nobody yet. Nothing follows. */
  | { type: "adopt"; call: CallId; offer: OfferId; from: CallId; its: OfferId }
  /** Join a party who has answered apart, or was parted, with one who was parted. → `parties.joined` */
  | { type: "join"; call: CallId; offer: OfferId; with: OfferId }
  /** Connect the caller to a mailbox on a trunk. → `voicemail.answered`, then `voicemail.ended` */
  | { type: "deposit"; call: CallId; task: TaskId; mailbox: string; trunk: string; number: string; subject?: string }
  /** Sound the tone and keep what the caller says for a mailbox of ours, for `mostMs` at most. → `voicemail.ended` */
  | {
      type: "takeMessage";
      call: CallId;
      task: TaskId;
      mailbox: string;
      mostMs: Millis;
      subject?: string;
    }
  /** Give up a deposit or a message under way; nothing of it is kept. No event follows. */
  | { type: "abandonDeposit"; call: CallId; task: TaskId }
  /** Let the caller hear the messages of one of these mailboxes of ours, where one is his. → `call.answered`, `visit.refused`, `visit.opened`, at last `visit.ended` */
  | { type: "visit"; call: CallId; mailboxes: string[] }
  /** Refuse a caller who has not been answered. Ends the call; no event follows. */
  | { type: "reject"; call: CallId; code: number }
  /** Send a caller who has not been answered elsewhere. Ends the call; no event follows. */
  | { type: "redirect"; call: CallId; to: string }
  /** Record the conversation from here on (of one that begins `paused` nothing is kept until it goes on), leave out what comes, go on, or record it no more. → `recording.changed`, of one that begins paused `started` and `paused` */
  | { type: "record"; call: CallId; what: "call" | "pause" | "resume" | "stop"; paused?: true }
  /** Show a text on the agent's phone, if it takes any. No event follows. */
  | { type: "text"; call: CallId; party: Party; from: string; text: string }
  /** End every leg of the call that still stands. Performed once for each call, last of all. No event follows. */
  | { type: "hangup"; call: CallId };
