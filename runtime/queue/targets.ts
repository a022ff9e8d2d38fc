import type { BinaryOp, Comparison, Expr } from "../../language/index.ts";
import { Defect, invariant } from "../defect.ts";
import { lowerExpression } from "../strategy/expressions.ts";
import { asText } from "../strategy/format.ts";
import { asDuration } from "../strategy/needed.ts";
import type { Condition } from "./skills.ts";
import type { Value } from "../values.ts";
import { type Evaluate, fail, type Names, type Scope } from "../strategy/world.ts";

/** Takes the values of now into a condition; undefined after a failure, which the scope then holds. */
export type Freeze = (scope: Scope) => Condition | undefined;

/** `billing >= 7 and language(lang) >= 6` as something to be frozen when a call enters the queue. */
export function lowerCondition(expr: Expr, names: Names): Freeze {
  switch (expr.kind) {
    case "binary":
      if (expr.op === "and" || expr.op === "or") return lowerBoth(expr.op, expr.left, expr.right, names);
      return lowerComparison(expr.op, expr.left, expr.right, names);
    case "unary": {
      const of = lowerCondition(expr.operand, names);
      return (scope) => {
        const condition = of(scope);
        return condition && { is: "not", of: condition };
      };
    }
    case "thing":
      return lowerBelonging(lowerExpression(expr, names));
    default:
      throw new Defect(`a ${expr.kind} where people are meant`);
  }
}

function lowerBoth(op: "and" | "or", left: Expr, right: Expr, names: Names): Freeze {
  const first = lowerCondition(left, names);
  const second = lowerCondition(right, names);
  return (scope) => {
    const a = first(scope);
    const b = second(scope);
    if (scope.open && !(a && b)) return a ?? b;
    return a && b && { is: op === "and" ? "all" : "any", of: [a, b] };
  };
}

/** `group G`, `site S`, `agent A`. */
export function lowerBelonging(target: (scope: Scope) => Value): Freeze {
  return (scope) => {
    const value = target(scope);
    if (typeof value === "object" && value !== null && value.is === "thing") {
      if (value.noun === "group") return { is: "group", group: value.name };
      if (value.noun === "site") return { is: "site", site: value.name };
      if (value.noun === "agent") return { is: "agent", agent: value.name };
    }
    fail(scope, "bad_value", "a target is no group, site or agent");
    return undefined;
  };
}

const comparisons: Partial<Record<BinaryOp, Comparison>> = {
  ">=": ">=",
  ">": ">",
  "<=": "<=",
  "<": "<",
  "==": "==",
  "!=": "!=",
};

function lowerComparison(written: BinaryOp, left: Expr, right: Expr, names: Names): Freeze {
  const op = comparisons[written];
  invariant(op, `\`${written}\` in a skill expression`);
  if (left.kind === "variable" && left.name === "kind") {
    // The word itself, whatever a variable of that name holds: so it was checked.
    invariant(right.kind === "variable", `a ${right.kind} where a kind of people is meant`);
    const condition: Condition = { is: "kind", kind: right.name };
    const meant: Condition = op === "!=" ? { is: "not", of: condition } : condition;
    return () => meant;
  }
  if (left.kind === "variable" && left.name === "state_age") return lowerAge(op, lowerExpression(right, names));
  const skillName = lowerSkillName(left, names);
  const wanted = lowerExpression(right, names);
  return (scope) => {
    const skill = skillName(scope);
    const level = wanted(scope);
    if (typeof level !== "number") fail(scope, "bad_value", "the level of a skill is not a number");
    return skill === undefined || typeof level !== "number" ? undefined : { is: "skill", skill, op, level };
  };
}

/** Time does not stand still: longer than 5 minutes begins at the instant at which 5 minutes are over. */
function lowerAge(op: Comparison, length: Evaluate): Freeze {
  return (scope) => {
    const atLeast = asDuration(length(scope), scope);
    const longer: Condition = atLeast === Infinity ? { is: "any", of: [] } : { is: "age", atLeast };
    return op === ">" || op === ">=" ? longer : { is: "not", of: longer };
  };
}

/** `billing` is itself, `language(lang)` is `language_en`, `skill(text)` any. */
function lowerSkillName(expr: Expr, names: Names): (scope: Scope) => string | undefined {
  if (expr.kind === "variable") {
    const name = expr.name;
    return () => name;
  }
  invariant(expr.kind === "apply", `a ${expr.kind} where a skill is meant`);
  const [argument] = expr.args;
  invariant(argument, "a skill without its argument");
  const stem = expr.name.text;
  const value = lowerExpression(argument, names);
  return (scope) => {
    const text = asText(value(scope));
    if (text !== undefined) return stem === "skill" ? text : `${stem}_${text}`;
    fail(scope, "bad_value", `what stands in \`${stem}(…)\` is missing`);
    return undefined;
  };
}
