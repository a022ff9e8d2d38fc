import type { Clock } from "../ports.ts";

/** The longest delay that a timer of Node takes, about 24.8 days. */
const longestDelayMs = 2 ** 31 - 1;

/** Wall-clock time that never runs backwards while the process lives: read once at start, then counted by the monotonic clock. */
export function systemClock(): Clock {
  let timer: NodeJS.Timeout | undefined;
  let due: number | undefined;
  let ring: () => void = () => undefined;
  const now = (): number => Math.floor(performance.timeOrigin + performance.now());
  const fire = (): void => {
    due = undefined;
    ring();
  };
  return {
    now,
    wakeAt(at, wake) {
      ring = wake;
      if (at === due) return; // most events change nothing of what is due next
      due = at;
      clearTimeout(timer);
      timer = at === undefined ? undefined : setTimeout(fire, Math.min(Math.max(0, at - now()), longestDelayMs));
    },
  };
}
