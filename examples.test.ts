import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "./cli/load.ts";
import { format, makeSource, parse, positionAt, type Range } from "./language/index.ts";
import { runTests } from "./runtime/index.ts";

const root = join(import.meta.dirname, "examples");
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** What checker or engine cannot do yet, by example. An entry that is no longer true fails, and in the end there is none. */
const unfinished: Record<string, string> = {};

describe.each(names)("%s", (name) => {
  const folder = join(root, name);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".strategy"));

  test.each(files)("%s can be read and formats to itself", (file) => {
    const source = makeSource(file, readFileSync(join(folder, file), "utf8"));
    expect(parse(source).diagnostics).toEqual([]);
    expect(format(source).text).toBe(source.text);
  });

  const { diagnostics, sources, program } = load([folder], []);
  const line = ({ path, range, message }: { path: string; range: Range; message: string }): string => {
    const source = sources.find((one) => one.path === path);
    return `${path}:${source ? positionAt(source, range.start).line : 0} ${message}`;
  };
  const failures = (): string[] =>
    runTests(program ?? expect.fail("no program")).flatMap((one) => one.failures.map(line));

  if (unfinished[name] !== undefined) {
    test(`is not finished: ${unfinished[name]}`, () => {
      let lines: string[];
      try {
        lines = failures();
      } catch (error) {
        lines = [String(error)];
      }
      expect(lines).not.toEqual([]);
    });
    return;
  }

  test("has no findings", () => {
    expect(diagnostics.map(line)).toEqual([]);
  });

  test("passes its tests", () => {
    expect(program?.tests.length).toBeGreaterThan(0);
    expect(failures()).toEqual([]);
  });
});

test("what is listed as unfinished is there", () => {
  expect(Object.keys(unfinished).filter((name) => !names.includes(name))).toEqual([]);
});
