import type {
  AgentSetLine,
  AgentTestState,
  CallLine,
  Expect,
  Expectation,
  Name,
  Queue,
  Test,
  TestLine,
} from "../ast.ts";
import { agentKinds, callOutcomes } from "../builtins.ts";
import { entranceFor } from "../entries.ts";
import { checkPrompt } from "./prompts.ts";
import { type Checking, instead, report, reportUnknown } from "./checking.ts";
import { infer } from "./expressions.ts";
import type { Place } from "./place.ts";
import { skillsOf } from "./skills.ts";
import { checkThing, fixedName, unknownThing } from "./things.ts";

/** What the lines of one test may speak of. */
interface Bench {
  checking: Checking;
  calls: Map<string, CallLine>;
  queues: ReadonlySet<string>;
}

/** A test speaks of a strategy, agents, calls and queues that there are, and expects something. */
export function checkTest(checking: Checking, test: Test, queuesOf: (strategy: string) => Queue[]): void {
  const { strategies } = checking;
  const names = strategies.map((one) => fixedName(one.strategy.name) ?? "");
  const name = fixedName(test.strategy) ?? "";
  if (!names.includes(name)) {
    const { hint, write } = instead(name, names);
    const advice = { hint, write: write && `"${write}"` };
    reportUnknown(checking, "S430", test.strategy.range, `there is no strategy \`${name}\``, advice);
    return;
  }
  const queues = new Set(queuesOf(name).map((queue) => queue.name.text));
  const bench: Bench = { checking, calls: new Map(), queues };
  for (const line of test.lines) if (line.kind === "callIn") checkCall(bench, line);
  for (const line of test.lines) checkLine(bench, line);
  if (!checking.torn && !test.lines.some((line) => line.kind === "expect")) {
    const message = "this test expects nothing, so that it can never fail";
    report(checking, "warning", "S433", test.name.range, message, { hint: "write `expect A answered by NAME`" });
  }
}

function checkCall({ checking, calls }: Bench, line: CallLine): void {
  const first = calls.get(line.name.text);
  if (first) {
    const related = [{ path: checking.source.path, range: first.name.range, message: "the first one" }];
    report(checking, "error", "S205", line.name.range, `there is a call \`${line.name.text}\` already`, { related });
  } else calls.set(line.name.text, line);
  const to = fixedName(line.to) ?? "";
  if (!checking.torn && !entranceFor(to, checking.doors, checking.directory.site.country)) {
    const message = `no strategy has an entry for \`${to}\``;
    report(checking, "error", "S431", line.to.range, message, { hint: "call a number of an `entry` line" });
  }
  if (line.data) {
    const state = { known: new Map(), ended: false };
    const at: Place = { checking, scope: { names: new Map() }, state, queued: false };
    infer(line.data, at);
  }
}

function checkLine(bench: Bench, line: TestLine): void {
  const { checking } = bench;
  switch (line.kind) {
    case "agentSet":
      checkAgent(checking, line.agent);
      checkWith(checking, line);
      if (line.state) checkState(checking, line.state);
      return;
    case "agentAct":
      checkAgent(checking, line.agent);
      if (line.state) checkState(checking, line.state);
      return;
    case "trunkAct":
      checkKnown(checking, "trunk", line.trunk, Object.keys(checking.directory.trunks));
      return;
    case "expect":
      checkExpect(bench, line);
      return;
    default:
      return;
  }
}

const checkAgent = (checking: Checking, name: Name) =>
  checkKnown(checking, "agent", name, Object.keys(checking.directory.agents));

function checkKnown(checking: Checking, noun: string, name: Name, known: string[]): void {
  if (!known.includes(name.text)) unknownThing(checking, noun, name, name.text, known);
}

function checkWith(checking: Checking, line: AgentSetLine): void {
  for (const group of line.withGroups) checkKnown(checking, "group", group, Object.keys(checking.directory.groups));
  const { low, high } = checking.directory.skills.scale;
  for (const { name, level } of line.withSkills) {
    checkKnown(checking, "skill", name, skillsOf(checking.directory));
    if (level.value < low || level.value > high) {
      report(checking, "error", "S306", level.range, `levels go from ${low} to ${high}`);
    }
  }
  const kinds: readonly string[] = agentKinds;
  if (line.withKind && !kinds.includes(line.withKind.text)) {
    report(checking, "error", "S202", line.withKind.range, "`kind` is `agent` or `worker`");
  }
}

const testStates = ["ready", "not_ready", "talking", "offline"];

function checkState(checking: Checking, state: AgentTestState): void {
  if (testStates.includes(state.name.text)) return;
  const message = `an agent cannot be \`${state.name.text}\` in a test`;
  report(checking, "error", "S202", state.name.range, message, instead(state.name.text, testStates));
}

function checkExpect(bench: Bench, line: Expect): void {
  const { checking, calls } = bench;
  for (const name of [line.call, line.after, line.before]) {
    if (name?.kind !== "name" || calls.has(name.text)) continue;
    const message = `this test has no call \`${name.text}\``;
    reportUnknown(checking, "S432", name.range, message, instead(name.text, calls.keys()));
  }
  checkExpectation(bench, line.what);
}

function checkExpectation({ checking, queues }: Bench, what: Expectation): void {
  switch (what.kind) {
    case "offered":
      checkAgent(checking, what.to);
      return;
    case "answered":
      if (what.by.kind === "name") checkAgent(checking, what.by);
      else checkThing(checking, what.by);
      return;
    case "hears":
      checkPrompt(checking, what.prompt);
      return;
    case "waits":
      if (!queues.has(what.queue.text)) unknownThing(checking, "queue", what.queue, what.queue.text, [...queues]);
      return;
    case "ends": {
      const outcomes: readonly string[] = callOutcomes;
      const { text, range } = what.outcome;
      if (!outcomes.includes(text)) {
        const { hint, write } = instead(text, outcomes);
        report(checking, "error", "S204", range, `no call ends \`${text}\``, { hint, write });
      }
      if (what.mailbox) checkThing(checking, what.mailbox);
    }
  }
}
