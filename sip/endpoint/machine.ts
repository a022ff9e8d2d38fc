/** Runs a transaction's state table: which input leads where, what is done on the way, which timers a state has. */
import type { Timer, Timers } from "./timers.ts";

export interface Row<State extends string, Input extends string, Action extends string> {
  /** Inputs that are not listed are ignored in this state. */
  on: Partial<Record<Input | "retry" | "limit", readonly [next: State, ...actions: Action[]]>>;
  /** Repeats the input `retry` after `first` ms, each wait twice the last up to `cap`; unreliable transports only. */
  retry?: { first: number; cap: number };
  /** Gives the input `limit` after so many ms; `kept` goes on with the limit of the state before. */
  limit?: { unreliable: number; reliable: number } | "kept";
}

export type Table<State extends string, Input extends string, Action extends string> = Record<
  State,
  Row<State, Input, Action>
>;

export interface Machine<State extends string, Input extends string, Action extends string> {
  table: Table<State, Input, Action>;
  state: State;
  reliable: boolean;
  timers: Timers;
  act(action: Action): void;
  /** Told each new state, after the actions that led there. */
  entered(state: State): void;
  retry: Timer | undefined;
  limit: Timer | undefined;
}

/** Starts a machine in the state it is given with. */
export function startMachine<State extends string, Input extends string, Action extends string>(
  machine: Machine<State, Input, Action>,
): Machine<State, Input, Action> {
  enter(machine, machine.state);
  return machine;
}

/** False when the state ignores the input. */
export function step<State extends string, Input extends string, Action extends string>(
  machine: Machine<State, Input, Action>,
  input: Input | "retry" | "limit",
): boolean {
  const before = machine.state;
  const found = machine.table[before].on[input];
  if (!found) return false;
  const [next, ...actions]: readonly [State, ...Action[]] = found;
  for (const action of actions) machine.act(action);
  // An action may have stepped on already, when a send fails at once.
  if (next !== before && machine.state === before) {
    enter(machine, next);
    if (machine.state === next) machine.entered(next);
  }
  return true;
}

function enter<State extends string, Input extends string, Action extends string>(
  machine: Machine<State, Input, Action>,
  state: State,
): void {
  const { retry, limit } = machine.table[state];
  machine.state = state;
  machine.retry?.stop();
  machine.retry = undefined;
  if (retry && !machine.reliable) armRetry(machine, retry.first, retry.cap);
  if (limit === "kept") return;
  machine.limit?.stop();
  machine.limit = undefined;
  if (!limit) return;
  const wait = machine.reliable ? limit.reliable : limit.unreliable;
  if (wait === 0) step(machine, "limit");
  else machine.limit = machine.timers.start(wait, () => step(machine, "limit"));
}

function armRetry<State extends string, Input extends string, Action extends string>(
  machine: Machine<State, Input, Action>,
  wait: number,
  cap: number,
): void {
  machine.retry = machine.timers.start(wait, () => {
    armRetry(machine, Math.min(wait * 2, cap), cap);
    step(machine, "retry");
  });
}
