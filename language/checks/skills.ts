import type { Apply, Binary, Expr, Thing } from "../ast.ts";
import { agentKinds } from "../builtins.ts";
import { hasLevel, isComparison } from "../directory/condition.ts";
import type { Agent } from "../directory/directory.ts";
import { skillsOf } from "../directory/skills.ts";
import type { Range } from "../source.ts";
import { type Checking, instead, listed, quote, report, reportUnknown } from "./checking.ts";
import { inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { isTorn, use } from "./state.ts";
import { checkThing, fixedName } from "./things.ts";

/*
 * Skill expressions: a language of its own, closed, because the matcher keeps the people of each one in order. Left sides are
 * skills and `kind`, beside them `group G`; right sides are frozen when the call enters the queue.
 */

/** What stands left of a comparison: one skill, any of a family, or something else that is known of a person. */
type Subject = { is: "skill"; name: string } | { is: "family" } | { is: "kind" } | { is: "state_age" } | undefined;

/** Checks the expression behind `agents with`, and that somebody in the directory can match it. */
export function checkSkills(condition: Expr, at: Place, excluded: readonly string[] = []): void {
  const before = at.checking.diagnostics.length;
  checkCondition(condition, at);
  const sound = at.checking.diagnostics.length === before;
  const agents = at.checking.people;
  if (!sound || at.checking.torn || agents.length === 0) return;
  if (agents.every((agent) => judge(condition, agent, at) === "no")) {
    const message = `nobody in the directory matches ${quote(at.checking, condition.range)}: callers wait here in vain`;
    report(at.checking, "warning", "S411", condition.range, message, { hint: best(condition, agents, at) });
  } else if (agents.every((agent) => excluded.includes(agent.id) || judge(condition, agent, at) === "no")) {
    onlyExcluded(at.checking, condition.range);
  }
}

function onlyExcluded(checking: Checking, range: Range): void {
  const message = `\`exclude\` leaves nobody of ${quote(checking, range)}: callers wait here in vain`;
  report(checking, "warning", "S411", range, message, { hint: "ask for others as well, or take `exclude` out" });
}

/** The same of people by name and of groups. */
export function checkSomebody(
  checking: Checking,
  { noun, name, range }: Thing,
  excluded: readonly string[] = [],
): void {
  const { directory, people, torn } = checking;
  const called = fixedName(name);
  if (torn || people.length === 0 || called === undefined || (noun !== "group" && noun !== "agent")) return;
  const members =
    noun === "agent" ? [called] : Object.hasOwn(directory.groups, called) && directory.groups[called]?.members;
  if (!members) return;
  if (members.length === 0) {
    const message = `nobody is in group \`${called}\`: callers wait here in vain`;
    report(checking, "warning", "S411", range, message, { hint: "add people in the directory" });
  } else if (members.every((id) => excluded.includes(id))) onlyExcluded(checking, range);
}

function checkCondition(condition: Expr, at: Place): void {
  const { checking } = at;
  switch (condition.kind) {
    case "hole":
      return;
    case "unary":
      if (condition.op !== "not") break;
      checkCondition(condition.operand, at);
      return;
    case "thing":
      if (condition.noun !== "group" && condition.noun !== "site") break;
      checkThing(checking, condition);
      return;
    case "binary":
      if (condition.op === "and" || condition.op === "or") {
        checkCondition(condition.left, at);
        checkCondition(condition.right, at);
        return;
      }
      if (isComparison(condition.op)) {
        checkComparison(condition, at);
        return;
      }
      break;
    case "variable":
    case "apply": {
      const subject = subjectOf(condition, at);
      if (!subject) return;
      const message = `${quote(checking, condition.range)} alone does not say ${lacking[subject.is]}`;
      const compared = `${quote(checking, condition.range).slice(1, -1)} ${completed[subject.is]}`;
      report(checking, "error", "S207", condition.range, message, {
        hint: `write \`${compared}\``,
        ...(subject.is === "skill" && { write: compared }),
      });
      return;
    }
    default:
      break;
  }
  const message = `${quote(checking, condition.range)} is nothing people can be chosen by`;
  const hint = "compare a skill or `kind`, or write `group NAME`";
  report(checking, "error", "S207", condition.range, message, { hint });
}

const lacking = {
  skill: "which level is enough",
  family: "which level is enough",
  kind: "which kind",
  state_age: "how long",
} as const;

const completed = { skill: ">= 1", family: ">= 1", kind: "== worker", state_age: "> 5m" } as const;

function checkComparison(condition: Binary, at: Place): void {
  const { checking } = at;
  const subject = subjectOf(condition.left, at);
  if (!subject) return;
  if (subject.is === "kind") {
    if (condition.op !== "==" && condition.op !== "!=")
      report(checking, "error", "S303", condition.range, "`kind` is compared by `==` or `!=`");
    const word = condition.right.kind === "variable" ? condition.right.name : undefined;
    const kinds: readonly string[] = agentKinds;
    if (condition.right.kind === "hole" || (word !== undefined && kinds.includes(word))) return;
    const advice = word === undefined ? {} : instead(word, kinds);
    report(checking, "error", "S202", condition.right.range, "`kind` is `agent` or `worker`", advice);
  } else if (subject.is === "state_age") {
    inferAs(condition.right, at, ["duration"], "`state_age`");
    if (condition.op !== "==" && condition.op !== "!=") return;
    const message = "nobody is in his state for exactly so long for any time";
    report(checking, "error", "S207", condition.range, message, { hint: "compare `state_age` with `>` or `<`" });
  } else {
    inferAs(condition.right, at, ["number"], "a level");
    const { low, high } = checking.directory.skills.scale;
    const { right } = condition;
    if (right.kind === "number" && (right.value < low || right.value > high)) {
      report(checking, "error", "S306", right.range, `levels go from ${low} to ${high}`);
    }
  }
}

/** Reports a left side that is none. */
function subjectOf(expr: Expr, at: Place): Subject {
  const { checking } = at;
  if (expr.kind === "hole") return undefined;
  if (expr.kind === "variable") {
    if (expr.name === "kind") return { is: "kind" };
    if (expr.name === "state_age") return { is: "state_age" };
    return known(expr.name, expr.range, at);
  }
  if (expr.kind === "apply") return familyOf(expr, at);
  const message = `${quote(checking, expr.range)} is no skill`;
  report(checking, "error", "S207", expr.range, message, {
    hint: "the skill stands left, the level right: `billing >= 4`",
  });
  return undefined;
}

function known(name: string, range: Range, at: Place, family?: string): Subject {
  const skills = skillsOf(at.checking.directory);
  if (skills.includes(name)) return { is: "skill", name };
  const relatives = skills.filter((skill) => family !== undefined && skill.startsWith(`${family}_`));
  const { hint, write } = relatives.length ? listed(relatives) : instead(name, [...skills, "kind", "state_age"]);
  const message = `there is no skill \`${name}\` in the directory`;
  reportUnknown(at.checking, "S207", range, message, { hint, write: family === undefined ? write : undefined });
  return undefined;
}

/** `language(en)` is the skill `language_en`; with a variable any skill of the family; `skill(text)` any at all. */
function familyOf(expr: Apply, at: Place): Subject {
  const family = expr.name.text;
  const [argument] = expr.args;
  if (!argument || expr.args.length > 1) {
    report(at.checking, "error", "S207", expr.range, `\`${family}\` takes one part: \`${family}(en)\``);
    return undefined;
  }
  const fixed =
    argument.kind === "variable" && !use(at.scope, argument.name) && !isTorn(at.scope)
      ? argument.name
      : argument.kind === "text"
        ? fixedName(argument)
        : undefined;
  if (fixed !== undefined) return known(family === "skill" ? fixed : `${family}_${fixed}`, expr.range, at, family);
  inferAs(argument, at, ["text", "word"], `\`${family}\``);
  const skills = skillsOf(at.checking.directory);
  if (family === "skill" || skills.some((skill) => skill.startsWith(`${family}_`))) return { is: "family" };
  const families = skills.filter((skill) => skill.includes("_")).map((skill) => skill.slice(0, skill.indexOf("_")));
  const message = `no skill in the directory begins with \`${family}_\``;
  reportUnknown(at.checking, "S207", expr.name.range, message, instead(family, new Set(families)));
  return undefined;
}

type Verdict = "yes" | "no" | "maybe";

/** Whether this person can match, as far as the directory tells. */
function judge(condition: Expr, agent: Agent, at: Place): Verdict {
  if (condition.kind === "unary") {
    const verdict = judge(condition.operand, agent, at);
    return verdict === "maybe" ? "maybe" : verdict === "yes" ? "no" : "yes";
  }
  if (condition.kind === "thing") {
    const name = fixedName(condition.name);
    if (name === undefined) return "maybe";
    const { groups, sites } = at.checking.directory;
    const members = condition.noun === "group" ? groups[name]?.members : sites[name]?.members;
    return members?.includes(agent.id) ? "yes" : "no";
  }
  if (condition.kind !== "binary") return "maybe";
  const { op, left, right } = condition;
  if (op === "and" || op === "or") {
    const [decisive, other]: Verdict[] = op === "and" ? ["no", "yes"] : ["yes", "no"];
    const verdicts = [judge(left, agent, at), judge(right, agent, at)];
    if (verdicts.includes(decisive ?? "maybe")) return decisive ?? "maybe";
    return verdicts.every((verdict) => verdict === other) ? (other ?? "maybe") : "maybe";
  }
  const subject = subjectOf(left, { ...at, checking: { ...at.checking, diagnostics: [] } });
  if (subject?.is === "kind" && right.kind === "variable")
    return (agent.kind === right.name) === (op === "==") ? "yes" : "no";
  if (subject?.is !== "skill" || right.kind !== "number") return "maybe";
  if (!isComparison(op)) return "maybe";
  return hasLevel(agent, { skill: subject.name, op, level: right.value }) ? "yes" : "no";
}

/** For a single comparison: how good the best person is. */
function best(condition: Expr, agents: readonly Agent[], at: Place): string | undefined {
  if (condition.kind !== "binary" || !isComparison(condition.op)) return undefined;
  const subject = subjectOf(condition.left, { ...at, checking: { ...at.checking, diagnostics: [] } });
  if (subject?.is !== "skill") return undefined;
  const holders = agents.filter((agent) => Object.hasOwn(agent.skills, subject.name));
  const level = (agent: Agent) => agent.skills[subject.name] ?? 0;
  const [top] = holders.toSorted((a, b) => level(b) - level(a));
  return top
    ? `the highest level of \`${subject.name}\` is ${level(top)}, of ${top.id}`
    : `nobody has \`${subject.name}\``;
}
