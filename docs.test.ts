import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, makeSource, readDirectory } from "./language/index.ts";
import { standard } from "./language/pages/standard.ts";
import { docPages, docs, fencesIn, filesOf, framed } from "./language/test/fences.ts";
import { loadProgram, runTests } from "./runtime/index.ts";

/* What the reference shows is not only checked: the engine takes it, and the tests in it pass. */

const { directory } = readDirectory([makeSource("directory.yaml", standard.directory)]);

const pages = docPages
  .map((name) => ({ name, fences: fencesIn(readFileSync(join(docs, name), "utf8")) }))
  .filter(({ fences }) => fences.length > 0);

describe.each(pages)("docs/$name", ({ fences: all }) => {
  const fences = all.filter(({ marks }) => !marks.includes("told"));

  it.each(fences.map((fence) => [fence.line, fence] as const))("the example at line %i runs", (_, fence) => {
    const { program } = check(filesOf(framed(fence)), directory);
    const sound = program ?? expect.fail("it is no program");
    expect(() => loadProgram(sound)).not.toThrow();
    expect(runTests(sound).flatMap((one) => one.failures.map(({ message }) => message))).toEqual([]);
  });
});
