import { type Deadline, Deadlines } from "../deadlines.ts";
import type { Millis } from "../events.ts";
import type { Clock } from "../ports.ts";

/** Time that stands still until it is stepped, then jumps to the next thing due: (time, order of planning). */
export interface VirtualClock extends Clock {
  /** Plans `act` for `at`, at once if that has passed. Returns what takes it back. */
  plan(at: Millis, act: () => void): () => void;
  /** When the next thing is due; `undefined` when nothing is left. */
  next(): Millis | undefined;
  /** Moves to the next thing due and does it. False when nothing is left. */
  step(): boolean;
}

export function createVirtualClock(start: Millis): VirtualClock {
  let now = start;
  const planned = new Deadlines<() => void>();
  let wake: { deadline: Deadline; act: () => void } | undefined;

  return {
    now: () => now,
    wakeAt(at, act) {
      if (wake !== undefined && wake.deadline.at === at) {
        wake.act = act;
        return;
      }
      if (wake !== undefined) planned.cancel(wake.deadline);
      wake = undefined;
      if (at === undefined) return;
      const rung = () => {
        const due = wake;
        wake = undefined;
        due?.act();
      };
      wake = { deadline: planned.add(at, rung), act };
    },
    plan(at, act) {
      const deadline = planned.add(Math.max(at, now), act);
      return () => planned.cancel(deadline);
    },
    next: () => planned.next(),
    step() {
      const at = planned.next();
      if (at === undefined) return false;
      now = Math.max(now, at);
      planned.take(now)?.();
      return true;
    },
  };
}
