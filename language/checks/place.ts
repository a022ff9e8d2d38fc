import type { Checking } from "./checking.ts";
import { nothingKnown, outside, type Scope, type State } from "./state.ts";

/** Where an expression stands. */
export interface Place {
  checking: Checking;
  scope: Scope;
  state: State;
  /** What `outcome` can be, inside a handler. */
  outcome?: readonly string[] | undefined;
  /** What `call.outcome` can be: in `after call` and `after callback`. */
  ended?: readonly string[] | undefined;
  /** Inside a queue's block, where `this` waits. */
  queued: boolean;
  depth?: number;
}

/** Outside all calls: where values of entries, default routes and tests stand. */
export const nowhere = (checking: Checking): Place => ({
  checking,
  scope: outside(),
  state: nothingKnown(),
  queued: false,
});
