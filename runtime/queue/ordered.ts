/** Items of a block before it is split in two. */
const BLOCK = 64;

/**
 * A set in the order of `compare`, which must tell any two different items apart. Blocks of at most 64 sorted items, found by
 * halving: insert and delete cost O(log n) comparisons and the move of at most a block, iteration in order costs nothing extra,
 * so that a head which does not fit can be passed over.
 */
export class Ordered<T> {
  private readonly blocks: T[][] = [];
  private count = 0;
  private readonly compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.compare = compare;
  }

  get size(): number {
    return this.count;
  }

  get first(): T | undefined {
    return this.blocks[0]?.[0];
  }

  /** False when it was already there. */
  add(item: T): boolean {
    const at = this.blockFor(item);
    const block = this.blocks[at];
    if (block === undefined) {
      this.blocks.push([item]);
      this.count++;
      return true;
    }
    const index = this.indexIn(block, item);
    const there = block[index];
    if (there !== undefined && this.compare(there, item) === 0) return false;
    block.splice(index, 0, item);
    if (block.length > BLOCK) this.blocks.splice(at + 1, 0, block.splice(BLOCK / 2));
    this.count++;
    return true;
  }

  /** False when it was not there. */
  delete(item: T): boolean {
    const at = this.blockFor(item);
    const block = this.blocks[at];
    if (block === undefined) return false;
    const index = this.indexIn(block, item);
    const there = block[index];
    if (there === undefined || this.compare(there, item) !== 0) return false;
    block.splice(index, 1);
    if (block.length === 0) this.blocks.splice(at, 1);
    this.count--;
    return true;
  }

  /** How many items stand before the place that `isBefore` marks: true for all before it, false for all after. */
  countWhile(isBefore: (item: T) => boolean): number {
    const inside = halve(this.blocks.length, (index) => {
      const last = this.blocks[index]?.at(-1);
      return last !== undefined && isBefore(last);
    });
    let count = 0;
    for (let index = 0; index < inside; index++) count += this.blocks[index]?.length ?? 0;
    const block = this.blocks[inside] ?? [];
    return (
      count +
      halve(block.length, (index) => {
        const item = block[index];
        return item !== undefined && isBefore(item);
      })
    );
  }

  *[Symbol.iterator](): Generator<T> {
    for (const block of this.blocks) yield* block;
  }

  /** The first in order that fits. */
  find(fits: (item: T) => boolean): T | undefined {
    for (const block of this.blocks) {
      for (const item of block) if (fits(item)) return item;
    }
    return undefined;
  }

  /** The block whose first item is the last one not after `item`; the first block when all are after it. */
  private blockFor(item: T): number {
    const after = halve(this.blocks.length, (index) => {
      const first = this.blocks[index]?.[0];
      return first !== undefined && this.compare(first, item) <= 0;
    });
    return Math.max(0, after - 1);
  }

  /** Where `item` is in the block, or belongs. */
  private indexIn(block: T[], item: T): number {
    return halve(block.length, (index) => {
      const there = block[index];
      return there !== undefined && this.compare(there, item) < 0;
    });
  }
}

/** The first of `length` indexes for which `isBefore` is false, where it is true for all before that. */
function halve(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
