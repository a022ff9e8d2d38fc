import type { AnyNode, Binary, Expr } from "../../ast.ts";
import { children } from "../../walk.ts";
import { fixedName } from "../things.ts";

/*
 * What follows from how conditions are written: `a >= 7` from nothing but itself tells `a >= 4`, and rules out `a < 5`.
 */

/** What is known besides of two conditions that are no comparisons: does the first hold only where the second does? */
export type Known = (narrow: Expr, wide: Expr) => boolean;

/** Larger conditions are not compared. */
const largest = 200;

export function isSmall(condition: Expr): boolean {
  let size = 0;
  const open: AnyNode[] = [condition];
  for (let next = open.pop(); next && size <= largest; next = open.pop()) {
    size++;
    open.push(...children(next));
  }
  return size <= largest;
}

/** Whether `wide` holds wherever `narrow` does. */
export function implies(narrow: Expr, wide: Expr, known: Known = () => false): boolean {
  const both = (one: Expr, other: Expr) => implies(one, other, known);
  if (wide.kind === "binary" && wide.op === "and") return both(narrow, wide.left) && both(narrow, wide.right);
  if (narrow.kind === "binary" && narrow.op === "or") return both(narrow.left, wide) && both(narrow.right, wide);
  if (wide.kind === "binary" && wide.op === "or" && (both(narrow, wide.left) || both(narrow, wide.right))) return true;
  if (narrow.kind === "binary" && narrow.op === "and") return both(narrow.left, wide) || both(narrow.right, wide);
  return alike(narrow, wide) || compared(narrow, wide) || known(narrow, wide);
}

/** Whether two conditions, neither of which is an `and` or `or`, never hold together. */
export function excludes(one: Expr, other: Expr): boolean {
  const not = opposite(other);
  return not !== undefined && (alike(one, not) || compared(one, not));
}

const opposites: Partial<Record<Binary["op"], Binary["op"]>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  ">=": "<",
  ">": "<=",
  "<=": ">",
};

/** The condition that holds where this one does not. */
export function opposite(condition: Expr): Expr | undefined {
  if (condition.kind === "unary") return condition.op === "not" ? condition.operand : undefined;
  if (condition.kind === "is") return { ...condition, negated: !condition.negated };
  const op = condition.kind === "binary" ? opposites[condition.op] : undefined;
  if (condition.kind === "binary" && op) return { ...condition, op };
  return { kind: "unary", range: condition.range, op: "not", operand: condition };
}

const alike = (one: Expr, other: Expr): boolean => one.kind !== "hole" && textOf(one) === textOf(other);

/** An expression without its place in the text. */
const textOf = (expr: Expr): string =>
  JSON.stringify(expr, (key, value: unknown) => (key === "range" ? undefined : value));

/** `billing >= 7` and `billing >= 4`; `call.from starts with "+346"` and `… "+34"`. */
function compared(narrow: Expr, wide: Expr): boolean {
  if (narrow.kind !== "binary" || wide.kind !== "binary") return false;
  const [level, bound] = [writtenOut(narrow.right), writtenOut(wide.right)];
  if (!level || level.unit !== bound?.unit || !alike(narrow.left, wide.left)) return false;
  if (typeof level.value === "number" && typeof bound.value === "number")
    return orders(narrow.op, level.value, wide.op, bound.value);
  const [text, other] = [String(level.value), String(bound.value)];
  if (wide.op === "starts with" && narrow.op === wide.op) return text.startsWith(other);
  // A phone can be written in several ways.
  if (narrow.op !== "==" || /^\d/.test(text) || /^\d/.test(other)) return false;
  return wide.op === "starts with" ? text.startsWith(other) : wide.op === "!=" && text !== other;
}

function orders(narrow: Binary["op"], level: number, wide: Binary["op"], bound: number): boolean {
  const isAtLeast = narrow === ">=" || narrow === ">" || narrow === "==";
  const isAtMost = narrow === "<=" || narrow === "<" || narrow === "==";
  switch (wide) {
    case ">=":
      return isAtLeast && level >= bound;
    case ">":
      return isAtLeast && (narrow === ">" ? level >= bound : level > bound);
    case "<=":
      return isAtMost && level <= bound;
    case "<":
      return isAtMost && (narrow === "<" ? level <= bound : level < bound);
    case "!=":
      return narrow === "==" && level !== bound;
    default:
      return false;
  }
}

function writtenOut(expr: Expr): { unit: string; value: number | string } | undefined {
  if (expr.kind === "number" || expr.kind === "percent") return { unit: expr.kind, value: expr.value };
  if (expr.kind === "duration") return { unit: expr.kind, value: expr.ms };
  const value = expr.kind === "text" ? fixedName(expr) : undefined;
  return value === undefined ? undefined : { unit: "text", value };
}
