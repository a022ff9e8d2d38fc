import type { Millis } from "./events.ts";

/** Names one deadline; counts up, so that it also orders deadlines of the same instant. */
export type DeadlineId = number;

interface Entry<T> {
  at: Millis;
  id: DeadlineId;
  what: T;
}

/**
 * Instants that are still to come, earliest first, those of one instant in the order of their creation. A binary heap;
 * a cancelled entry stays in it until it comes up or until such entries are the larger part.
 */
export class Deadlines<T> {
  private heap: Entry<T>[] = [];
  private readonly live = new Set<DeadlineId>();
  private lastId = 0;

  get size(): number {
    return this.live.size;
  }

  add(at: Millis, what: T): DeadlineId {
    const entry = { at, id: ++this.lastId, what };
    this.live.add(entry.id);
    this.heap.push(entry);
    this.rise(this.heap.length - 1);
    return entry.id;
  }

  /** Unknown and past ones are ignored. */
  cancel(id: DeadlineId): void {
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
