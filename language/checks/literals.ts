import type { Expr } from "../ast.ts";
import { type Checking, report } from "./checking.ts";

/** Years that a strategy can speak of; the clock of the engine holds more, and no caller waits for them. */
const mostYears = 100;

const longest = mostYears * 365.25 * 86_400_000;

/** Numbers and times that are written out: those that cannot be kept as they stand. */
export function checkLiteral(checking: Checking, expr: Expr): void {
  if (expr.kind === "number" && Number.isInteger(expr.value) && !Number.isSafeInteger(expr.value)) {
    const message = `numbers above ${Number.MAX_SAFE_INTEGER} lose their last digits`;
    report(checking, "error", "S306", expr.range, message, {
      hint: "what is not computed with is a text: write quotes",
    });
  }
  if (expr.kind === "duration" && expr.ms > longest) {
    const message = `no time is longer than ${mostYears} years`;
    report(checking, "error", "S306", expr.range, message, { hint: "what has no end is `never`" });
  }
}
