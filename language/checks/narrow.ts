import type { Expr } from "../ast.ts";
import { present, type Type, unknown } from "../types.ts";
import { copy, learn, type State } from "./state.ts";

/** An expression nested deeper is not looked into, so that no text can exhaust the stack. */
export const deepestExpression = 300;

/** `owner`, `call.data.topic`: what can be known about. Undefined for what is computed anew each time. */
export function pathOf(expr: Expr): string | undefined {
  if (expr.kind === "variable") return expr.name;
  if (expr.kind !== "member" && expr.kind !== "index") return undefined;
  const object = pathOf(expr.object);
  if (object === undefined) return undefined;
  if (expr.kind === "member") return `${object}.${expr.name.text}`;
  const [key, ...more] = expr.key.kind === "text" ? expr.key.parts : [];
  return typeof key === "string" && more.length === 0 ? `${object}.${key}` : undefined;
}

/** The state where `condition` was `outcome`: what was found then is no longer `missing`. */
export function assume(state: State, condition: Expr, outcome: boolean, typeOf: (expr: Expr) => Type): State {
  const narrowed = copy(state);
  for (const expr of foundBy(condition, outcome)) {
    const path = pathOf(expr);
    if (path === undefined) continue;
    learn(narrowed, path, present(narrowed.known.get(path) ?? typeOf(expr) ?? unknown));
  }
  return narrowed;
}

/** Expressions that are not `missing` when `condition` is `outcome`. */
function foundBy(condition: Expr, outcome: boolean, depth = 0): Expr[] {
  if (depth > deepestExpression) return [];
  if (condition.kind === "unary" && condition.op === "not") return foundBy(condition.operand, !outcome, depth + 1);
  if (condition.kind === "is") {
    const found = condition.what === "found" && outcome !== condition.negated;
    return found ? [condition.operand] : [];
  }
  if (condition.kind !== "binary") return [];
  const { op, left, right } = condition;
  if ((op === "and" && outcome) || (op === "or" && !outcome)) {
    return [...foundBy(left, outcome, depth + 1), ...foundBy(right, outcome, depth + 1)];
  }
  // `missing` is not equal to anything a comparison is written with.
  if ((op === "==" && outcome) || (op === "!=" && !outcome)) {
    if (right.kind === "missing" || left.kind === "missing") return [];
    return pathOf(right) === undefined ? [left] : pathOf(left) === undefined ? [right] : [];
  }
  return [];
}
