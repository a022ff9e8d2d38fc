import type { Expr, Member, Pattern, Text } from "../../language/index.ts";
import { attribute, callAttribute, itemOf } from "./attributes.ts";
import { lowerApply } from "./builtins.ts";
import { calendarNamed, lowerNow, lowerOpen } from "./calendars.ts";
import { unreachable } from "../defect.ts";
import { asText } from "./format.ts";
import { limits } from "../limits.ts";
import { alike, asBoolean, lowerBinary, lowerNegative, lowerNot, lowerTest } from "./operators.ts";
import { lowerThing } from "./things.ts";
import { duration, kindOf, never, word } from "../values.ts";
import { constant, type Evaluate, fail, type Lower, type Names, type Takes } from "./world.ts";

/** Turns an expression into a closure, once for each program. */
export function lowerExpression(expr: Expr, names: Names): Evaluate {
  const lower: Lower = (part) => lowerExpression(part, names);
  switch (expr.kind) {
    case "hole":
      return (scope) => fail(scope, "bad_value", "a part of the strategy could not be read");
    case "text":
      return lowerText(expr.parts, lower);
    case "number":
    case "yesno":
      return constant(expr.value);
    case "duration":
      return constant(duration(expr.ms));
    case "time":
      return constant({ is: "time", minutes: expr.minutes });
    case "date":
      return constant({ is: "date", year: expr.year, month: expr.month, day: expr.day });
    case "percent":
      return constant({ is: "percent", value: expr.value });
    case "never":
      return constant(never);
    case "missing":
      return constant(null);
    case "list":
      return lowerList(expr.items.map(lower));
    case "record":
      return lowerRecord(expr.fields.map((field) => [field.key.text, lower(field.value)]));
    case "variable":
      return lowerVariable(expr.name, names);
    case "thing":
      return lowerThing(expr, lower);
    case "member":
      return lowerMember(expr, lower, names);
    case "index":
      return lowerIndex(lower(expr.object), lower(expr.key));
    case "apply":
      return lowerApply(expr, lower, names);
    case "unary":
      return expr.op === "not" ? lowerNot(lower(expr.operand)) : lowerNegative(lower(expr.operand));
    case "binary":
      return lowerBinary(expr, lower);
    case "is": {
      const calendar = expr.what === "open" && calendarNamed(expr.operand, names);
      return calendar ? lowerOpen(calendar, expr.negated) : lowerTest(lower(expr.operand), expr.what, expr.negated);
    }
    case "choice":
      return lowerChoice(lower(expr.condition), lower(expr.then), lower(expr.otherwise));
    case "matchValue":
      return lowerMatch(expr, lower);
    default:
      return unreachable(expr);
  }
}

/** Whether a pattern takes a value. */
export function lowerPattern(pattern: Pattern, lower: Lower): Takes {
  if (pattern.kind === "word") {
    const wanted = pattern.name.text;
    return (value) => typeof value === "object" && value !== null && value.is === "word" && value.word === wanted;
  }
  const wanted = lower(pattern.value);
  return (value, scope) => alike(value, wanted(scope), scope);
}

export function lowerAll(exprs: readonly Expr[], names: Names): Evaluate[] {
  return exprs.map((expr) => lowerExpression(expr, names));
}

/** Of a text that has no parts to compute. */
export function plain({ parts }: Text): string {
  return parts.filter((part) => typeof part === "string").join("");
}

function lowerText(parts: (string | Expr)[], lower: Lower): Evaluate {
  if (parts.every((part) => typeof part === "string")) return constant(parts.join(""));
  const pieces = parts.map((part) => (typeof part === "string" ? constant(part) : lower(part)));
  return (scope) => {
    let text = "";
    for (const piece of pieces) {
      const value = piece(scope);
      const part = asText(value);
      if (part === undefined) return fail(scope, "bad_value", `${kindOf(value)} inside a text`);
      text += part;
    }
    return text.length > limits.textCharacters ? fail(scope, "limit", "a text became too long") : text;
  };
}

function lowerList(items: Evaluate[]): Evaluate {
  return (scope) => ({ is: "list", items: items.map((item) => item(scope)) });
}

function lowerRecord(fields: [string, Evaluate][]): Evaluate {
  return (scope) => ({ is: "record", fields: Object.fromEntries(fields.map(([key, value]) => [key, value(scope)])) });
}

function lowerVariable(name: string, names: Names): Evaluate {
  const slot = names.slotOf(name);
  return slot === undefined ? constant(word(name)) : (scope) => scope.locals[slot] ?? null;
}

function lowerMember({ object, name: { text: name } }: Member, lower: Lower, names: Names): Evaluate {
  if (object.kind === "variable" && object.name === "call") return callAttribute(name);
  const calendar = name === "now" && calendarNamed(object, names);
  if (calendar) return lowerNow(calendar);
  const value = lower(object);
  return (scope) => attribute(value(scope), name, scope);
}

function lowerIndex(object: Evaluate, key: Evaluate): Evaluate {
  return (scope) => itemOf(object(scope), key(scope), scope);
}

function lowerChoice(condition: Evaluate, then: Evaluate, otherwise: Evaluate): Evaluate {
  return (scope) => (asBoolean(condition(scope), scope) ? then(scope) : otherwise(scope));
}

function lowerMatch(expr: Extract<Expr, { kind: "matchValue" }>, lower: Lower): Evaluate {
  const subject = lower(expr.subject);
  const arms = expr.arms.map((arm) => ({
    patterns: arm.patterns.map((pattern) => lowerPattern(pattern, lower)),
    body: lower(arm.body),
  }));
  const otherwise = lower(expr.otherwise);
  return (scope) => {
    const value = subject(scope);
    const arm = arms.find((each) => each.patterns.some((takes) => takes(value, scope)));
    return (arm?.body ?? otherwise)(scope);
  };
}
