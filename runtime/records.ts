import type { Level as Saying } from "../language/index.ts";
import type { CallId, Millis, OfferFailure, PhoneAct, PhoneRefusal } from "./events.ts";
import type { Value } from "./values.ts";

/** How a call ended, for `call.ended` and `after call`. */
export type Disposition =
  | "answered"
  | "abandoned"
  | "left_message"
  | "transferred"
  | "callback"
  | "rejected"
  | "redirected"
  | "hung_up"
  | "default_routed"
  | "failed";

/** Outcome of an offer that nobody took. */
export type Unanswered = "no_answer" | "not_confirmed" | "rejected" | "busy" | "unreachable";

/** Why a call that was handed on is not with whom it was meant for. */
export type NotHandedOn =
  | Exclude<Unanswered, "not_confirmed">
  | "failed"
  | "nobody"
  | "give_up"
  | "empty"
  | "full"
  | "no_trunk"
  | "handed on too often";

/** How the showing of a call to somebody ended. */
export type PreviewOutcome = "accepted" | "declined" | "timeout" | "answered_elsewhere" | "caller_gone" | "withdrawn";

export type TreatmentKind = "play" | "say" | "music" | "ringback" | "silence";

/** Outcome of an offer; each has its effect on the agent. */
export type OfferOutcome =
  | "answered"
  | "no_answer"
  | "not_confirmed"
  | "rejected"
  | "busy"
  | "unreachable"
  | "lost_race"
  | "caller_gone"
  /** He was there, and the caller, who was to be called back, was not reached. */
  | "not_reached";

/** Whose word it is how long a phone rings and what follows no answer, the last before all others. */
export type Level = Saying | "strategy";

/** What others may watch (`--events`, the API, the journal's views), past tense. The contract is the CLI's event records. */
export type RecordBody =
  | {
      type: "call.arrived";
      call: CallId;
      from: string;
      to: string;
      entry?: string;
      strategy?: string;
      /** What the directory has at the number, which no strategy serves: where messages are heard, or what turns a flag. */
      service?: "mailbox" | "flag";
      trunk?: string;
      data: Record<string, Value>;
    }
  /** An agent asked for it at his desk: his phone is called, then `to`. */
  | { type: "call.dialled"; call: CallId; agent: string; from: string; to: string; data: Record<string, Value> }
  /** He was called, and `to` was not reached; or, with `by`, he was not himself. */
  | {
      type: "dial.failed";
      call: CallId;
      agent: string;
      to: string;
      outcome: "busy" | "no_answer" | "rejected" | "unreachable" | "failed";
      by?: "agent";
      sip?: number;
    }
  | { type: "call.answered"; call: CallId }
  /** After `run.restarted` the caller was found again. */
  | { type: "call.returned"; call: CallId }
  | { type: "call.queued"; call: CallId; queue: string; position: number; ewt?: number }
  | { type: "call.step"; call: CallId; queue: string; step: number }
  | { type: "call.dequeued"; call: CallId; queue: string; outcome: string }
  | { type: "treatment.started"; call: CallId; kind: TreatmentKind; name?: string }
  | {
      type: "treatment.ended";
      call: CallId;
      kind: TreatmentKind;
      name?: string;
      outcome: "done" | "missing" | "failed" | "interrupted";
    }
  | {
      type: "offer.made";
      call: CallId;
      offer: string;
      agent?: string;
      destination?: string;
      /** By which whoever is outside is called; where several lead there, the one that is tried first. */
      trunk?: string;
      queue?: string;
      ringFor: number;
      /** Whose word that is. */
      level: Level;
    }
  /** `level`: who says what becomes of the agent after no answer. */
  | {
      type: "offer.ended";
      call: CallId;
      offer: string;
      agent?: string;
      destination?: string;
      outcome: OfferOutcome;
      /** With `not_reached`: what has become of the caller. */
      caller?: OfferFailure | "no_answer";
      /** What the other side said to it; with `not_reached`, the caller's. */
      sip?: number;
      level?: Level;
    }
  /** It goes where the directory sends a call that this agent let ring, in the words of this level. */
  | { type: "call.overflowed"; call: CallId; agent: string; level: Level }
  | { type: "call.connected"; call: CallId; agent?: string; destination?: string }
  | { type: "call.transferred"; call: CallId; agent?: string; destination?: string }
  | { type: "call.held"; call: CallId; agent?: string; destination?: string }
  | { type: "call.retrieved"; call: CallId; agent?: string; destination?: string }
  | { type: "hold.failed"; call: CallId }
  /**
   * Who talked, or without `by` the strategy, has handed it on; `call.transferred` says that somebody has it. With `entry` it goes on in the
   * strategy that takes the number.
   */
  | { type: "call.handed_on"; call: CallId; to: string; by?: string; entry?: string; strategy?: string }
  /**
   * It was not handed on. After `call.handed_on`: who was wanted has not taken it, and it goes back to `by`, or by default; `sip`: what the last trunk said.
   */
  | { type: "transfer.failed"; call: CallId; to: string; outcome: NotHandedOn; by?: string; sip?: number }
  /** Who holds the caller talks to somebody else; `consult.ended` where that came to nothing. */
  | { type: "call.consulted"; call: CallId; by?: string; agent?: string; destination?: string }
  /** He is held, and who has asked him goes on with the caller. */
  | { type: "consult.held"; call: CallId; agent?: string; destination?: string }
  | { type: "consult.ended"; call: CallId; to?: string; agent?: string; destination?: string; outcome: string }
  /** The caller's network was asked to call somebody else. */
  | { type: "call.referred"; call: CallId; to: string }
  | {
      type: "preview.offered";
      call: CallId;
      preview: string;
      agent: string;
      mode: string;
      forMs: number;
      showing?: Record<string, Value>;
      sound?: string;
    }
  | {
      type: "preview.ended";
      call: CallId;
      preview: string;
      agent: string;
      outcome: PreviewOutcome;
      responseMs: number;
    }
  /** He has accepted what was not his to accept any more. */
  | { type: "preview.late"; call: CallId; preview: string; agent: string }
  /** A call of its own has the place of `of`. */
  | { type: "callback.booked"; call: CallId; of: CallId; number: string }
  /** The caller could not be reached this time. */
  | { type: "callback.tried"; call: CallId; outcome: OfferFailure | "no_answer"; sip?: number }
  | { type: "callback.ended"; call: CallId; of: CallId; outcome: string }
  | { type: "bot.started"; call: CallId; bot: string }
  | {
      type: "bot.ended";
      call: CallId;
      bot: string;
      outcome: string;
      target?: string;
      reason?: string;
      transcript?: string;
    }
  | { type: "voicemail.started"; call: CallId; mailbox: string }
  | { type: "voicemail.ended"; call: CallId; mailbox: string; outcome: string }
  /** What was pressed; dots where it is secret. */
  | { type: "digits.collected"; call: CallId; outcome: string; digits: string }
  | { type: "request.ended"; call: CallId; outcome: "ok" | "timeout" | "failed" | "abandoned"; code?: number }
  | { type: "call.split"; call: CallId; label: string }
  | { type: "recording.changed"; call: CallId; state: string }
  | { type: "guest.changed"; call: CallId; who: string; state: "listens" | "talks" | "left" }
  /** An agent has written to another about this call. */
  | { type: "text.sent"; call: CallId; by: string; to: string; text: string }
  /** Who talked has hung up, and the caller talks on with those who were asked in. */
  | { type: "party.left"; call: CallId; agent?: string; destination?: string }
  /** Who is there now, says a trusted exchange; `agent` or `destination` in whose place, neither for the caller. */
  | { type: "identity.changed"; call: CallId; agent?: string; destination?: string; identity: string }
  /** What his phone wanted to do by itself and was not let; neither agent nor destination for the caller's. */
  | {
      type: "phone.refused";
      call: CallId;
      agent?: string;
      destination?: string;
      what: PhoneAct;
      reason: PhoneRefusal;
      sip: number;
    }
  | { type: "counter.set"; counter: string; value: number; by: string }
  | { type: "counter.counted"; counter: string; call: CallId; value: number }
  | { type: "call.noted"; call: CallId; text: string }
  /** How well the caller was heard as long as his audio was with us; `theirs`: how well, he says, he heard us. May come after `call.ended`. */
  | {
      type: "call.measured";
      call: CallId;
      received: number;
      lost: number;
      jitterMs: Millis;
      /** Packets of encrypted media that were dropped: they did not verify, or had come before. */
      unverified?: number;
      theirs?: { lost: number; jitterMs: Millis };
    }
  | { type: "call.default_routed"; call: CallId; net: "strategy" | "entry"; reason: string }
  | {
      type: "call.ended";
      call: CallId;
      by: "caller" | "party" | "strategy" | "system";
      disposition: Disposition;
      sip?: number;
    }
  /** `after call` could not be done to its end. */
  | { type: "after_call.failed"; call: CallId; reason: string }
  /** `custom`: which of the directory's own states it is. */
  /** `inHand`: of who may hold several calls at once, how many he has, work after calls with them. */
  | {
      type: "agent.state";
      agent: string;
      state: string;
      custom?: string;
      reasons: string[];
      source: string;
      inHand?: number;
    }
  /** He may not choose this at his desk after what he has chosen before, but these. */
  | { type: "agent.refused"; agent: string; from: string; to: string; allowed: string[] }
  | { type: "agent.seated"; agent: string; device: string }
  /** Where he takes calls elsewhere from now on; absent: nowhere. */
  | { type: "agent.redirected"; agent: string; number?: string }
  | { type: "flag.set"; flag: string; on: boolean; by: string }
  /** `agents`: who it is for, the owner or the members of the group that owns it. */
  | { type: "mailbox.status"; mailbox: string; waiting: boolean; new: number; old: number; agents: string[] }
  /** Who has called where messages are heard is let in, by his own phone or by the PIN, and hears them from here on. */
  | { type: "mailbox.opened"; call: CallId; mailbox: string; by: "phone" | "pin" }
  /** What he keyed in opened none: `shared`: it is that of several; `too_many`: it was not looked at. */
  | { type: "mailbox.refused"; call: CallId; reason: "wrong" | "shared" | "too_many" }
  | { type: "trunk.state"; trunk: string; up: boolean }
  /** The process had died, and goes on from its journal with so many callers, who are to be found again. */
  | { type: "run.restarted"; calls: number }
  | { type: "strategy.loaded"; hash: string; strategies: string[] }
  | { type: "strategy.refused"; reason: string }
  | { type: "limit.reached"; call?: CallId; limit: string };

/** `seq` counts from 1 without gaps; `at` is what the engine was told. */
export type EventRecord = RecordBody & { at: Millis; seq: number };
