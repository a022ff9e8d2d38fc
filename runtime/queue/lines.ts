import type { Place } from "../call.ts";
import type { CallId, Millis } from "../events.ts";
import { Ordered } from "./ordered.ts";

/*
 * Waiting calls in order: tier, then score, then first waiting, then sequence number. The score of a call grows with the time it
 * has waited, but calls of one rate keep their order among themselves, so each rate has a line with a key that never changes,
 * and only the heads of the few lines are compared at the instant. Scores are compared as fractions of whole numbers, so that
 * equal scores are equal.
 */

/** Calls that wait for the same, one line for each rate of rising. */
export class Lines {
  private readonly lines: { rate: string; line: Ordered<Place> }[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  add(place: Place, now: Millis): void {
    const rate = rateOf(place, now);
    let known = this.lines.find((each) => each.rate === rate);
    if (known === undefined) {
      known = { rate, line: new Ordered(rate === FLAT ? compareFlat : compareRising) };
      this.lines.push(known);
    }
    if (known.line.add(place)) this.count++;
  }

  /** From whichever line it stands in. */
  delete(place: Place): void {
    const index = this.lines.findIndex(({ line }) => line.delete(place));
    if (index < 0) return;
    this.count--;
    if (this.lines[index]?.line.size === 0) this.lines.splice(index, 1);
  }

  /** The first in order that fits, if it comes before `than`; else `than`. Most heads are out of the running before `fits` is asked. */
  firstBefore(than: Place | undefined, now: Millis, fits: (place: Place) => boolean): Place | undefined {
    let best = than;
    for (const { line } of this.lines) {
      const head = line.first;
      if (head === undefined || (best !== undefined && comparePlaces(head, best, now) >= 0)) continue;
      const fit = line.find(fits);
      if (fit !== undefined && (best === undefined || comparePlaces(fit, best, now) < 0)) best = fit;
    }
    return best;
  }

  /** How many stand before it, it itself not counted. */
  countBefore(place: Place, now: Millis): number {
    let count = 0;
    for (const { line } of this.lines) count += line.countWhile((other) => comparePlaces(other, place, now) < 0);
    return count;
  }

  *[Symbol.iterator](): Generator<Place> {
    for (const { line } of this.lines) yield* line;
  }
}

/** Negative when `a` is served before `b` at this instant. Total: no two calls are equal. */
export function comparePlaces(a: Place, b: Place, now: Millis): number {
  return a.tier - b.tier || compareScores(b, a, now) || a.since - b.since || a.sequence - b.sequence;
}

/** Points at an instant. */
export function scoreAt(place: Place, now: Millis): number {
  return Math.min(place.upTo, place.base + (place.by * (now - place.since)) / place.every);
}

/** Of a score that nothing holds: larger than any, and a number that JSON can write. */
export const UNCAPPED = Number.MAX_SAFE_INTEGER;

/** When the score stops rising; undefined when it never rises, or never stops. */
export function capAt(place: Place): Millis | undefined {
  if (place.by <= 0 || place.upTo === UNCAPPED) return undefined;
  return place.since + Math.ceil(((place.upTo - place.base) * place.every) / place.by);
}

function compareScores(a: Place, b: Place, now: Millis): number {
  return numerator(a, now) * b.every - numerator(b, now) * a.every;
}

function numerator(place: Place, now: Millis): number {
  return Math.min(place.upTo * place.every, place.base * place.every + place.by * (now - place.since));
}

const FLAT = "flat";

function rateOf(place: Place, now: Millis): string {
  const cap = capAt(place);
  return place.by <= 0 || (cap !== undefined && cap <= now) ? FLAT : `${place.by}/${place.every}`;
}

/** Field by field: places are compared all the time, and of objects that were spread each would have a shape of its own. */
export function newPlace(
  { tier, base, by, every, upTo, since }: Omit<Place, "key" | "call" | "sequence">,
  call: CallId,
  sequence: number,
): Place {
  return { tier, base, by, every, upTo, since, key: base * every - by * since, call, sequence };
}

/** What a call takes along that leaves its place: its points as they are now, rising as they did. */
export function standingOf(place: Place, now: Millis): Pick<Place, "tier" | "base" | "by" | "every" | "upTo"> {
  const { tier, by, every, upTo } = place;
  return { tier, base: scoreAt(place, now), by, every, upTo };
}

/** The order within a line of rising calls. */
function compareRising(a: Place, b: Place): number {
  return a.tier - b.tier || b.key - a.key || a.since - b.since || a.sequence - b.sequence;
}

/** The order among calls whose score stands still. */
function compareFlat(a: Place, b: Place): number {
  const left = a.by > 0 ? a.upTo : a.base;
  const right = b.by > 0 ? b.upTo : b.base;
  return a.tier - b.tier || right - left || a.since - b.since || a.sequence - b.sequence;
}
