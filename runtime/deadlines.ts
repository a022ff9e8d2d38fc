import type { Millis } from "./events.ts";

/** An instant, and a number that counts up: it names the deadline and orders those of one instant. Whoever waits for it keeps it. */
export interface Deadline {
  at: Millis;
  id: number;
}

interface Entry<T> extends Deadline {
  what: T;
}

/**
 * Instants that are still to come, earliest first, those of one instant in the order of their creation. A binary heap;
 * a cancelled entry stays in it until it comes up or until such entries are the larger part.
 */
export class Deadlines<T> {
  private heap: Entry<T>[] = [];
  private readonly live = new Set<number>();
  private last: number;

  /** New ones count on from the number of the latest. */
  constructor(lastId = 0) {
    this.last = lastId;
  }

  get size(): number {
    return this.live.size;
  }

  get lastId(): number {
    return this.last;
  }

  add(at: Millis, what: T): Deadline {
    const deadline = { at, id: ++this.last };
    this.put(deadline, what);
    return deadline;
  }

  /** One that somebody kept comes back, with the number it had. */
  put({ at, id }: Deadline, what: T): void {
    this.live.add(id);
    this.heap.push({ at, id, what });
    this.rise(this.heap.length - 1);
  }

  /** Unknown and past ones are ignored. */
  cancel({ id }: Deadline): void {
    if (!this.live.delete(id)) return;
    if (this.heap.length > 64 && this.heap.length > this.live.size * 2) this.compact();
  }

  /** Looks at all of them: for the rare case only. */
  cancelWhere(concerns: (what: T) => boolean): void {
    for (const { id, what } of this.heap) if (concerns(what)) this.live.delete(id);
  }

  next(): Millis | undefined {
    this.dropCancelled();
    return this.heap[0]?.at;
  }

  /** The first deadline that is due at `now`, taken out. */
  take(now: Millis): T | undefined {
    this.dropCancelled();
    const first = this.heap[0];
    if (first === undefined || first.at > now) return undefined;
    this.live.delete(first.id);
    this.removeFirst();
    return first.what;
  }

  private dropCancelled(): void {
    for (let first = this.heap[0]; first !== undefined && !this.live.has(first.id); first = this.heap[0]) {
      this.removeFirst();
    }
  }

  private removeFirst(): void {
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return;
    this.heap[0] = last;
    this.sink(0);
  }

  private compact(): void {
    this.heap = this.heap.filter((entry) => this.live.has(entry.id)).toSorted((a, b) => (before(a, b) ? -1 : 1));
  }

  private rise(from: number): void {
    const heap = this.heap;
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!swapUnlessBefore(heap, parent, index)) return;
      index = parent;
    }
  }

  private sink(from: number): void {
    const heap = this.heap;
    let index = from;
    for (;;) {
      const left = index * 2 + 1;
      const right = left + 1;
      const a = heap[left];
      const b = heap[right];
      if (a === undefined) return;
      const smaller = b !== undefined && before(b, a) ? right : left;
      if (!swapUnlessBefore(heap, index, smaller)) return;
      index = smaller;
    }
  }
}

function before<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.at < b.at || (a.at === b.at && a.id < b.id);
}

/** Exchanges parent and child unless they are in order; tells whether it did. */
function swapUnlessBefore<T>(heap: Entry<T>[], parent: number, child: number): boolean {
  const a = heap[parent];
  const b = heap[child];
  if (a === undefined || b === undefined || before(a, b)) return false;
  heap[parent] = b;
  heap[child] = a;
  return true;
}
