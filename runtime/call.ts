import type { Deadline } from "./deadlines.ts";
import type { CallId, Millis, OfferId, TaskId } from "./events.ts";
import type { Disposition, TreatmentKind } from "./records.ts";
import type { Callback, CallbackOutcome, Collecting, Dialing, Preview } from "./tried.ts";
import type { Value } from "./values.ts";

/**
 * One caller's visit as plain data: where its strategy stands, what it waits for, what rings for it. Nothing else knows more,
 * so a waiting call can be written down, shown, moved and resumed.
 */
export interface Call {
  id: CallId;
  /** Hash of the program it entered with and keeps. */
  program: string;
  /** Code of its strategy; 0 where none took it. */
  home: number;
  /** Which code of that program runs, and where it stands in it. */
  code: number;
  pc: number;
  locals: Value[];
  /** What waits for that to return, outermost first. */
  frames: Frame[];
  wait: Wait;

  from: string;
  to: string;
  trunk?: string;
  /** The pattern that took it. */
  entry?: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  conversation?: string;
  /** The caller's SIP dialog, as whoever fills the call port names it, to find him again by after a restart. */
  dialog?: string;
  /** The SIP dialogs of parties who have picked up, also of those who have gone; the latest at the end. */
  legs?: string[];
  language: string;
  data: Record<string, Value>;
  /** Parts of its data that strategies declare as secret through which it came here. */
  secrets?: string[][];
  /** Texts that were secret before something else took their place. */
  hushed?: string[];
  arrivedAt: Millis;
  answered: boolean;

  lastTask: TaskId;
  treatment?: Treatment;
  /** Net that took over, once the strategy had no answer of its own. */
  defaulted?: "strategy" | "entry";
  queued?: Queued;
  offers: Offer[];
  lastAttempt: number;
  /** When an offer to this agent failed last, by agent id. */
  failures: Record<string, Millis>;
  /** Who has picked up for it. */
  party?: {
    offer: OfferId;
    agent?: string;
    destination?: string;
    trunk?: string;
    identity?: string;
    /** With a key of his phone, which alone lets him go on: until then it would not let him hear anybody. */
    holds?: true;
  };
  /** Since when caller and party talk, with all that one of them was held. */
  connectedAt?: Millis;
  /** What the desk shows of it since somebody has picked up. */
  showing?: Record<string, Value>;
  /** Who else talks with them, in the order in which they came; kept when the party has gone. */
  guests?: string[];
  /** Who hears them, unheard. */
  listeners?: string[];
  /** Who is there in the caller's place, says his trusted exchange; of the party likewise. */
  identity?: string;
  /** Who talks has parted from the caller, who hears music. */
  held?: "parting" | "parted" | "joining";
  /** Whom who talks asks meanwhile: `to` until he is rung, `joined` once the two talk; `held` while he does not, but with the caller. */
  consult?: {
    to?: Value;
    offer?: OfferId;
    agent?: string;
    destination?: string;
    trunk?: string;
    joined?: true;
    held?: "parting" | "parted" | "joining";
  };
  /** What agents have written one another about it. */
  texts?: { at: Millis; by: string; to: string; text: string }[];
  /** The tier and the points with which it was answered in a queue; where it is handed on to wait again, they are its own. */
  stood?: Pick<Place, "tier" | "base" | "by" | "every" | "upTo">;
  /** By whom and where `to` it was handed on, or that he had `asked` whom it goes to; until somebody else has it. */
  handedOn?: { by?: string; to?: string; asked?: true };
  /** How often that was. */
  handOns?: number;
  /** The party takes the call over for good. */
  transferred?: true;
  recording?: "on" | "paused";
  /** How it is to be recorded as soon as that can begin: where it was asked for just now, or its caller is not on the line. */
  toRecord?: "on" | "paused";
  deposit?: Depositing;
  bot?: { task: TaskId; name: string };
  /** What the last bot has handed it on with. */
  fromBot?: { bot: string; reason?: string; transcript?: string };
  /** The expected wait that was said last. */
  saidMs?: Millis;
  collecting?: Collecting;
  dialing?: Dialing;
  preview?: Preview;
  /** Agents who are logged in at the phone that it comes from. */
  callers?: string[];
  /** The agent who is its caller: he asked for it at his desk, or who did has changed places with him; `placing` while his phone rings. */
  dialler?: { agent: string; offer: OfferId; trunk?: string; placing?: true };
  /** This call calls somebody back. */
  callback?: Callback;
  /** The callback that has this call's place. */
  calledBack?: CallId;
  /** The process was restarted, and the caller has not been found again yet, or talks on with somebody beyond our reach. */
  away?: true;
  /** A mistake of ours has shown in it; the next one ends it. */
  defective?: true;
  /** The call is over; what is left is `after call`. */
  ended?: Disposition | CallbackOutcome;
  /** Running deadlines, at most one of each kind. */
  due: Partial<Record<CallDue, Deadline>>;
}

/** Code that has called a sub, and stands at its `run`. */
export interface Frame {
  code: number;
  pc: number;
  locals: Value[];
  /** When it goes on without what it called. */
  until?: Millis;
}

/**
 * What the strategy's thread of a call waits for.
 *
 *   nothing → answer → treatment, time, idle … → connect → talk
 *                    → ring → connect → talk
 *                    → deposit, visit
 *                    → digits, request, refer, bot, preview
 */
export type Wait =
  | { for: "nothing" }
  | { for: "answer"; ringback: boolean }
  | { for: "treatment"; task: TaskId }
  | { for: "time" }
  /** In a queue without anything more to do beside it. */
  | { for: "idle" }
  | { for: "ring" }
  /** `greeting`: what the caller hears before. */
  | { for: "connect"; offer: OfferId; greeting?: TaskId }
  | { for: "talk"; offer: OfferId }
  | { for: "deposit"; task: TaskId }
  /** He hears messages. */
  | { for: "visit" }
  | { for: "digits" }
  | { for: "request"; task: TaskId }
  | { for: "refer"; task: TaskId }
  | { for: "bot"; task: TaskId }
  | { for: "preview" }
  /** Before it may not be interrupted: for the phones that ring already. */
  | { for: "offers" };

/** What the caller hears. */
export interface Treatment {
  kind: TreatmentKind;
  name?: string;
  task: TaskId;
}

/** A message for a mailbox. */
export interface Depositing {
  task: TaskId;
  mailbox: string;
  /** Since when a mailbox elsewhere takes what is said. */
  takenAt?: Millis;
  /** In a mailbox of ours: what comes before the recording. */
  before?: { greeting?: string; mostMs: Millis; subject?: string };
}

/** A lease of a call to one party until its deadline. */
export interface Offer {
  id: OfferId;
  agent?: string;
  /** Where he is rung: a device of the directory or a number. */
  device?: string;
  /** An outside party. */
  number?: string;
  /** Over which he is rung; of several, the first that is tried. */
  trunk?: string;
  queue?: string;
  deadline: Deadline;
  /** What the strategy wants of an agent who does not answer; absent: the directory's default. */
  noAnswerMakes?: NoAnswer;
  /** What the desk shows of the call. */
  showing?: Record<string, Value>;
  /** Whoever picks up must press this key. */
  confirm?: Confirm;
  /** He has picked up and is being asked. */
  confirming?: true;
}

export interface Confirm {
  key: string;
  prompt: string;
}

export interface NoAnswer {
  state: "ready" | "not_ready" | "offline";
  reason: string;
}

export type CallDue =
  | "time"
  | "within"
  | "digits"
  | "request"
  | "after_call"
  | "hold"
  | "place"
  | "rest"
  | "expires"
  | "preview"
  | "accepted"
  | "bot"
  | "ringback"
  | "step"
  | "give_up"
  | "cap"
  | "nobody"
  | "retry"
  | "poll";

/** A call's place in a queue and in the timeline of the block that holds it there. */
export interface Queued {
  name: string;
  /** Of the `queue` operation, and how deep the code lies that holds it. */
  pc: number;
  depth: number;
  enteredAt: Millis;
  /** Absent for never. */
  giveUpAt?: Millis;
  place: Place;
  /** Absent: as the agent's phone has it. */
  ringMs?: Millis;
  /** People who may be rung for it at once. */
  most: number;
  exclude: string[];
  showing?: Record<string, Value>;
  /** Class of the people of each step, frozen on entry; null where a step has only outside parties. */
  stepClasses: (string | null)[];
  /** Union of all steps. */
  everybody?: string;
  /** How many steps' time has come, and which of them hold. */
  step: number;
  inForce: number[];
  /** Class of the people in force now. */
  class?: string;
  /** Has its place in the queue; not while it is being joined to who answered. */
  joined: boolean;
  /** The wait that was foreseen on entering, where one could be. */
  foreseen?: { at: Millis; waitMs: number };
  /** Until when the matcher passes over it at the most, while it may not be interrupted. */
  heldUntil?: Millis;
  /** Stands in the line of that class, for the matcher to take. */
  inLine: boolean;
  /** Outside parties that were rung, by `step.target`: when they may be rung again; null for no more. */
  rang: Record<string, Millis | null>;
  roundAt: Millis;
  shortRounds: number;
}

/** Everything that decides about the order of waiting calls. The score is `base + by · waited / every`, at most `upTo`. */
export interface Place {
  call: CallId;
  /** 0 is the strictest. */
  tier: number;
  base: number;
  by: number;
  every: number;
  upTo: number;
  /** First waiting. */
  since: Millis;
  /** The score at instant zero, times `every`: its order among calls of the same rate, for ever. */
  key: number;
  /** Counts up over all calls of the engine. */
  sequence: number;
}

export interface Ending {
  by: "caller" | "party" | "strategy" | "system";
  disposition: Disposition;
  /** With which a caller who has not been answered is refused, or where he is sent instead. */
  sip?: number;
  redirectTo?: string;
}

export interface Arrival {
  id: CallId;
  program: string;
  home: number;
  slots: number;
  from: string;
  to: string;
  trunk?: string;
  entry?: string;
  headers?: Record<string, string>;
  conversation?: string;
  dialog?: string;
  language: string;
  data?: Record<string, Value>;
  arrivedAt: Millis;
}

/** One `missing` a slot. */
/** Names what is offered next of a call: an offer, a preview, a place beside it. */
export function newOffer(call: Call): OfferId {
  return `${call.id}/${++call.lastAttempt}`;
}

export function emptyLocals(slots: number): Value[] {
  const locals: Value[] = [];
  for (let slot = 0; slot < slots; slot++) locals.push(null);
  return locals;
}

export function newCall(arrival: Arrival): Call {
  const { id, program, home, from, to, trunk, entry, conversation, dialog, language, arrivedAt } = arrival;
  return {
    id,
    program,
    home,
    code: home,
    pc: 0,
    locals: emptyLocals(arrival.slots),
    frames: [],
    wait: { for: "nothing" },
    from,
    to,
    trunk,
    entry,
    headers: lowerCase(arrival.headers ?? {}),
    conversation,
    dialog,
    language,
    data: arrival.data ?? {},
    arrivedAt,
    answered: false,
    lastTask: 0,
    // What most calls come to have. It is never deleted, only emptied: who deletes from an object makes a slow table of it.
    treatment: undefined,
    queued: undefined,
    offers: [],
    lastAttempt: 0,
    failures: {},
    party: undefined,
    due: {},
  };
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
  const lower: Record<string, string> = {};
  for (const [name, text] of Object.entries(headers)) if (name !== "__proto__") lower[name.toLowerCase()] = text;
  return lower;
}
