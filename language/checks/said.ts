import type { Expr } from "../ast.ts";
import { named, type TypeName } from "../types.ts";
import { quote, report } from "./checking.ts";
import { infer } from "./expressions.ts";
import type { Place } from "./place.ts";
import { missable } from "./operators.ts";

/** Kinds of value that there are words for. */
const speakable = new Set<TypeName>([
  "unknown",
  "text",
  "phone",
  "number",
  "percent",
  "duration",
  "moment",
  "time",
  "date",
]);

/** `say position(this), ewt(this)` */
export function checkSaid(value: Expr, at: Place): void {
  const type = infer(value, at);
  if (speakable.has(type.is)) {
    missable(at.checking, [{ expr: value, type }], "`say`");
    return;
  }
  const message = `${quote(at.checking, value.range)} is ${named(type)}, which cannot be said`;
  report(at.checking, "error", "S301", value.range, message, {
    hint: "texts, phones, numbers, durations, times and dates are said; a recording is played by `play`",
  });
}
