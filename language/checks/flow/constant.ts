import type { Binary, Expr, Match } from "../../ast.ts";
import { excludes, isSmall, opposite } from "./implies.ts";

type Constant = boolean | number | undefined;

/** `yes` or `no` where a condition is the same for every call; undefined where it depends. */
export function alwaysOf(condition: Expr): boolean | undefined {
  const value = constantOf(condition);
  return typeof value === "boolean" ? value : contradiction(condition);
}

/** More parts of a condition than anybody writes are not held against one another. */
const mostParts = 30;

/** `x and not x` never holds, `x > 3 or x <= 3` always. */
function contradiction(condition: Expr): boolean | undefined {
  if (!isSmall(condition) || condition.kind !== "binary" || (condition.op !== "and" && condition.op !== "or"))
    return undefined;
  const { op } = condition;
  const parts: Expr[] = [];
  let first: Expr = condition;
  for (; first.kind === "binary" && first.op === op && parts.length < mostParts; first = first.left)
    parts.push(first.right);
  parts.push(first);
  const simple = parts.filter((part) => part.kind !== "binary" || (part.op !== "and" && part.op !== "or"));
  const sides = op === "and" ? simple : simple.flatMap((part) => opposite(part) ?? []);
  const clash = sides.some((one, nth) => sides.slice(nth + 1).some((other) => excludes(one, other)));
  return clash ? op === "or" : undefined;
}

/** The value of an expression that is written out. Chains are taken from their left end, however long they are. */
function constantOf(expr: Expr): Constant {
  const chain: Binary[] = [];
  let first = expr;
  for (; first.kind === "binary"; first = first.left) chain.push(first);
  let value = operandOf(first);
  for (const { op, right } of chain.toReversed()) value = operate(op, value, right);
  return value;
}

function operandOf(expr: Expr): Constant {
  let negated = false;
  let inner = expr;
  for (; inner.kind === "unary" && inner.op === "not"; inner = inner.operand) negated = !negated;
  if (inner.kind === "yesno") return inner.value !== negated;
  if (inner.kind === "number") return negated ? undefined : inner.value;
  const value = inner.kind === "binary" && inner !== expr ? constantOf(inner) : undefined;
  return typeof value === "boolean" ? value !== negated : undefined;
}

function operate(op: Binary["op"], left: Constant, right: Expr): Constant {
  if (op === "and" || op === "or") {
    const decisive = op === "or";
    if (left === decisive) return decisive;
    const other = constantOf(right);
    if (other === decisive) return decisive;
    return typeof left === "boolean" && typeof other === "boolean" ? !decisive : undefined;
  }
  const other = left === undefined ? undefined : constantOf(right);
  if (left === undefined || typeof left !== typeof other || other === undefined) return undefined;
  return compare(op, left, other);
}

function compare(op: Binary["op"], left: boolean | number, right: boolean | number): Constant {
  switch (op) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}

/** Whether an arm fits every call: there is `else`, or arms for both of `yes` and `no`, or for all that `now` of a calendar can be. */
export function fitsAlways({ subject, arms, else: otherwise }: Match): boolean {
  if (otherwise) return true;
  const named = new Set<string | boolean>();
  for (const pattern of arms.flatMap((arm) => arm.patterns)) {
    if (pattern.kind === "word") named.add(pattern.name.text);
    else if (pattern.value.kind === "yesno") named.add(pattern.value.value);
  }
  const ofCalendar = subject.kind === "member" && subject.name.text === "now";
  return [[true, false], ...(ofCalendar ? [["holiday", "closed", "open"]] : [])].some((all) =>
    all.every((one) => named.has(one)),
  );
}
