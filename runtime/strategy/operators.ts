import { type Binary, isAmong, normalise, samePhone, type Test_ } from "../../language/index.ts";
import { isPhone, phoneOf } from "./things.ts";
import { compare, duration, durationMs, kindOf, magnitude, never, same, textOf, type Value } from "../values.ts";
import { type Evaluate, fail, type Lower, type Scope } from "./world.ts";

/** yes or no; everything else is `bad_value`. */
export function asBoolean(value: Value, scope: Scope): boolean {
  if (typeof value === "boolean") return value;
  fail(scope, "bad_value", `${kindOf(value)} where yes or no is needed`);
  return false;
}

/** Equality, where a text next to a phone is read as a phone. */
export function alike(a: Value, b: Value, scope: Scope): boolean {
  if (!isPhone(a) && !isPhone(b)) return same(a, b);
  const left = phoneOf(a, scope.world.directory);
  const right = phoneOf(b, scope.world.directory);
  if (left === undefined || right === undefined) return same(a, b);
  return samePhone(left, right, scope.world.directory.site.country);
}

export function lowerNot(operand: Evaluate): Evaluate {
  return (scope) => !asBoolean(operand(scope), scope);
}

export function lowerNegative(operand: Evaluate): Evaluate {
  return (scope) => {
    const value = operand(scope);
    if (typeof value === "number") return -value;
    const ms = durationMs(value);
    return ms === undefined || ms === Infinity ? fail(scope, "bad_value", `- before ${kindOf(value)}`) : duration(-ms);
  };
}

export function lowerTest(operand: Evaluate, what: Test_["what"], negated: boolean): Evaluate {
  return (scope) => {
    const value = operand(scope);
    if (what === "found") return (value !== null) !== negated;
    if (what === "withheld") return isWithheld(value) !== negated;
    return fail(scope, "bad_value", `${kindOf(value)} is neither open nor closed`);
  };
}

const withheld = new Set(["", "anonymous", "restricted", "unavailable", "unknown", "private", "withheld"]);

function isWithheld(value: Value): boolean {
  const text = value === null ? "" : textOf(value);
  return text !== undefined && withheld.has(text.toLowerCase());
}

export function lowerBinary(expr: Binary, lower: Lower): Evaluate {
  const left = lower(expr.left);
  const right = lower(expr.right);
  switch (expr.op) {
    case "or":
      return (scope) => asBoolean(left(scope), scope) || asBoolean(right(scope), scope);
    case "and":
      return (scope) => asBoolean(left(scope), scope) && asBoolean(right(scope), scope);
    case "==":
      return (scope) => alike(left(scope), right(scope), scope);
    case "!=":
      return (scope) => !alike(left(scope), right(scope), scope);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return lowerOrder(expr.op, left, right);
    case "in":
      return (scope) => isIn(left(scope), right(scope), scope);
    case "starts with":
      return (scope) => startsWith(left(scope), right(scope), scope);
    case "??":
      return (scope) => left(scope) ?? right(scope);
    default:
      return lowerArithmetic(expr.op, left, right);
  }
}

/** Unlike kinds have no order: `no`. What is missing is the author's mistake. */
function lowerOrder(op: "<" | "<=" | ">" | ">=", left: Evaluate, right: Evaluate): Evaluate {
  const holds = { "<": [-1], "<=": [-1, 0], ">": [1], ">=": [0, 1] }[op];
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    if (a === null || b === null) return fail(scope, "bad_value", `missing beside \`${op}\``);
    const order = compare(a, b);
    return order !== undefined && holds.includes(order);
  };
}

function isIn(value: Value, among: Value, scope: Scope): Value {
  if (typeof among === "object" && among !== null) {
    if (among.is === "list") return among.items.some((item) => alike(value, item, scope));
    if (among.is === "thing" && among.noun === "numbers") return isInNumbers(value, among.name, scope);
    if (among.is === "thing" && among.noun === "group") return isMember(value, among.name, scope);
  }
  return fail(scope, "bad_value", `\`in\` needs a list or numbers, not ${kindOf(among)}`);
}

function isInNumbers(value: Value, name: string, scope: Scope): Value {
  const { directory } = scope.world;
  const phone = phoneOf(value, directory);
  if (phone === undefined) return false;
  return isAmong(phone, directory.numbers[name] ?? [], directory.site.country);
}

function isMember(value: Value, group: string, scope: Scope): Value {
  if (typeof value !== "object" || value === null || value.is !== "thing" || value.noun !== "agent") return false;
  return scope.world.directory.groups[group]?.members.includes(value.name) ?? false;
}

function startsWith(value: Value, start: Value, scope: Scope): Value {
  const text = textOf(value);
  const head = textOf(start);
  if (text === undefined || head === undefined) {
    return fail(scope, "bad_value", `\`starts with\` between ${kindOf(value)} and ${kindOf(start)}`);
  }
  if (text.startsWith(head)) return true;
  return isPhone(value) && normalise(text, scope.world.directory.site.country).startsWith(head);
}

type Arithmetic = "+" | "-" | "*" | "/";

function lowerArithmetic(op: Arithmetic, left: Evaluate, right: Evaluate): Evaluate {
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    return calculate(op, a, b) ?? fail(scope, "bad_value", `${kindOf(a)} ${op} ${kindOf(b)}`);
  };
}

/** undefined where the two have no such operation, or none with a finite result. */
function calculate(op: Arithmetic, a: Value, b: Value): Value | undefined {
  const left = magnitude(a);
  const right = magnitude(b);
  if (left === undefined || right === undefined) return undefined;
  // Until a calendar closes that never does.
  if (op === "-" && left.size === Infinity && right.unit === "moment") return never;
  const unit = resultUnit(op, left.unit, right.unit);
  const size = {
    "+": left.size + right.size,
    "-": left.size - right.size,
    "*": left.size * right.size,
    "/": left.size / right.size,
  }[op];
  if (unit === "duration") return Number.isNaN(size) || size === -Infinity ? undefined : duration(size);
  if (!Number.isFinite(size)) return undefined;
  if (unit === "moment") return { is: "moment", at: size };
  return unit === "number" ? size : undefined;
}

function resultUnit(op: Arithmetic, left: string, right: string): string | undefined {
  if (left === "number" && right === "number") return "number";
  const pair = `${left} ${op} ${right}`;
  switch (pair) {
    case "duration + duration":
    case "duration - duration":
    case "duration * number":
    case "number * duration":
    case "duration / number":
    case "moment - moment":
      return "duration";
    case "duration / duration":
      return "number";
    case "moment + duration":
    case "duration + moment":
    case "moment - duration":
      return "moment";
    default:
      return undefined;
  }
}
