import type { Block, Run, RunValue, Sub } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Type } from "../types.ts";
import type { Checking } from "./checking.ts";
import type { Place } from "./place.ts";
import type { State } from "./state.ts";

/** Where a block stands. */
export interface Frame extends Omit<Place, "state" | "depth"> {
  /** Inside `while waiting`: what is known wherever a `leave` runs. */
  leaving?: State[];
  /** How many loops are round this. */
  loops?: number;
  /** Inside a loop: what is known wherever a `stop loop` runs. */
  stopping?: State[] | undefined;
  /** Inside a sub: what its `return`s give, and what is known there. */
  returning?: Returned[];
  /** The subs that are being run here, from the outermost. */
  running?: readonly Sub[];
  /** Paths such as `call.data.topic` that `set` writes. */
  writes: Set<string>;
  /** Subs that are run here. */
  ran: Set<Passage>;
  walker: Walker;
}

/** What a sub does with certain arguments at a certain kind of place. */
export interface Passage {
  /** Undefined where it returns nothing. */
  type: Type | undefined;
  /** What is known below. */
  below: State;
  /** What is known wherever it leaves the wait, if anything does. */
  leaving?: State;
  writes: ReadonlySet<string>;
  /** In its own text. */
  found: readonly Diagnostic[];
  /** What it runs itself. */
  ran: ReadonlySet<Passage>;
}

export interface Returned {
  /** Undefined for a `return` without a value. */
  type: Type | undefined;
  state: State;
}

/** The walk itself, for what stands inside statements. */
export interface Walker {
  /** Walks a block in a scope of its own. Changes `state` and returns what holds below the block. */
  block(block: Block, state: State, frame: Frame): State;
  /** What the sub gives, `undefined` where it returns nothing, and what holds below the `run`. */
  run(run: Run | RunValue, state: State, frame: Frame): { type: Type | undefined; state: State };
}

export const placeIn = (frame: Frame, state: State): Place => ({
  checking: frame.checking,
  scope: frame.scope,
  state,
  queued: frame.queued,
  ...(frame.outcome && { outcome: frame.outcome }),
  ...(frame.ended && { ended: frame.ended }),
});

/** The same place where nothing is reported: for what is walked a second time. */
export function silently(frame: Frame): Frame {
  const { leaving, stopping, returning } = frame;
  return {
    ...frame,
    checking: silent(frame.checking),
    ran: new Set(),
    ...(leaving && { leaving: [] }),
    ...(stopping && { stopping: [] }),
    ...(returning && { returning: [] }),
  };
}

const silent = (checking: Checking): Checking => ({ ...checking, diagnostics: [] });
