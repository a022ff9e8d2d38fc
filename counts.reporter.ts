import type { Reporter, TestModule } from "vitest/node";

/** Names what passed at the second try only, and ends a run with one plain line that machines read: `12 passed, 0 failed, 0 skipped`. */
export default class Counts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const of = (state: string): number => tests.filter((one) => one.result().state === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const retried = tests.filter((one) => one.diagnostic()?.flaky);
    for (const one of retried)
      process.stdout.write(`\nat the second try: ${one.module.relativeModuleId} > ${one.fullName}`);
    process.stdout.write(`\n${of("passed")} passed, ${of("failed") + broken} failed, ${of("skipped")} skipped\n`);
  }
}
