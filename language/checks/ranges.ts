import type { Expr } from "../ast.ts";
import { rejectCodes } from "../builtins.ts";
import { type Checking, report } from "./checking.ts";
import { inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";

/** A whole number in a range, where it is written out. */
export function inferCount(expr: Expr, at: Place, by: string, { from, to }: { from: number; to: number }): void {
  inferAs(expr, at, ["number"], by);
  if (expr.kind !== "number") return;
  const { value } = expr;
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const range = to === Infinity ? `at least ${from}` : `from ${from} to ${to}`;
  report(at.checking, "error", "S306", expr.range, `${by} takes a whole number, ${range}, not \`${value}\``);
}

/** A SIP code that refuses a call. */
export function checkRefusal(checking: Checking, code: Expr): void {
  const { from, to } = rejectCodes;
  if (code.kind !== "number" || (Number.isInteger(code.value) && code.value >= from && code.value <= to)) return;
  const message = `\`${code.value}\` does not reject a call`;
  report(checking, "error", "S306", code.range, message, {
    hint: `a code from ${from} to ${to}: \`486\` is busy, \`603\` declined`,
  });
}

/** A time that passes: longer than nothing, and not for ever unless `never` makes sense there. */
export function inferTime(expr: Expr, at: Place, by: string): void {
  inferAs(expr, at, ["duration"], by);
  if (expr.kind === "duration" && expr.ms === 0) {
    report(at.checking, "error", "S306", expr.range, `${by} takes a time longer than 0s`);
  } else if (expr.kind === "never") {
    report(at.checking, "error", "S306", expr.range, `${by} takes a time that ends, not \`never\``);
  }
}

/** A share of the whole. */
export function inferShare(expr: Expr, at: Place, by: string): void {
  inferAs(expr, at, ["percent"], by);
  if (expr.kind !== "percent" || (expr.value >= 0 && expr.value <= 100)) return;
  report(at.checking, "error", "S306", expr.range, `${by} takes a share from 0% to 100%, not \`${expr.value}%\``);
}
