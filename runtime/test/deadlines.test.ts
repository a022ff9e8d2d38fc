import fc from "fast-check";
import { expect, test } from "vitest";
import { Deadlines } from "../deadlines.ts";

test("come up by time, those of one instant in the order they were made", () => {
  const deadlines = new Deadlines<string>();
  for (const [at, what] of [
    [30, "c"],
    [10, "a"],
    [30, "d"],
    [20, "b"],
    [30, "e"],
  ] as const)
    deadlines.add(at, what);
  expect(deadlines.next()).toBe(10);
  expect(deadlines.take(9)).toBeUndefined();
  expect([1, 2, 3, 4, 5, 6].map(() => deadlines.take(30))).toEqual(["a", "b", "c", "d", "e", undefined]);
  expect(deadlines.next()).toBeUndefined();
});

test("a cancelled one never comes; cancelling twice, or what is past, changes nothing", () => {
  const deadlines = new Deadlines<string>();
  const first = deadlines.add(1, "first");
  const second = deadlines.add(2, "second");
  deadlines.cancel(first);
  deadlines.cancel(first);
  expect(deadlines.size).toBe(1);
  expect(deadlines.next()).toBe(2);
  expect(deadlines.take(5)).toBe("second");
  deadlines.cancel(second);
  expect(deadlines.size).toBe(0);
});

test("agrees with a sorted list, whatever is added and cancelled", () => {
  const steps = fc.array(fc.record({ at: fc.nat(50), cancel: fc.option(fc.nat(300), { nil: undefined }) }), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(steps, (all) => {
      const deadlines = new Deadlines<number>();
      let expected: { at: number; id: number }[] = [];
      for (const { at, cancel } of all) {
        expected.push(deadlines.add(at, at));
        if (cancel === undefined) continue;
        deadlines.cancel({ at: 0, id: cancel });
        expected = expected.filter(({ id }) => id !== cancel);
      }
      expected.sort((a, b) => a.at - b.at || a.id - b.id);
      const came = expected.map(() => deadlines.take(50));
      expect(came).toEqual(expected.map(({ at }) => at));
      expect(deadlines.take(50)).toBeUndefined();
    }),
    { numRuns: 100 },
  );
});

test("most of many are cancelled: the rest comes in order", () => {
  const deadlines = new Deadlines<number>();
  // 37 and 1000 share no factor, so each instant comes once, in no order that a heap would like.
  const made = Array.from({ length: 1000 }, (_, nth) => deadlines.add((nth * 37) % 1000, (nth * 37) % 1000));
  for (const each of made) if (each.at % 4 !== 0) deadlines.cancel(each);
  expect(deadlines.size).toBe(250);
  const came = Array.from({ length: 251 }, () => deadlines.take(1000));
  expect(came).toEqual([...Array.from({ length: 250 }, (_, nth) => nth * 4), undefined]);
});
