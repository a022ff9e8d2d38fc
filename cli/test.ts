import type { Source } from "../language/index.ts";
import { runTests, type TestResult } from "../runtime/index.ts";
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
}

export function test(paths: string[], options: TestOptions): number {
  const { program, sources, diagnostics, prompts } = load(paths, options.directory);
  if (!program) {
    refuse(diagnostics, sources);
    return exit.failed;
  }
  const results = runTests(program, {
    promptLengths: promptLengths(prompts),
    ...(options.filter ? { filter: options.filter } : {}),
  });
  if (options.filter && results.length === 0) {
    throw new UsageError(`no test's name contains "${options.filter}" (${count(program.tests.length, "test")} in all)`);
  }
  if (options.format === "json")
    say(
      JSON.stringify(
        results.map((one) => ({ ...one, records: undefined })),
        null,
        2,
      ),
    );
  else if (options.format === "junit") say(junit(results, sources));
  else printResults(results, sources);
  return results.every((one) => one.passed) ? exit.ok : exit.failed;
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
