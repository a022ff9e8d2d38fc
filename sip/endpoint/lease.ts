/** Long waits for what peers choose the length of: subscriptions (RFC 6665) and sessions (RFC 4028). */
import type { Timer, Timers } from "./timers.ts";

const HOP_MS = 32_000;

/**
 * A timer of so many seconds, in hops of half a minute: each delay has a list of its own in `timers.ts`, and a peer shall not choose
 * how many there are.
 */
export function startLease(timers: Timers, seconds: number, fire: () => void): Timer {
  let left = Math.max(1, Math.ceil(seconds)) * 1_000;
  let current: Timer;
  function hop(): void {
    const wait = Math.min(left, HOP_MS);
    left -= wait;
    current = timers.start(wait, () => (left === 0 ? fire() : hop()));
  }
  hop();
  return { stop: () => current.stop() };
}

/** Seconds of an `Expires` or a parameter; undefined when it is absent or no number. Never beyond a day. */
export function secondsIn(text: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,10})\s*(?:;|$)/.exec(text ?? "")?.[1];
  return digits === undefined ? undefined : Math.min(Number(digits), 86_400);
}
