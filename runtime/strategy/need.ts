import type { AttemptOp, Op, Pc } from "./program.ts";
import type { Failure } from "./world.ts";

/**
 * Why the strategy of a call stands still: it waits for an event, or the engine must do what touches more than this call.
 */
export type Need =
  | { need: "event" }
  | { need: "attempt"; op: AttemptOp }
  | { need: "previewOn"; to: Pc }
  /** What it may be taken for by the matcher has changed. */
  | { need: "stand" }
  | { need: "finished" }
  | { need: "unserved" }
  | { need: "redirect"; to: string }
  | { need: "leave"; outcome: "left" | "treatment_broken" }
  | { need: "hangup" }
  | { need: "reject"; code: number }
  /** The operation at `pc` could not be done. */
  | { need: "raise"; failure: Failure }
  | { need: "default"; reason: string };

export const event: Need = { need: "event" };

export type OpOf<K extends Op["op"]> = Extract<Op, { op: K }>;
