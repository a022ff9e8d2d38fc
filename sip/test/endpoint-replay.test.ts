import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { DIFFERENCES, HABITS } from "./endpoint/differences.ts";
import { replay } from "./endpoint/replay.ts";

const DIRECTORY = new URL("./transcripts/", import.meta.url);
const files = readdirSync(DIRECTORY).filter((name) => name.endsWith(".jsonl"));
/** Where no one listens in transcript 28. */
const UNREACHABLE = [5999];

const needed = new Set<string>();

test.each(files)(
  "%s: what the endpoint says is what the native server said, but for the listed differences",
  async (name) => {
    const { differences, habits } = await replay(new URL(name, DIRECTORY), HABITS, UNREACHABLE);
    for (const habit of habits) needed.add(habit);
    const listed = (DIFFERENCES[name.slice(0, 2)] ?? []).flatMap((each) => each.what);
    expect(differences.toSorted()).toEqual(listed.toSorted());
  },
);

test("every transcript with differences is replayed, and every habit was needed", () => {
  const numbers = files.map((name) => name.slice(0, 2));
  expect(Object.keys(DIFFERENCES).filter((number) => !numbers.includes(number))).toEqual([]);
  expect([...needed].toSorted()).toEqual(HABITS.map((each) => each.name).toSorted());
});
