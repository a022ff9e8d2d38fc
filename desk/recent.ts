/** How much is kept: as many records, and as many characters of them, as these; whichever comes first. */
export interface Room {
  records: number;
  characters: number;
}

const enough: Room = { records: 10_000, characters: 8 * 1024 * 1024 };

/** A record as it is sent, and the agents whose it is. */
export interface Kept {
  line: string;
  of: readonly string[];
}

/** The last records, by their numbers: whoever was away for a while finds here what he missed. */
export class Recent {
  readonly #room: Room;
  #lines: Kept[] = [];
  #characters = 0;
  /** Number of the oldest that is kept. */
  first = 1;

  constructor(room: Room = enough) {
    this.#room = room;
  }

  /** Number of the one that comes next. */
  get next(): number {
    return this.first + this.#lines.length;
  }

  at(seq: number): Kept | undefined {
    return this.#lines[seq - this.first];
  }

  /** Numbers have no gaps, but the first one seen need not be 1. */
  add(seq: number, kept: Kept): void {
    if (this.#lines.length === 0) this.first = seq;
    this.#lines.push(kept);
    this.#characters += kept.line.length;
    while (this.#lines.length > this.#room.records || this.#characters > this.#room.characters) {
      this.#characters -= this.#lines.shift()?.line.length ?? 0;
      this.first++;
    }
  }
}
