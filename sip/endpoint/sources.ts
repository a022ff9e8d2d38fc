/** How much each address asks of us: one that floods is slowed down, the others do not notice. */
import { senderAt } from "../site/networks.ts";
import type { Clock } from "./timers.ts";

export interface Sources {
  /** Counts a request of `host`, or what is none; true when in this second it is one too many, or more than it may send. */
  tooMuch(host: string, bytes: number, requests?: 0 | 1): boolean;
}

/** Each second from one address: so many requests, and so many bytes together. */
export function createSources(clock: Clock, most: { requests: number; bytes: number }): Sources {
  const counts = new Map<string, { requests: number; bytes: number }>();
  let second = 0;
  return {
    tooMuch(host, bytes, requests = 1) {
      const now = Math.floor(clock.now() / 1_000);
      if (now !== second) {
        counts.clear();
        second = now;
      }
      const sender = senderAt(host);
      const count = counts.get(sender) ?? { requests: 0, bytes: 0 };
      counts.set(sender, count);
      count.requests += requests;
      count.bytes += bytes;
      return count.requests > most.requests || count.bytes > most.bytes;
    },
  };
}
