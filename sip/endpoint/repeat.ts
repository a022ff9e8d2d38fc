/** Repeats a response until it is acknowledged, over every transport: a later hop may lose it. */
import { T1, T1_TIMES_64, type Timer, type Timers } from "./timers.ts";

interface Options {
  timers: Timers;
  /** The longest wait: T2 for a 2xx (RFC 3261 13.3.1.4), none for a reliable 1xx (RFC 3262 3). */
  cap: number;
  repeat(): void;
  /** No acknowledgement in 64 T1. */
  giveUp(): void;
}

export function startRepeating({ timers, cap, repeat, giveUp }: Options): Timer {
  let retry: Timer;
  const limit = timers.start(T1_TIMES_64, () => {
    retry.stop();
    giveUp();
  });
  function arm(wait: number): void {
    retry = timers.start(wait, () => {
      arm(Math.min(wait * 2, cap));
      repeat();
    });
  }
  arm(T1);
  return {
    stop() {
      retry.stop();
      limit.stop();
    },
  };
}
