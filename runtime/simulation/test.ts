import type { CheckedProgram, Range } from "../../language/index.ts";
import type { EventRecord } from "../records.ts";
import { linesOf, type PromptLengths } from "./cast.ts";
import type { Ways } from "./coverage.ts";
import { failureOf } from "./expectation.ts";
import { plainText } from "./literal.ts";
import { rehearse } from "./rehearsal.ts";

export interface TestFailure {
  path: string;
  range: Range;
  message: string;
}

/** How one `test` block went. Two runs give the same, record by record. */
export interface TestResult {
  name: string;
  /** The strategy it is a test for. */
  strategy: string;
  path: string;
  passed: boolean;
  failures: TestFailure[];
  records: readonly EventRecord[];
  /** Virtual milliseconds from the start of the test until nothing was left to happen. */
  ms: number;
}

export interface TestOptions {
  /** Only tests whose name holds this text, in any case. */
  filter?: string;
  promptLengths?: PromptLengths;
  /** Told which ways calls go in all tests together. */
  ways?: Ways;
}

type CheckedTest = CheckedProgram["tests"][number];

/** Runs every `test` block of a program on the live engine and a virtual clock. */
export function runTests(checked: CheckedProgram, options: TestOptions = {}): TestResult[] {
  const wanted = (options.filter ?? "").toLowerCase();
  return checked.tests
    .filter(({ test }) => plainText(test.name).toLowerCase().includes(wanted))
    .map((test) => runTest(checked, test, options));
}

/** Runs one `test` block until nothing is left to happen, for 24 virtual hours or 100,000 events at most. */
export function runTest(checked: CheckedProgram, { source, test }: CheckedTest, options: TestOptions = {}): TestResult {
  const story = rehearse(checked, test, { lengths: options.promptLengths, ways: options.ways });
  const failures: TestFailure[] = [];
  const fail = (range: Range, message: string) => failures.push({ path: source.path, range, message });

  for (const defect of story.defects) fail(test.name.range, `cordboard itself failed: ${defect}`);
  if (!story.cameToEnd) fail(test.name.range, "the test did not come to an end");
  const strategy = plainText(test.strategy);
  const reached = story.records.some((record) => record.type === "call.arrived" && record.strategy === strategy);
  if (!reached && linesOf(test, "callIn").length > 0) {
    fail(test.strategy.range, `no call of this test reached the strategy \`${strategy}\``);
  }
  for (const expect of linesOf(test, "expect")) {
    const message = failureOf(expect, story);
    if (message !== undefined) fail(expect.range, message);
  }
  return {
    name: plainText(test.name),
    strategy,
    path: source.path,
    passed: failures.length === 0,
    failures,
    records: story.records,
    ms: story.endedAt - story.startedAt,
  };
}
