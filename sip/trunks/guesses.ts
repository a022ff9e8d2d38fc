import { createBudget, remember } from "./budget.ts";

/**
 * How many wrong passwords an address may show. One that shows too many is not looked at for a while, whatever it shows then; a user who has
 * proven himself from there before is counted by himself, so that who guesses behind the same NAT does not shut him out.
 */
export interface Guesses {
  /** Whether it is looked at what this user shows. */
  mayTry(address: string, user: string): boolean;
  wrong(address: string, user: string): void;
  right(address: string, user: string): void;
}

/** Wrong ones. */
const ALLOWED = { atOnce: 20, eachMs: 6_000 };

/** `now` in ms. */
export function createGuesses(now: () => number = () => Date.now()): Guesses {
  const budget = createBudget(ALLOWED, now);
  const proven = new Map<string, true>();

  function who(address: string, user: string): string {
    const pair = `${address} ${user}`;
    return proven.has(pair) ? pair : address;
  }

  return {
    mayTry: (address, user) => budget.has(who(address, user)),
    wrong(address, user) {
      const name = who(address, user);
      // What was not looked at is no guess: it would keep the address shut for as long as it goes on.
      if (budget.has(name)) budget.spend(name);
    },
    right: (address, user) => remember(proven, `${address} ${user}`, true),
  };
}
