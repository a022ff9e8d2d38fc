import type { Block, Expr, Handler, Name, Statement } from "../../ast.ts";
import type { Source } from "../../source.ts";
import type { Impossible, Tried } from "../handlers.ts";

/** What there is to tell is told of a statement, and is of a kind. */
export interface AtStatement {
  at: Statement;
  of: string;
}

/** What is asked of all ways of a call. `S` is what is known on a way, `N` what there is to tell. */
export interface Analysis<S, N extends AtStatement> {
  /** What holds below the statement itself, before its handlers and blocks. */
  after(statement: Statement, state: S, here: Here<N>): S;
  join(one: S, other: S): S;
  /** Equal keys: whatever follows is found to be the same. */
  key(state: S): string;
  /** What holds below a wait, beside which ran what left `inside`; nothing of it where this is absent. */
  resume?(state: S, inside: S): S;
  /** A sub does the same whatever this analysis knows above it: the state in which it is walked, and what that means to one call of it. */
  inSub?: { above: S; below(found: S, above: S, through: Name): S };
  /** What taking this way adds. */
  enter?(turn: Turn, state: S, here: Here<N>): S;
  /** The first statement of a block that no call comes to. */
  dead?(statement: Statement): void;
  /** A condition that is the same for every call, so that no call comes to one of its blocks. */
  shut?(condition: Expr, holds: boolean): void;
  /** Told of every attempt that a call comes to, with the outcomes that cannot come. */
  tried?(attempt: Tried, impossible: Impossible): void;
  /** Told of every statement that a call comes to. */
  done?(statement: Statement, exits: Exits<S>): void;
}

/** Where the walk is. `through`: the name of the sub or queue plan by which it came out of the walked text. */
export interface Here<N extends AtStatement> {
  source: Source;
  through?: Name;
  note(what: N): void;
}

/** Where ways lead, with what is known there; nothing where none leads. */
export interface Exits<S> {
  /** On, below. */
  below?: S;
  /** By `leave`, `stop loop`, `return`. */
  left?: S;
  stopped?: S;
  returned?: S;
}

/** One decision on a way: a block of a statement was entered, or none of them. */
export type Turn =
  | { into: "block"; of: Statement; block: Block; handler?: Handler }
  | { into: "none"; of: Statement; outcomes?: readonly string[] };

/** What an analysis noted, and where. */
export interface Noted<N extends AtStatement> {
  what: N;
  source: Source;
  through?: Name;
}
