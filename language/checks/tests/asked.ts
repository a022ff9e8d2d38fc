import type { AnyNode, Chooser, Expr, Statement, Target } from "../../ast.ts";
import { reached } from "../../runs.ts";
import { walk } from "../../walk.ts";
import { fixedName } from "../things.ts";
import type { Scripted } from "./script.ts";

/** Whom a strategy asks for: what makes people fit for some step or preview of it. */
export interface Asked {
  skills: Set<string>;
  /** `language(lang)`: any skill of the family. */
  families: Set<string>;
  groups: Set<string>;
  /** Some names are made when the call comes. */
  any: boolean;
}

export function askedBy({ strategy, source, names }: Scripted): Asked {
  const asked: Asked = { skills: new Set(), families: new Set(), groups: new Set(), any: false };
  if (strategy.defaultRoute) takeThing(asked, strategy.defaultRoute.to);
  for (const { statement, names: here } of reached([strategy.body], source, names)) {
    takeStatement(asked, statement);
    takeGroups(asked, statement);
    const plan = statement.kind === "queue" && statement.by ? here.plans.get(statement.by.text)?.item : undefined;
    if (!plan) continue;
    takeGroups(asked, plan);
    takeTargets(
      asked,
      plan.steps.flatMap((step) => step.targets),
      plan.choose,
    );
  }
  return asked;
}

function takeStatement(asked: Asked, statement: Statement): void {
  switch (statement.kind) {
    case "hole":
      asked.any = true;
      return;
    case "queue":
      takeTargets(
        asked,
        statement.steps.flatMap((step) => step.targets),
        statement.choose,
      );
      return;
    case "preview":
      takeTargets(asked, statement.targets, statement.choose);
      return;
    case "ring":
      takeThing(asked, statement.target);
      return;
    case "transfer":
      takeThing(asked, statement.to);
      return;
    default:
  }
}

/** Groups that a condition asks of: `staffed(group X) > 0`. What stands in the blocks of a statement are statements of their own. */
function takeGroups(asked: Asked, from: AnyNode): void {
  walk(from, (node) => {
    if (node.kind === "thing" && node.noun === "group") takeThing(asked, node);
    return node.kind !== "block";
  });
}

function takeTargets(asked: Asked, targets: readonly Target[], choose: readonly Chooser[] = []): void {
  for (const { skill } of choose) if (skill) asked.skills.add(skill.text);
  for (const target of targets) {
    if (target.kind === "skilled") takeCondition(asked, target.condition);
    else takeThing(asked, target.thing);
  }
}

/** A group, of which anybody may be meant where the name is made when the call comes. */
function takeThing(asked: Asked, expr: Expr): void {
  if (expr.kind === "list") for (const item of expr.items) takeThing(asked, item);
  else if (expr.kind !== "thing" || expr.noun === "site") asked.any ||= expr.kind !== "text";
  else if (expr.noun === "group") {
    const name = fixedName(expr.name);
    if (name === undefined) asked.any = true;
    else asked.groups.add(name);
  }
}

function takeCondition(asked: Asked, condition: Expr): void {
  const open = [condition];
  for (let at = open.pop(); at; at = open.pop()) {
    if (at.kind === "unary") open.push(at.operand);
    else if (at.kind === "binary") open.push(at.left, ...(at.op === "and" || at.op === "or" ? [at.right] : []));
    else if (at.kind === "variable") asked.skills.add(at.name);
    else if (at.kind === "thing") takeThing(asked, at);
    else if (at.kind !== "apply" || at.name.text === "skill") asked.any = true;
    else asked.families.add(at.name.text);
  }
}

export function asksSkill({ skills, families, any }: Asked, skill: string): boolean {
  return any || skills.has(skill) || [...families].some((family) => skill.startsWith(`${family}_`));
}

export const asksGroup = ({ groups, any }: Asked, group: string): boolean => any || groups.has(group);
