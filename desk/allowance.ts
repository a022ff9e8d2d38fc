/** How many requests somebody may make: so many at once, and so many a second from then on. */
export interface Allowance {
  atOnce: number;
  aSecond: number;
}

/** People who work, pages that ask after each event, and programs that look every second stay far below. */
export const usual: Allowance = { atOnce: 200, aSecond: 50 };
/** Tokens that are nobody's, from one address. */
export const guesses: Allowance = { atOnce: 60, aSecond: 1 };

/** So many are told apart; beyond, whoever was seen longest ago is forgotten. */
const MOST = 10_000;

/** Counts what each has used up; what is left grows again with time. */
export class Spending {
  readonly #allowance: Allowance;
  readonly #now: () => number;
  readonly #left = new Map<string, { left: number; at: number }>();

  constructor(allowance: Allowance, now: () => number = () => performance.now()) {
    this.#allowance = allowance;
    this.#now = now;
  }

  /** Takes one, if there is one left. */
  take(who: string): boolean {
    const left = this.#leftOf(who);
    if (left < 1) return false;
    // Whoever was seen last stands last.
    this.#left.delete(who);
    this.#left.set(who, { left: left - 1, at: this.#now() });
    if (this.#left.size > MOST) for (const [first] of [...this.#left].slice(0, MOST / 10)) this.#left.delete(first);
    return true;
  }

  #leftOf(who: string): number {
    const { atOnce, aSecond } = this.#allowance;
    const seen = this.#left.get(who);
    if (!seen) return atOnce;
    return Math.min(atOnce, seen.left + ((this.#now() - seen.at) / 1000) * aSecond);
  }
}
