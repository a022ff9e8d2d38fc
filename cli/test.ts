import type { Source } from "../language/index.ts";
import { type Covered, coverageOf, loadProgram, runTests, type TestResult, Ways } from "../runtime/index.ts";
import { refuse } from "./check.ts";
import { exit, UsageError } from "./exit.ts";
import { junit } from "./junit.ts";
import { load } from "./load.ts";
import { count, say } from "./output.ts";
import { place } from "./place.ts";
import { promptLengths } from "./prompt-lengths.ts";

export interface TestOptions {
  directory: string[];
  filter?: string;
  format: "human" | "json" | "junit";
  coverage: boolean;
}

export function test(paths: string[], options: TestOptions): number {
  const { program, sources, diagnostics, prompts } = load(paths, options.directory);
  if (!program) {
    refuse(diagnostics, sources);
    return exit.failed;
  }
  const ways = new Ways();
  const results = runTests(program, {
    promptLengths: promptLengths(prompts),
    ...(options.filter ? { filter: options.filter } : {}),
    ways,
  });
  if (options.filter && results.length === 0) {
    throw new UsageError(`no test's name contains "${options.filter}" (${count(program.tests.length, "test")} in all)`);
  }
  const coverage = options.coverage ? coverageOf(loadProgram(program), ways) : undefined;
  if (options.format === "json") say(JSON.stringify(asJson(results, coverage), null, 2));
  else if (options.format === "junit") say(junit(results, sources));
  else {
    printResults(results, sources);
    if (coverage) printCoverage(coverage, sources);
  }
  return results.every((one) => one.passed) ? exit.ok : exit.failed;
}

function asJson(results: TestResult[], coverage: Covered[] | undefined): object {
  const tests = results.map((one) => ({ ...one, records: undefined }));
  return coverage ? { tests, coverage } : tests;
}

function printResults(results: TestResult[], sources: Source[]): void {
  for (const one of results) {
    say(`${one.passed ? "ok    " : "failed"}  ${one.name}`);
    for (const failure of one.failures)
      say(`        ${place(failure.path, failure.range.start, sources)} ${failure.message}`);
  }
  const passed = results.filter((one) => one.passed).length;
  if (results.length === 0) say("no tests");
  else say(`${count(passed, "test")} passed, ${results.length - passed} failed`);
}

const KINDS = ["branch", "outcome", "step"] as const;

/** What no test comes to, then how much of each kind some test does. */
function printCoverage(coverage: Covered[], sources: Source[]): void {
  const missed = coverage.filter(({ times }) => times === 0);
  for (const { what, name, path, range } of missed) {
    say(`${place(path, range.start, sources)} no test comes to ${what} \`${name}\``);
  }
  const parts = KINDS.map((kind) => {
    const all = coverage.filter(({ what }) => what === kind);
    const plural = kind === "branch" ? "branches" : `${kind}s`;
    return `${all.filter(({ times }) => times > 0).length} of ${count(all.length, kind).replace(`${kind}s`, plural)}`;
  });
  say(`covered: ${parts.join(", ")}`);
}
