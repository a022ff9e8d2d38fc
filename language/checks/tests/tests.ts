import type { Strategy, Test } from "../../ast.ts";
import { type Checking, report } from "../checking.ts";
import { checkAgentLine } from "./agents.ts";
import { type Bench, linesOf, strategyNamed } from "./bench.ts";
import { callsOf, checkCall } from "./calls.ts";
import { checkExpect, checkOneEnd } from "./expects.ts";
import { checkGiven } from "./given.ts";
import { checkStatedOnce } from "./once.ts";
import { type Script, type Scripted, scriptOf } from "./script.ts";

/** A test speaks of a strategy, agents, calls and things that there are, and expects something that can come true. */
export function checkTests(
  tests: readonly { checking: Checking; test: Test }[],
  strategies: readonly Scripted[],
): void {
  if (tests.length === 0) return;
  const all = scriptOf(strategies);
  // A strategy has many tests, and is read once.
  const owns = new Map<Strategy, Script>();
  for (const { checking, test } of tests) {
    const strategy = strategyNamed(checking, test.strategy);
    if (!strategy) continue;
    const own = owns.get(strategy) ?? scriptOf(strategies.filter((one) => one.strategy === strategy));
    owns.set(strategy, own);
    const calls = callsOf(checking, linesOf(test, "callIn"));
    checkTest({ checking, test, strategy, calls, own, all });
  }
}

function checkTest(bench: Bench): void {
  const { checking, test } = bench;
  for (const line of test.lines) {
    if (line.kind === "agentSet" || line.kind === "agentAct") checkAgentLine(checking, line);
    else if (line.kind === "callIn") checkCall(bench, line);
    else if (line.kind === "expect") checkExpect(bench, line);
    else checkGiven(bench, line);
  }
  checkStatedOnce(checking, test);
  checkOneEnd(bench);
  if (!checking.torn && linesOf(test, "expect").length === 0) {
    const message = "this test expects nothing, so that it can never fail";
    report(checking, "warning", "S433", test.name.range, message, { hint: "write `expect A answered by NAME`" });
  }
}
