/**
 * All protocol timers of an endpoint. SIP uses few different delays, so timers of one delay stand in one list that is
 * ordered by itself: starting, stopping and firing cost O(1), and the clock is asked for one wake-up at a time.
 */

/** RFC 3261 17.1.1.1, in milliseconds. */
export const T1 = 500;
export const T2 = 4_000;
export const T4 = 5_000;
/** How long a transaction, and a 2xx without its ACK, is given. */
export const T1_TIMES_64 = 64 * T1;

export interface Clock {
  /** Milliseconds since 1970. Never goes back. */
  now(): number;
  /** Calls `ring` once after `ms`; returns how to call that off. */
  wake(ms: number, ring: () => void): () => void;
}

export interface Timer {
  stop(): void;
}

export interface Timers {
  start(ms: number, fire: () => void): Timer;
  /** How many run; counts them one by one. */
  running(): number;
  close(): void;
}

/** One timer, linked into the list of its delay. */
class Entry implements Timer {
  due: number;
  /** Of two due at one instant the one started first fires first. */
  order: number;
  fire: (() => void) | undefined;
  before: Entry = this;
  after: Entry = this;

  constructor(due: number, order: number, fire?: () => void) {
    this.due = due;
    this.order = order;
    this.fire = fire;
  }

  /** Harmless when it has fired or was stopped. */
  stop(): void {
    this.fire = undefined;
    this.before.after = this.after;
    this.after.before = this.before;
    this.before = this;
    this.after = this;
  }
}

/** `guard` runs what a timer fires, and keeps its faults from the other timers. */
export function createTimers(clock: Clock, guard: (fire: () => void) => void): Timers {
  const lists = new Map<number, Entry>();
  let order = 0;
  let wakeAt = Number.POSITIVE_INFINITY;
  let cancelWake = () => {};
  let closed = false;

  function start(ms: number, fire: () => void): Timer {
    let list = lists.get(ms);
    if (!list) lists.set(ms, (list = new Entry(Number.POSITIVE_INFINITY, 0)));
    const entry = new Entry(clock.now() + ms, order++, fire);
    entry.before = list.before;
    entry.after = list;
    list.before.after = entry;
    list.before = entry;
    if (entry.due < wakeAt) arm(entry.due);
    return entry;
  }

  function arm(due: number): void {
    if (closed) return;
    cancelWake();
    wakeAt = due;
    cancelWake = clock.wake(Math.max(0, due - clock.now()), ring);
  }

  function ring(): void {
    wakeAt = Number.POSITIVE_INFINITY;
    cancelWake = () => {};
    const now = clock.now();
    let next = earliest();
    while (next && next.due <= now) {
      const fire = next.fire;
      next.stop();
      if (fire) guard(fire);
      next = earliest();
    }
    if (next && next.due < wakeAt) arm(next.due);
  }

  function earliest(): Entry | undefined {
    let best: Entry | undefined;
    for (const head of lists.values()) {
      const first = head.after;
      if (first === head) continue;
      if (!best || first.due < best.due || (first.due === best.due && first.order < best.order)) best = first;
    }
    return best;
  }

  return {
    start,
    running() {
      let count = 0;
      for (const list of lists.values()) for (let each = list.after; each !== list; each = each.after) count++;
      return count;
    },
    close() {
      closed = true;
      cancelWake();
      lists.clear();
    },
  };
}
