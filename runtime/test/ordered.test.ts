import fc from "fast-check";
import { expect, test } from "vitest";
import { Ordered } from "../queue/ordered.ts";

const numbers = (): Ordered<number> => new Ordered((a, b) => a - b);

test("keeps order over many blocks, in and out", () => {
  const set = numbers();
  for (let index = 0; index < 1000; index++) set.add((index * 7919) % 1000);
  expect([...set]).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  for (let index = 0; index < 1000; index += 2) expect(set.delete(index)).toBe(true);
  expect(set.size).toBe(500);
  expect(set.first).toBe(1);
  expect(set.countWhile((item) => item < 501)).toBe(250);
});

test("takes an item once, and gives back only what it has", () => {
  const set = numbers();
  expect([set.add(1), set.add(1), set.delete(2), set.delete(1), set.delete(1), set.size]).toEqual([
    true,
    false,
    false,
    true,
    false,
    0,
  ]);
  expect(set.first).toBeUndefined();
});

test("passes over a head that does not fit", () => {
  const set = numbers();
  for (let index = 0; index < 300; index++) set.add(index);
  expect(set.find((item) => item > 200 && item % 2 === 1)).toBe(201);
  expect(set.find((item) => item > 300)).toBeUndefined();
});

test("agrees with a sorted list", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.nat(200)), { maxLength: 600 });
  fc.assert(
    fc.property(steps, (all) => {
      const set = numbers();
      const model = new Set<number>();
      for (const [add, item] of all) {
        if (add) expect(set.add(item)).toBe(!model.has(item) && Boolean(model.add(item)));
        else expect(set.delete(item)).toBe(model.delete(item));
      }
      const sorted = [...model].toSorted((a, b) => a - b);
      expect([...set]).toEqual(sorted);
      expect(set.countWhile((item) => item < 100)).toBe(sorted.filter((item) => item < 100).length);
    }),
    { numRuns: 100 },
  );
});
