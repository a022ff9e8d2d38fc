import type { AgentSetLine, CallLine, Name, Num, StaffLine, Strategy, Test, TestLine } from "../../ast.ts";
import { agentKinds } from "../../builtins.ts";
import { type Checking, instead, report, reportUnknown } from "../checking.ts";
import { skillsOf } from "../../directory/skills.ts";
import { fixedName, unknownThing } from "../things.ts";
import type { Script } from "./script.ts";

/** What the lines of one test may speak of. */
export interface Bench {
  checking: Checking;
  test: Test;
  strategy: Strategy;
  calls: ReadonlyMap<string, CallLine>;
  /** Of the strategy under test, and of all: a call may be led on to another. */
  own: Script;
  all: Script;
}

/** Where somebody is said to act beside the calls: in a test or in traffic. */
export type Beside = Pick<Bench, "checking" | "all">;

type Of<K extends TestLine["kind"]> = Extract<TestLine, { kind: K }>;

export function linesOf<K extends TestLine["kind"]>({ lines }: Test, kind: K): Of<K>[] {
  return lines.filter((line): line is Of<K> => line.kind === kind);
}

/** A strategy that there is, for a test or for traffic. */
export function strategyNamed(checking: Checking, name: Test["strategy"]): Strategy | undefined {
  const text = fixedName(name) ?? "";
  const found = checking.strategies.find(({ strategy }) => fixedName(strategy.name) === text);
  if (found) return found.strategy;
  const known = checking.strategies.map(({ strategy }) => fixedName(strategy.name) ?? "");
  const { hint, write } = instead(text, known);
  const advice = { hint, write: write && `"${write}"` };
  reportUnknown(checking, "S430", name.range, `there is no strategy \`${text}\``, advice);
  return undefined;
}

export function checkKnown(checking: Checking, noun: string, name: Name, known: Iterable<string>): void {
  const all = [...known];
  if (!all.includes(name.text)) unknownThing(checking, noun, name, name.text, all);
}

export const checkAgent = (checking: Checking, name: Name): void =>
  checkKnown(checking, "agent", name, Object.keys(checking.directory.agents));

/** What people of a test or of traffic are and can. */
export function checkQualities(
  checking: Checking,
  { withGroups, withSkills, withKind }: AgentSetLine | StaffLine,
): void {
  for (const group of withGroups) checkKnown(checking, "group", group, Object.keys(checking.directory.groups));
  const { low, high } = checking.directory.skills.scale;
  for (const { name, level } of withSkills) {
    checkKnown(checking, "skill", name, skillsOf(checking.directory));
    if (level.value < low || level.value > high) {
      report(checking, "error", "S306", level.range, `levels go from ${low} to ${high}`);
    }
  }
  const kinds: readonly string[] = agentKinds;
  if (withKind && !kinds.includes(withKind.text)) {
    report(checking, "error", "S202", withKind.range, "`kind` is `agent` or `worker`");
  }
}

/** A code that somebody is said to reply with. */
export function checkCode(checking: Checking, code: Num, from: number, to: number): void {
  if (Number.isInteger(code.value) && code.value >= from && code.value <= to) return;
  report(checking, "error", "S306", code.range, `a reply has a code from ${from} to ${to}, not \`${code.value}\``);
}
