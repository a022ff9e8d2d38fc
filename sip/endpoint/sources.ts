/** How much each address asks of us: one that floods is slowed down, the others do not notice. */
import type { Clock } from "./timers.ts";

export interface Sources {
  /** Counts a new request of `host`; true when it is one too many in this second. */
  tooMany(host: string): boolean;
}

/** `limit`: new requests a second from one address. */
export function createSources(clock: Clock, limit: number): Sources {
  const counts = new Map<string, number>();
  let second = 0;
  return {
    tooMany(host) {
      const now = Math.floor(clock.now() / 1_000);
      if (now !== second) {
        counts.clear();
        second = now;
      }
      const count = (counts.get(host) ?? 0) + 1;
      counts.set(host, count);
      return count > limit;
    },
  };
}
