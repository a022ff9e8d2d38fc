import type { Millis } from "./events.ts";

/** An instant, and a number that counts up: it names the deadline and orders those of one instant. Whoever waits for it keeps it. */
export interface Deadline {
  at: Millis;
  id: number;
}

/** Children of a node: their times lie side by side in the processor's cache, and the heap is half as deep as a binary one. */
const FAN = 4;

/**
 * Instants that are still to come, earliest first, those of one instant in the order of their creation. A heap in columns: what is
 * compared are numbers that lie side by side, which is what a heap of many thousands spends its time on. A cancelled entry stays in it
 * until it comes up or until such entries are the larger part.
 */
export class Deadlines<T> {
  private ats = new Float64Array(64);
  private ids = new Float64Array(64);
  private whats: T[] = [];
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
    this.insert(at, id, what);
  }

  /** Unknown and past ones are ignored. */
  cancel({ id }: Deadline): void {
    if (!this.live.delete(id)) return;
    if (this.whats.length > 64 && this.whats.length > this.live.size * 2) this.compact();
  }

  /** Looks at all of them: for the rare case only. */
  cancelWhere(concerns: (what: T) => boolean): void {
    this.whats.forEach((what, index) => {
      if (concerns(what)) this.live.delete(this.idAt(index));
    });
  }

  next(): Millis | undefined {
    this.dropCancelled();
    return this.whats.length === 0 ? undefined : this.ats[0];
  }

  /** The first deadline that is due at `now`, taken out. */
  take(now: Millis): T | undefined {
    this.dropCancelled();
    const [first] = this.whats;
    if (first === undefined || this.atAt(0) > now) return undefined;
    this.live.delete(this.idAt(0));
    this.removeFirst();
    return first;
  }

  private dropCancelled(): void {
    while (this.whats.length > 0 && !this.live.has(this.idAt(0))) this.removeFirst();
  }

  private compact(): void {
    const { ats, ids, whats } = this;
    this.whats = [];
    whats.forEach((what, index) => {
      const id = ids[index] ?? 0;
      // What is kept is never further back than where it stood, so nothing is written over that is still to be read.
      if (this.live.has(id)) this.insert(ats[index] ?? 0, id, what);
    });
  }

  private insert(at: Millis, id: number, what: T): void {
    let hole = this.whats.length;
    if (hole === this.ats.length) this.grow();
    this.whats.push(what);
    while (hole > 0) {
      const parent = Math.floor((hole - 1) / FAN);
      if (this.isBefore(parent, at, id)) break;
      this.moveTo(hole, parent);
      hole = parent;
    }
    this.fill(hole, at, id, what);
  }

  private removeFirst(): void {
    const last = this.whats.length - 1;
    const at = this.atAt(last);
    const id = this.idAt(last);
    const what = this.whats.pop();
    if (what === undefined || last === 0) return;
    let hole = 0;
    for (;;) {
      const least = this.leastChild(hole);
      if (least === undefined || !this.isBefore(least, at, id)) break;
      this.moveTo(hole, least);
      hole = least;
    }
    this.fill(hole, at, id, what);
  }

  private leastChild(parent: number): number | undefined {
    const first = parent * FAN + 1;
    const end = Math.min(first + FAN, this.whats.length);
    if (first >= end) return undefined;
    let least = first;
    for (let child = first + 1; child < end; child++) {
      if (this.isBefore(child, this.atAt(least), this.idAt(least))) least = child;
    }
    return least;
  }

  private isBefore(index: number, at: Millis, id: number): boolean {
    const own = this.atAt(index);
    return own < at || (own === at && this.idAt(index) < id);
  }

  private moveTo(hole: number, from: number): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both stand in the heap
    this.fill(hole, this.atAt(from), this.idAt(from), this.whats[from] as T);
  }

  private fill(index: number, at: Millis, id: number, what: T): void {
    this.ats[index] = at;
    this.ids[index] = id;
    this.whats[index] = what;
  }

  private atAt(index: number): Millis {
    return this.ats[index] ?? 0;
  }

  private idAt(index: number): number {
    return this.ids[index] ?? 0;
  }

  private grow(): void {
    const { ats, ids } = this;
    this.ats = new Float64Array(ats.length * 2);
    this.ids = new Float64Array(ids.length * 2);
    this.ats.set(ats);
    this.ids.set(ids);
  }
}
