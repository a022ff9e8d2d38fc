import type { Directory, Expr, Text, Thing } from "../../language/index.ts";
import { entry } from "../strategy/things.ts";
import type { Value } from "../values.ts";

/** The value of an expression that needs no call: what a test states. What is no literal is `missing`. */
export function literal(expr: Expr): Value {
  switch (expr.kind) {
    case "text":
      return plainText(expr);
    case "number":
    case "yesno":
      return expr.value;
    case "duration":
      return { is: "duration", ms: expr.ms };
    case "never":
      return { is: "never" };
    case "time":
      return { is: "time", minutes: expr.minutes };
    case "date":
      return { is: "date", year: expr.year, month: expr.month, day: expr.day };
    case "percent":
      return { is: "percent", value: expr.value };
    case "variable":
      return { is: "word", word: expr.name };
    case "thing":
      return { is: "thing", noun: expr.noun, name: expr.name.kind === "text" ? plainText(expr.name) : expr.name.text };
    case "list":
      return { is: "list", items: expr.items.map(literal) };
    case "record":
      return { is: "record", fields: Object.fromEntries(expr.fields.map((f) => [f.key.text, literal(f.value)])) };
    default: {
      const operand = expr.kind === "unary" && expr.op === "-" ? literal(expr.operand) : null;
      return typeof operand === "number" ? -operand : null;
    }
  }
}

/** The name of a thing that a test speaks of. */
export function nameOf({ name }: Thing): string {
  return name.kind === "text" ? plainText(name) : name.text;
}

/** `number duty`, `number "+1509…"` */
export function phoneOf(thing: Thing, { numbers }: Directory): string {
  const name = nameOf(thing);
  return entry(numbers, name)?.[0] ?? name;
}

/** A text that a test states; it has no `{…}` parts. */
export function plainText(text: Text): string {
  return text.parts.filter((part) => typeof part === "string").join("");
}
