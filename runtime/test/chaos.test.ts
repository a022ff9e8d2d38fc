import { expect, it } from "vitest";
import { runChaos } from "./chaos.ts";

/** A small sample for every test run; a soak runs many more. */
const BLOCKS = 6;
const RUNS = process.env["CORDBOARD_SOAK"] === "1" ? 1667 : 20;

it.each(Array.from({ length: BLOCKS }, (_, block) => block * RUNS))(
  `holds through ${RUNS} wild runs from seed %i`,
  { timeout: 30_000 + RUNS * 1000 },
  (from) => {
    const wrong: string[] = [];
    for (let seed = from; seed < from + RUNS && wrong.length < 3; seed++) {
      const [first] = runChaos(seed, 40).violations;
      if (first) wrong.push(`seed ${seed}: ${first}`);
      const [other] = seed % 5 === 0 ? runChaos(seed, 60, "everything").violations : [];
      if (other) wrong.push(`seed ${seed} with everything: ${other}`);
    }
    expect(wrong).toEqual([]);
  },
);

it("goes the same way twice", () => {
  expect(runChaos(7, 60).records).toEqual(runChaos(7, 60).records);
});
