import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { load } from "./cli/load.ts";
import { format, makeSource, parse, positionAt, type Range } from "./language/index.ts";
import { coverageOf, loadProgram, runTests, Ways } from "./runtime/index.ts";

const root = join(import.meta.dirname, "examples");
const names = readdirSync(root).filter((name) => existsSync(join(root, name, "directory.yaml")));

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

  test("has no findings", () => {
    expect(diagnostics.map(line)).toEqual([]);
  });

  test("has a README", () => {
    expect(readdirSync(folder)).toContain("README.md");
  });

  test("passes its tests, which come to every branch, outcome and step", () => {
    const ways = new Ways();
    const results = program ? runTests(program, { ways }) : [];
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap((one) => one.failures.map(line))).toEqual([]);
    const covered = program ? coverageOf(loadProgram(program), ways) : [];
    const missed = covered.filter((one) => one.times === 0);
    expect(missed.map((one) => line({ ...one, message: `no test comes to ${one.what} ${one.name}` }))).toEqual([]);
  });
});
