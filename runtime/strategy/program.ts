import type { Directory, Entry, Order, Range, Source, Strategy } from "../../language/index.ts";
import type { NoAnswer } from "../call.ts";
import type { SentAlong } from "../along.ts";
import type { EntryTable } from "./entries.ts";
import type { Chooser } from "../queue/choosers.ts";
import type { Freeze } from "../queue/targets.ts";
import type { Read } from "./reads.ts";
import type { Evaluate, Scope, Takes } from "./world.ts";

/** Everything a call needs to run: made once from a checked program, shared by all its calls, never changed. */
export interface Program {
  hash: string;
  directory: Directory;
  entries: EntryTable;
  /** IANA names of the zones that its calendars and its site need. */
  zones: string[];
  atMost: ReadonlyMap<Entry, AtMost>;
  codeOf: ReadonlyMap<Strategy, number>;
  /** The first is the directory's entry route, the second net; then one a strategy, one a sub, one a list of `overflows`, that of the desk, that of handing on, that of a flag, and one for each of `waits`. */
  codes: Code[];
  /** Code by the list of places to which the directory sends a call that a phone let ring. */
  overflows: ReadonlyMap<string, number>;
  /** Code of a call that somebody asked for at his desk. */
  desk: number;
  /** Code of a call that has turned a flag over by its number. */
  flagTurned: number;
  /** Code of a call that who talked hands on to somebody, and, by `queue NAME` and `group NAME`, of one that is to wait there. */
  handOn: number;
  waits: ReadonlyMap<string, number>;
  /** The first block of each queue, by its name: what authors wrote comes before default routes. */
  blocks: ReadonlyMap<string, Block>;
}

export interface Block {
  plan: Plan;
  /** Variables of its code. */
  slots: number;
}

/** What is sent along with a call. */
export type Along = (scope: Scope) => SentAlong | undefined;

/** How many calls an entry takes at once, and the code with which it refuses more. */
export interface AtMost {
  calls: Evaluate;
  code: Evaluate;
}

/** Flat code of one strategy: operations with resolved jumps. */
export interface Code {
  name: string;
  /** Absent for the entry route, which no author wrote. */
  source?: Source;
  ops: Op[];
  slots: number;
  /** By slot, what the author calls it; nothing for slots that he does not see. */
  variables: readonly (string | undefined)[];
  /** Where the default route begins; of a strategy. */
  defaultRoute: Pc;
  /** Where `after call` begins. */
  afterCall?: Pc;
  /** Innermost first. */
  tries: Try[];
  uninterrupted: Stretch[];
  /** Parts of the call's data, each a path below it. */
  secrets: string[][];
}

/** From an operation to the one before `to`. */
export interface Stretch {
  from: Pc;
  to: Pc;
}

export interface Try extends Stretch, Goal {}

/** Where an attempt goes on: by the handler of its outcome, else below it. */
export interface Goal {
  handlers: Handlers;
  next: Pc;
}

/** A place in `ops`. */
export type Pc = number;

/** Handlers by outcome: where to go on, and which slots take the outcome and what it brought. */
export type Handlers = Record<string, { at: Range; to: Pc; outcome: number; binding?: number }>;

/** One operation; falls through to the next unless it says otherwise. `at` is its place in the author's text. */
export type Op = { at: Range } & (
  | { op: "let"; slot: number; value: Evaluate }
  /** Calls a sub; what it returns goes into the slot. After `within` it is called off, and `late` is next. */
  | { op: "run"; code: number; args: Evaluate[]; into?: number; within?: Evaluate; late: Pc }
  | { op: "return"; value?: Evaluate }
  | { op: "set"; path: string[]; value: Evaluate }
  | { op: "jump"; to: Pc }
  | { op: "unless"; condition: Evaluate; to: Pc }
  /** Goes to `to` unless a pattern takes the value of `slot`. */
  | { op: "unlike"; slot: number; takes: Takes[]; to: Pc }
  /** How many rounds are left; `again` takes one or goes to `to`. */
  | { op: "rounds"; slot: number; times: Evaluate }
  | { op: "again"; slot: number; to: Pc }
  /** Goes to the place of one label: by rotation, or by the value. */
  | { op: "split"; key: string; labels: string[]; shares: number[]; by?: Evaluate; to: Pc[] }
  /** Goes to `to` from the second time on. */
  | { op: "once"; slot: number; to: Pc }
  /** Goes to `to` unless so much time has passed since it was let through, or since the queue was entered. */
  | { op: "every"; slot: number; every: Evaluate; to: Pc }
  | { op: "uninterrupted" }
  | { op: "interruptible" }
  | { op: "answer"; withRingback: boolean }
  | { op: "play"; prompt: Evaluate; otherwise?: Evaluate }
  | { op: "say"; values: Said[] }
  | { op: "music"; name: Evaluate; length?: Evaluate }
  | { op: "ringback" }
  | { op: "silence" }
  | { op: "wait"; length: Evaluate }
  | ({ op: "queue"; plan: Plan; body?: Pc; onces: number[] } & Goal)
  /** The end of `while waiting`: from the top again. */
  | { op: "round"; to: Pc }
  | { op: "leave" }
  | ({ op: "ring"; ring: Ring } & Goal)
  | ({ op: "voicemail"; mailbox: Evaluate; subject?: Evaluate } & Goal)
  | ({ op: "collect"; collect: Collect } & Goal)
  | ({ op: "request"; request: Request } & Goal)
  | ({ op: "dial"; dial: Dial } & Goal)
  /** `over`: behind the handler of `accepted`. */
  | ({ op: "preview"; preview: PreviewOptions; over: Pc } & Goal)
  /** The end of `on accepted`: the preview at this place goes on. */
  | { op: "previewOn"; to: Pc }
  | ({ op: "callback"; callback: CallbackOptions; after?: Pc } & Goal)
  | ({ op: "ask"; bot: Evaluate; over?: Evaluate; giveUp?: Evaluate; along?: Along } & Goal)
  | ({ op: "transfer"; target: Evaluate; along?: Along } & Goal)
  /** A number that is an entry here: the call goes on there. It goes on behind this with any other, by `busy` where it is not let in. */
  | ({ op: "enter"; target: Evaluate } & Goal)
  | ({ op: "refer"; target: Evaluate; along?: Along } & Goal)
  /** Whom the desk dialled, or to whom a call was handed on, was not reached: `outcome` and, of a trunk, its code stand in these slots. */
  | { op: "notReached" | "notHandedOn"; outcome: number; code: number }
  | { op: "hangup" }
  | { op: "reject"; code: Evaluate }
  | { op: "redirect"; to: Evaluate }
  | { op: "count"; counter: string }
  | { op: "record"; what: "call" | "pause" | "resume" }
  | { op: "note"; text: Evaluate }
  /** Off the end of `after call`. */
  | { op: "finished" }
  /** Off the end of the strategy. */
  | { op: "end" }
  /** The default route of a strategy has failed too: the entry's route is next, or after it nothing. */
  | { op: "undone" }
  /** Back to what gave the call out to the phone that let it ring; a default route was given out by nobody. */
  | { op: "recall" }
  /** Nothing of where the directory sends such a call has served it. */
  | { op: "unserved" }
);

export type QueueOp = Extract<Op, { op: "queue" }>;
export type RingOp = Extract<Op, { op: "ring" }>;
export type VoicemailOp = Extract<Op, { op: "voicemail" }>;
export type SplitOp = Extract<Op, { op: "split" }>;
export type PreviewOp = Extract<Op, { op: "preview" }>;
export type RecordOp = Extract<Op, { op: "record" }>;
export type CallbackOp = Extract<Op, { op: "callback" }>;
export type AskOp = Extract<Op, { op: "ask" }>;
export type DialOp = Extract<Op, { op: "dial" }>;
export type TransferOp = Extract<Op, { op: "transfer" }>;
export type EnterOp = Extract<Op, { op: "enter" }>;
export type ReferOp = Extract<Op, { op: "refer" }>;
export type CollectOp = Extract<Op, { op: "collect" }>;
export type RequestOp = Extract<Op, { op: "request" }>;

/** One value of `say`. */
export interface Said {
  value: Evaluate;
  /** What is to come: it must not grow for nothing while the caller waits. */
  isExpected: boolean;
}

export interface Collect {
  atLeast: number;
  atMost: number;
  prompt?: Evaluate;
  within?: Evaluate;
  endedBy?: string;
  tries?: { times: Evaluate; prompt?: Evaluate };
  /** The part of the call that the digits are for; it may be secret. */
  into?: string[];
}

export interface CallbackOptions {
  to: Evaluate;
  expiresAfter?: Evaluate;
  expiresAt?: Evaluate;
  attempts?: Evaluate;
  every?: Evaluate;
  agentFirst: boolean;
  announce?: Evaluate;
}

export interface PreviewOptions {
  people?: Freeze;
  top?: Evaluate;
  atMost?: Evaluate;
  length: Evaluate;
  mode: "all at once" | "one by one";
  chooser: Chooser;
  showing?: Evaluate;
  sound?: Evaluate;
}

/** Everything that is tried. */
export type AttemptOp =
  | QueueOp
  | RingOp
  | VoicemailOp
  | CollectOp
  | RequestOp
  | AskOp
  | CallbackOp
  | PreviewOp
  | DialOp
  | TransferOp
  | EnterOp
  | ReferOp;

export interface Dial {
  number: Evaluate;
  /** Without it, those that the directory has for the number. */
  via?: Evaluate[];
  order?: Order;
  ringbackWithin?: Evaluate;
  answerWithin?: Evaluate;
  stopOn?: Evaluate[];
  from?: Evaluate;
  along?: Along;
}

export interface Request {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  host: string;
  path: Evaluate;
  with?: Evaluate;
  within?: Evaluate;
}

export interface Ring {
  /** Everybody at once. */
  all: boolean;
  target: Evaluate;
  length?: Evaluate;
  at?: Evaluate;
  noAnswerMakes?: NoAnswer;
  /** No answer is for the directory to say (`no_answer.then`). */
  overflows?: true;
  confirmed?: { key: string; prompt: Evaluate };
  showing?: Evaluate;
}

/** The order rules and timeline of a `queue` block. */
export interface Plan {
  name: string;
  priority?: { base: Evaluate; rising?: { by: Evaluate; every: Evaluate; upTo: Evaluate } };
  tier?: { tier: string; when?: Evaluate };
  chooser: Chooser;
  ringFor?: Evaluate;
  /** People who are rung at once; one without it. */
  offerTo?: Evaluate;
  keepPlaceOf?: Evaluate;
  exclude?: Evaluate;
  showing?: Evaluate;
  steps: Step[];
  giveUp?: Evaluate;
}

export interface Step {
  /** Its place in the text of its plan or queue. */
  at: Range;
  atMs: number;
  verb: "start" | "add" | "only";
  /** The people of this step; absent: none. */
  people?: Freeze;
  outside: Outside[];
  when?: When;
  /** Its time has come too while this holds. */
  asSoonAs?: When;
}

export interface When {
  condition: Evaluate;
  /** What can change it. Without `call` it is the same for all calls of a plan. */
  reads: ReadonlySet<Read>;
}

/** A party outside: a number, or the dialled number through a trunk. */
export interface Outside {
  kind: "number" | "trunk";
  target: Evaluate;
  ringFor?: Evaluate;
  againEvery?: Evaluate;
}
