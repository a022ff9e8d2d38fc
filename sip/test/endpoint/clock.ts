import type { Clock } from "../../endpoint/timers.ts";

export interface VirtualClock extends Clock {
  /** Lets time pass up to `at`, ringing whoever asked to be woken on the way. */
  advanceTo(at: number): void;
}

/** A clock that stands until it is moved. */
export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let pending: { at: number; ring: () => void } | undefined;
  return {
    now: () => now,
    wake(ms, ring) {
      const mine = { at: now + ms, ring };
      pending = mine;
      return () => {
        if (pending === mine) pending = undefined;
      };
    },
    advanceTo(at) {
      while (pending && pending.at <= at) {
        const { at: due, ring } = pending;
        pending = undefined;
        now = Math.max(now, due);
        ring();
      }
      now = Math.max(now, at);
    },
  };
}
