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

/** Wrong ones at once, and how long it takes until one more may be. */
const [AT_ONCE, EACH_MS] = [20, 6_000];
/** Addresses and users that are remembered. */
const MAX_REMEMBERED = 10_000;

/** `now` in ms. */
export function createGuesses(now: () => number = () => Date.now()): Guesses {
  /** Until when the wrong ones of each count. */
  const spent = new Map<string, number>();
  const proven = new Map<string, true>();

  function who(address: string, user: string): string {
    const pair = `${address} ${user}`;
    return proven.has(pair) ? pair : address;
  }

  const mayTry = (address: string, user: string): boolean =>
    (spent.get(who(address, user)) ?? 0) - now() <= (AT_ONCE - 1) * EACH_MS;

  return {
    mayTry,
    wrong(address, user) {
      // What was not looked at is no guess: it would keep the address shut for as long as it goes on.
      if (!mayTry(address, user)) return;
      const name = who(address, user);
      remember(spent, name, Math.max(spent.get(name) ?? 0, now()) + EACH_MS);
    },
    right: (address, user) => remember(proven, `${address} ${user}`, true),
  };
}

/** The latest stand at the end; the oldest are forgotten. */
function remember<V>(all: Map<string, V>, name: string, value: V): void {
  all.delete(name);
  all.set(name, value);
  const [oldest] = all.keys();
  if (all.size > MAX_REMEMBERED && oldest !== undefined) all.delete(oldest);
}
