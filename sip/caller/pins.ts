import { performance } from "node:perf_hooks";
import { createBudget, remember } from "../trunks/budget.ts";
import { sameSecret } from "../trunks/digest.ts";

/*
 * PINs of mailboxes. Wrong ones are counted twice: by whom they come from, so that nobody closes a mailbox to anybody else, and, of strangers to a
 * mailbox, by that, so that nobody guesses its PIN by calling from ever other numbers. No stranger to it is whoever sits at a phone of its owner, or has opened it from
 * where he calls.
 */

/** Wrong ones from one phone or number, at whichever mailbox. */
const EACH = { atOnce: 10, eachMs: 5 * 60_000 };
/** Of all strangers to one mailbox: a PIN of four digits takes them a month on average. */
const STRANGERS = { atOnce: 20, eachMs: 10 * 60_000 };

export interface PinCaller {
  /** The phone or number that he calls from. */
  source: string;
  /** Whether it is a phone of the owner of this mailbox. */
  owns(mailbox: string): boolean;
}

/** `shared`: it is that of several, whose owners would hear one another's messages. `too_many`: it was not looked at. */
export type PinRefusal = "wrong" | "shared" | "too_many";

export interface Pins {
  /** Which of these it opens: of those that are heard at one number it is the PIN that says which is meant. */
  open(mailboxes: readonly string[], said: string, caller: PinCaller): { mailbox: string } | { refused: PinRefusal };
}

/** `shared` is told of a PIN that several of them have. `now` in ms. */
export function createPins(
  pinOf: (mailbox: string) => string | undefined,
  shared: (mailboxes: readonly string[]) => void,
  now: () => number = () => performance.now(),
): Pins {
  const each = createBudget(EACH, now);
  const strangers = createBudget(STRANGERS, now);
  /** Who has opened which. */
  const known = new Map<string, true>();
  const keyOf = (mailbox: string, source: string): string => JSON.stringify([mailbox, source]);

  return {
    open(mailboxes, said, { source, owns }) {
      const isStranger = (mailbox: string): boolean => !owns(mailbox) && !known.has(keyOf(mailbox, source));
      const locked = mailboxes.filter((mailbox) => pinOf(mailbox) !== undefined);
      const asked = locked.filter((mailbox) => !isStranger(mailbox) || strangers.has(mailbox));
      if (!each.has(source) || asked.length === 0) return { refused: "too_many" };
      const right = asked.filter((mailbox) => sameSecret(said, pinOf(mailbox) ?? ""));
      const [only] = right;
      if (right.length > 1) {
        shared(right);
        return { refused: "shared" };
      }
      if (only !== undefined) {
        remember(known, keyOf(only, source), true);
        return { mailbox: only };
      }
      each.spend(source);
      asked.filter(isStranger).forEach(strangers.spend);
      return { refused: "wrong" };
    },
  };
}
