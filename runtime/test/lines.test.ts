import fc from "fast-check";
import { expect, test } from "vitest";
import type { Place } from "../call.ts";
import { capAt, comparePlaces, Lines, newPlace, scoreAt, UNCAPPED } from "../queue/lines.ts";

function place(given: Partial<Place> & { sequence: number }): Place {
  const full = { call: `c${given.sequence}`, tier: 1, base: 0, by: 0, every: 1, upTo: UNCAPPED, since: 0, ...given };
  return newPlace(full, full.call, full.sequence);
}

const order = (places: Place[], now: number): string =>
  places
    .toSorted((a, b) => comparePlaces(a, b, now))
    .map(({ call }) => call)
    .join(" ");

const older = place({ sequence: 1, since: 10 });
const newer = place({ sequence: 2, since: 20 });
const points = place({ sequence: 3, since: 90, base: 10 });
const strict = place({ sequence: 4, since: 99, tier: 0 });
/** From 0 on 1 point a second, up to 30. */
const rising = place({ sequence: 5, since: 0, by: 1, every: 1000, upTo: 30 });
/** From 10 s on 5 points in 2 s, up to 20. */
const fast = place({ sequence: 6, since: 10_000, by: 5, every: 2000, upTo: 20 });

test.each([
  ["who waits longer comes first", [newer, older], 100, "c1 c2"],
  ["points before waiting", [older, points], 100, "c3 c1"],
  ["a tier before points", [points, strict], 100, "c4 c3"],
  ["all the same: the order of coming", [place({ sequence: 9 }), place({ sequence: 8 })], 100, "c8 c9"],
  ["a rising call passes a flat one", [points, rising], 9_999, "c3 c5"],
  ["at the instant they are equal, who waits longer", [points, rising], 10_000, "c5 c3"],
  ["a faster one catches up", [rising, fast], 16_000, "c5 c6"],
  ["equal scores of unlike rates are equal", [rising, fast], 16_666, "c5 c6"],
  ["and passes", [rising, fast], 16_667, "c6 c5"],
  ["until its cap", [rising, fast], 20_000, "c5 c6"],
])("%s", (_, places, now, expected) => {
  expect(order(places, now)).toBe(expected);
});

test("scores and caps", () => {
  expect(scoreAt(rising, 12_500)).toBe(12.5);
  expect(scoreAt(rising, 99_999)).toBe(30);
  expect(capAt(rising)).toBe(30_000);
  expect(capAt(fast)).toBe(18_000);
  expect(capAt(older)).toBeUndefined();
  expect(capAt(place({ sequence: 7, by: 3, every: 1000, upTo: 10 }))).toBe(3334);
});

test("lines agree with sorting at every instant, caps moved when they are due", () => {
  const one = fc.record({
    tier: fc.nat(1),
    base: fc.nat(40),
    by: fc.nat(3),
    every: fc.constantFrom(1000, 2000, 30_000),
    upTo: fc.constantFrom(40, 60, UNCAPPED),
    since: fc.nat(20_000),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 60 }), fc.array(fc.nat(90_000), { maxLength: 8 }), (given, instants) => {
      const places = given.map((each, sequence) => place({ ...each, sequence }));
      const lines = new Lines();
      for (const each of places) lines.add(each, 20_000);
      for (const now of instants.map((each) => each + 20_000).toSorted((a, b) => a - b)) {
        for (const each of places) {
          const cap = capAt(each);
          if (cap === undefined || cap > now) continue;
          lines.delete(each);
          lines.add(each, now);
        }
        const sorted = places.toSorted((a, b) => comparePlaces(a, b, now));
        const evens = (each: Place): boolean => each.sequence % 2 === 0;
        expect(lines.firstBefore(undefined, now, () => true)).toBe(sorted[0]);
        expect(lines.firstBefore(undefined, now, evens)).toBe(sorted.find(evens));
        expect(places.map((each) => lines.countBefore(each, now))).toEqual(places.map((each) => sorted.indexOf(each)));
      }
      expect(lines.size).toBe(places.length);
    }),
    { numRuns: 100 },
  );
});
