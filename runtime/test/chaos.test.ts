import { expect, it } from "vitest";
import { runChaos } from "./chaos.ts";

/** A small sample for every test run; a soak runs many more. */
const BLOCKS = 6;
const RUNS = process.env["CORDBOARD_SOAK"] === "1" ? 1667 : 12;

it.each(Array.from({ length: BLOCKS }, (_, block) => block * RUNS))(
  `holds through ${RUNS} wild runs from seed %i`,
  { timeout: 30_000 + RUNS * 1000 },
  (from) => {
    const wrong: string[] = [];
    for (let seed = from; seed < from + RUNS && wrong.length < 3; seed++) {
      const look = (steps: number, of: Parameters<typeof runChaos>[2]): void => {
        const [first] = runChaos(seed, steps, of).violations;
        if (first) wrong.push(`seed ${seed} of ${of}: ${first}`);
      };
      look(40, "team");
      if (seed % 5 === 0) look(60, "everything");
      if (seed % 3 === 0) look(60, "roomy team");
      if (seed % 10 === 0) look(60, "roomy everything");
    }
    expect(wrong).toEqual([]);
  },
);

it("goes the same way twice", () => {
  expect(runChaos(7, 60).records).toEqual(runChaos(7, 60).records);
});
