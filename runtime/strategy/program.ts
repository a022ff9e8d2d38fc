import type { Directory, Range, Source, Strategy } from "../../language/index.ts";
import type { NoAnswer } from "../call.ts";
import type { EntryTable } from "./entries.ts";
import type { Chooser } from "../queue/choosers.ts";
import type { Freeze } from "../queue/targets.ts";
import type { Read } from "./reads.ts";
import type { Evaluate, Takes } from "./world.ts";

/** Everything a call needs to run: made once from a checked program, shared by all its calls, never changed. */
export interface Program {
  hash: string;
  directory: Directory;
  entries: EntryTable;
  codeOf: ReadonlyMap<Strategy, number>;
  /** The first is the directory's entry route, the second net; then one a strategy, then one a sub. */
  codes: Code[];
}

/** Flat code of one strategy: operations with resolved jumps. */
export interface Code {
  name: string;
  /** Absent for the entry route, which no author wrote. */
  source?: Source;
  ops: Op[];
  slots: number;
  /** Where the default route begins; of a strategy. */
  defaultRoute: Pc;
  /** Innermost first. */
  tries: Try[];
}

/** `try` from its first operation to the one behind its last. */
export interface Try extends Goal {
  from: Pc;
  to: Pc;
}

/** Where an attempt goes on: by the handler of its outcome, else below it. */
export interface Goal {
  handlers: Handlers;
  next: Pc;
}

/** A place in `ops`. */
export type Pc = number;

/** Handlers by outcome: where to go on, and which slots take the outcome and what it brought. */
export type Handlers = Record<string, { to: Pc; outcome: number; binding?: number }>;

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
  /** Goes to `to` from the second time on. */
  | { op: "once"; slot: number; to: Pc }
  | { op: "answer"; withRingback: boolean }
  | { op: "play"; prompt: Evaluate; otherwise?: Evaluate }
  | { op: "music"; name: Evaluate; length?: Evaluate }
  | { op: "ringback" }
  | { op: "silence" }
  | { op: "wait"; length: Evaluate }
  | { op: "queue"; plan: Plan; body?: Pc; onces: number[]; handlers: Handlers; next: Pc }
  /** The end of `while waiting`: from the top again. */
  | { op: "round"; to: Pc }
  | { op: "leave" }
  | { op: "ring"; ring: Ring; handlers: Handlers; next: Pc }
  | { op: "voicemail"; mailbox: Evaluate; subject?: Evaluate; handlers: Handlers; next: Pc }
  | { op: "hangup" }
  | { op: "reject"; code: Evaluate }
  | { op: "note"; text: Evaluate }
  /** Off the end of the strategy. */
  | { op: "end" }
  /** The default route of a strategy has failed too: the entry's route is next, or after it nothing. */
  | { op: "undone" }
);

export type QueueOp = Extract<Op, { op: "queue" }>;
export type RingOp = Extract<Op, { op: "ring" }>;
export type VoicemailOp = Extract<Op, { op: "voicemail" }>;

export interface Ring {
  target: Evaluate;
  length?: Evaluate;
  at?: Evaluate;
  noAnswerMakes?: NoAnswer;
  showing?: Evaluate;
}

/** The order rules and timeline of a `queue` block. */
export interface Plan {
  name: string;
  priority?: { base: Evaluate; rising?: { by: Evaluate; every: Evaluate; upTo: Evaluate } };
  tier?: { tier: string; when?: Evaluate };
  chooser: Chooser;
  ringFor?: Evaluate;
  keepPlaceOf?: Evaluate;
  exclude?: Evaluate;
  showing?: Evaluate;
  steps: Step[];
  giveUp?: Evaluate;
}

export interface Step {
  atMs: number;
  verb: "start" | "add" | "only";
  /** The people of this step; absent: none. */
  people?: Freeze;
  outside: Outside[];
  when?: When;
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
