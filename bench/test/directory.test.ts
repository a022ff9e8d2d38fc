import { expect, it } from "vitest";
import { makeSource, readDirectory } from "../../language/index.ts";
import { block, exported, importing, rows } from "../directory/texts.ts";

it("measures the same directory, without findings, in three ways of writing", () => {
  const csv = readDirectory([makeSource("d.yaml", importing)], [makeSource("agents.csv", exported(1000))]);
  for (const text of [rows(1000), block(1000)]) {
    const yaml = readDirectory([makeSource("d.yaml", text)]);
    expect(yaml.diagnostics).toEqual([]);
    expect(yaml.directory).toEqual(csv.directory);
  }
  expect(csv.diagnostics).toEqual([]);
  expect(csv.directory.groups["Good"]?.members).toHaveLength(500);
});
