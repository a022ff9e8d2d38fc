import type { Json } from "./json.ts";
import type { Value } from "./values.ts";
import type { Zones } from "./zone.ts";

/** Milliseconds since 1970 UTC. */
export type Millis = number;
/** Given by whoever fills the call port; unique for ever. */
export type CallId = string;
/** Given by the engine: `CALL/ATTEMPT`. */
export type OfferId = string;
/** Given by the engine, counts up within one call. Each answer to a command with a task repeats it. */
export type TaskId = number;

/** What phones do by themselves. */
export type PhoneAct = "hold" | "transfer";

/** `not_allowed`: `may` of its trunk does not say so. `not_possible`: it names nobody, another call of his, or comes while nobody is joined. */
export type PhoneRefusal = "not_allowed" | "not_possible";

/** How an offer to a person ended, as far as the phone side knows. */
export type OfferFailure = "rejected" | "busy" | "unreachable";

/**
 * Everything that can happen to the engine, past tense, plain data. An event about a call, offer or task the engine no longer
 * has is a fact, not an error: it is answered by the command that cleans up, or by nothing.
 */
export type Event =
  /** A caller is there. `to` is the dialled number, `headers` the allowed ones, `data` what came with the call. */
  | {
      type: "call.arrived";
      call: CallId;
      from: string;
      to: string;
      trunk?: string;
      /** The device of the directory that it comes from, where it is proven or believed to. */
      phone?: string;
      headers?: Record<string, string>;
      data?: Record<string, Value>;
      conversation?: string;
      /** The caller's SIP dialog. */
      dialog?: string;
    }
  /**
   * Somebody wants to be called at his desk and then joined to `to`: another agent by extension or id, else a number. The call is named
   * by who asks; his phone is called first, and is the caller.
   */
  | { type: "call.dialled"; call: CallId; agent: string; to: string; data?: Record<string, Value> }
  /** After `run.restarted`: the caller is on the line again, with media if he had any. Who does not return is told by `call.gone`. */
  | { type: "call.returned"; call: CallId }
  /** The caller's leg is up and has media. Answers `answer`, and `place` with his SIP dialog. */
  | { type: "call.answered"; call: CallId; dialog?: string }
  /** The caller hung up, or his leg was lost; nothing more can be done with it. */
  | { type: "call.gone"; call: CallId; reason?: string; sip?: number }
  /** Who is to be the caller was not reached. Answers `place`; `call.answered` says that he was. */
  | { type: "place.failed"; call: CallId; outcome: OfferFailure; sip?: number }
  /** A treatment with an end has ended. `missing`: no such prompt. `failed`: media could not play it. Answers `play`, `say`, `music` with a length. */
  | { type: "treatment.ended"; call: CallId; task: TaskId; outcome: "done" | "missing" | "failed" }
  /** Answers `refer`: the caller's network does it, does not want to, or could not. */
  | { type: "refer.ended"; call: CallId; task: TaskId; outcome: "accepted" | "refused" | "failed"; sip?: number }
  /** The bot has hung up, hands the caller on, says nothing, or could not be reached. Answers `ask`. */
  | {
      type: "bot.ended";
      call: CallId;
      task: TaskId;
      outcome: "done" | "transfer" | "silent" | "failed";
      transfer?: BotTransfer;
      sip?: number;
    }
  /** A host has answered with this code, or, with 0, could not be asked. Answers `request`. */
  | { type: "request.ended"; call: CallId; task: TaskId; code: number; body?: Json }
  /** Answers `record`, and tells when recording ends by itself. */
  | { type: "recording.changed"; call: CallId; state: "started" | "paused" | "resumed" | "ended" | "failed" }
  /** Somebody listens to the conversation, talks in it, or does so no more: an agent, or a number. */
  | { type: "guest.changed"; call: CallId; who: string; state: "listens" | "talks" | "left" }
  /** An exchange that is trusted says who is there now in place of the caller, or of who was offered the call: a number. */
  | { type: "identity.changed"; call: CallId; offer?: OfferId; identity: string }
  /** A phone or its exchange wanted to hold or hand on the call by itself, and was not let; `offer`: whose, absent for the caller's. */
  | { type: "phone.refused"; call: CallId; offer?: OfferId; what: PhoneAct; reason: PhoneRefusal; sip: number }
  | { type: "digit.pressed"; call: CallId; digit: string }
  /** All that was pressed at a prompt, without the key that ends it; no more will come. Answers `play` with `keys` instead of `treatment.ended`. */
  | { type: "keys.collected"; call: CallId; task: TaskId; keys: string }
  /** How well the caller was heard as long as his audio was with us, and, by his own reports, we by him; may come after the call. */
  | {
      type: "call.measured";
      call: CallId;
      /** Packets. */
      received: number;
      lost: number;
      jitterMs: Millis;
      /** Packets of encrypted media that were dropped: they did not verify, or had come before. */
      unverified?: number;
      theirs?: { lost: number; jitterMs: Millis };
    }
  /** The party's phone rings. */
  | { type: "offer.ringing"; call: CallId; offer: OfferId }
  /** The party picked up; his leg is held until `connect` or `withdraw`. */
  | { type: "offer.answered"; call: CallId; offer: OfferId; dialog?: string }
  | { type: "offer.failed"; call: CallId; offer: OfferId; outcome: OfferFailure; sip?: number }
  /** Whoever picked up has pressed the key, or another, or cannot be asked. Answers `confirm`. */
  | { type: "offer.confirmed"; call: CallId; offer: OfferId; confirmed: boolean }
  /** Caller and party hear each other. Answers `connect`. */
  | { type: "call.connected"; call: CallId; offer: OfferId }
  /** The caller could not be joined to the party; both legs still stand. Answers `connect`. */
  | { type: "connect.failed"; call: CallId; offer: OfferId; sip?: number }
  /** Who talks has ended it at his desk, or somebody has who may: both legs are ours to end. Also whoever dialled and is still being called. */
  | { type: "call.released"; call: CallId; by: string }
  /** Who talks wants the caller held, or to go on with him; by `phone` with a key of his phone. `side`: it is the caller who does. */
  | { type: "hold.asked"; call: CallId; by: string; side?: "caller" }
  | { type: "retrieve.asked"; call: CallId; by: string }
  /**
   * Who talks hands the call on: to an agent's extension or id, a number's name, a phone, an entry of ours, or a queue, group or mailbox by its
   * name. With it may come what his phone says: the `User-to-User` header, and others in any case.
   */
  | {
      type: "transfer.asked";
      call: CallId;
      by: string;
      to: string;
      /** It is the caller who does, or his network (take-back-and-transfer). */
      side?: "caller";
      uui?: string;
      headers?: Record<string, string>;
    }
  /** He wants to talk to them first, while the caller is held; then to hand the call on, or `retrieve.asked`. */
  | { type: "consult.asked"; call: CallId; by: string; to: string }
  /** He goes to the caller, and holds whom he asks, or back. */
  | { type: "alternate.asked"; call: CallId; by: string }
  | { type: "complete.asked"; call: CallId; by: string }
  /**
   * Who talks in both calls, in each as its party or as its caller (`side`, `withSide`), leaves them: who is at the other end of `with` takes his
   * place in `call`.
   */
  | { type: "merge.asked"; call: CallId; side?: "caller"; with: CallId; withSide?: "caller" }
  /** An agent writes to another about this call; `phone`: his desk is closed. */
  | { type: "text.sent"; call: CallId; by: string; to: string; text: string; phone?: true }
  /** Whoever sits at this phone writes to an agent's extension or id. */
  | { type: "text.received"; device: string; to: string; text: string }
  /** Somebody who may wants the conversation recorded from here on, left out, gone on with, or recorded no more. */
  | { type: "record.asked"; call: CallId; by: string; what: "call" | "pause" | "resume" | "stop" }
  /** The two hear us, each for himself, or could not be parted. Answers `part`. */
  | { type: "call.parted"; call: CallId; offer: OfferId; parted: boolean }
  /** Two parties hear one another, or could not be joined. Answers `join`. */
  | { type: "parties.joined"; call: CallId; offer: OfferId; joined: boolean }
  /** The connected party hung up. */
  | { type: "party.gone"; call: CallId; offer: OfferId }
  /** The mailbox elsewhere has picked up, and takes what is said from here on. Comes between `deposit` and what answers it. */
  | { type: "voicemail.answered"; call: CallId; task: TaskId; dialog?: string }
  /**
   * Answers `deposit` and `takeMessage`. `left_message`: the caller or the mailbox ended it after it was connected, or it was as long
   * as it may be; `empty`: below 2 s.
   */
  | { type: "voicemail.ended"; call: CallId; task: TaskId; outcome: "left_message" | "empty" | "failed"; sip?: number }
  /** The caller hears the messages of this mailbox: it is his own phone, or his PIN. Answers `visit`. */
  | { type: "visit.opened"; call: CallId; mailbox: string; by: "phone" | "pin" }
  /** What he has keyed in opens none: it is no PIN, that of several, or was not looked at after too many. Answers `visit`. */
  | { type: "visit.refused"; call: CallId; reason: "wrong" | "shared" | "too_many" }
  /** He has heard them, or was let into none; with a code, he may not call there at all. Answers `visit`, last of all. */
  | { type: "visit.ended"; call: CallId; sip?: number }
  /** Somebody to whom a call is shown wants it, or not. */
  | { type: "preview.accepted"; call: CallId; preview: OfferId; agent: string }
  | { type: "preview.declined"; call: CallId; preview: OfferId; agent: string }
  /**
   * A source (desk, registration, presence …) claims a state for an agent, or, with none, withdraws its claim. `custom`: one of the
   * directory's own `states` instead, which counts as its class. `forced`: by somebody else at the agent's desk, whatever may follow there.
   */
  | {
      type: "agent.claimed";
      agent: string;
      source: string;
      state?: ClaimState;
      custom?: string;
      reason?: string;
      forced?: true;
    }
  /** His work after calls is over, whatever else is said of him. */
  | { type: "agent.wrapped_up"; agent: string }
  /** He logs in at this phone of the directory, or, without one, at his own. Who was logged in there is not any more. */
  | { type: "agent.seated"; agent: string; device?: string }
  /** The number at which he takes calls elsewhere from now on: `null` for none, absent for the directory's. */
  | { type: "agent.redirected"; agent: string; number?: string | null }
  /** A phone of our own registrar has come or gone; whoever sits at it with it. */
  | { type: "device.changed"; device: string; up: boolean }
  /** The agent himself says that he is ready: withdraws the desk's claims and the engine's own after no answer, and ends work after a call. */
  | { type: "agent.readied"; agent: string; source: string; forced?: true }
  /** New calls use this program, those under way keep theirs; people, groups and lists are taken over at once. The host has it ready. */
  | { type: "program.loaded"; program: string; zones: Zones }
  /** A changed program has mistakes, and is not used. */
  | { type: "program.refused"; reason: string }
  /** Somebody turns a switch of the directory. */
  | { type: "flag.set"; flag: string; on: boolean; by: string }
  /** Somebody sets a counter of the directory. */
  | { type: "counter.set"; counter: string; value: number; by: string }
  /** A site said how long calls are expected to wait there. */
  | { type: "site.told"; site: string; waitMs: Millis }
  /** How many messages a mailbox holds now. */
  | { type: "mailbox.changed"; mailbox: string; new: number; old: number }
  | { type: "trunk.changed"; trunk: string; up: boolean }
  /** The process that performed the commands has died: nothing that was begun outside stands any more. Told first, with the time of the last event before. */
  | { type: "run.restarted" }
  /** Time has passed: `engine.nextDeadline()` is due. */
  | { type: "time.passed" };

/**
 * What a bot says as it hands a caller on: to whom, the `User-to-User` header, other headers in any case, why, and what was said, or where
 * that can be read.
 */
export interface BotTransfer {
  target?: string;
  uui?: string;
  headers?: Record<string, string>;
  reason?: string;
  transcript?: string;
}

/** What a source may claim. The effective state is the most restrictive of all claims. */
export type ClaimState = "offline" | "not_ready";
