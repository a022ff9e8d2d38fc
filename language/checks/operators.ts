import type { Binary, BinaryOp, Expr } from "../ast.ts";
import { alike, fits, hasOrder, named, oneOfThem, type Type, type TypeName, unknown } from "../types.ts";
import { type Advice, type Checking, instead, quote, report } from "./checking.ts";

/** A side of an operator: its text for messages and what it is. */
export interface Side {
  expr: Expr;
  type: Type;
}

const yesNo: Type = { is: "yes or no" };

/** What `left op right` gives. `and`, `or` and `??` are not among them: they change what is known on their right. */
export function operate(checking: Checking, whole: Binary, left: Side, right: Side): Type {
  const { op } = whole;
  if (op === "==" || op === "!=") {
    missable(checking, [left, right], `\`${op}\``);
    checkAlike(checking, whole, left, right);
    return yesNo;
  }
  if (op === "<" || op === "<=" || op === ">" || op === ">=") {
    missable(checking, [left, right], `\`${op}\``);
    if (!checkAlike(checking, whole, left, right)) return yesNo;
    const strange = [left, right].find((side) => !hasOrder(side.type));
    if (strange) {
      const message = `\`${op}\` cannot order ${quote(checking, strange.expr.range)}, which is ${named(strange.type)}`;
      report(checking, "error", "S303", whole.range, message, {
        hint: "numbers, durations, times and percentages have an order",
      });
    }
    return yesNo;
  }
  if (op === "in") return contains(checking, whole, left, right);
  if (op === "starts with") {
    for (const side of [left, right]) demand(checking, side, ["text"], "`starts with`");
    return yesNo;
  }
  missable(checking, [left, right], `\`${op}\``);
  return arithmetic(checking, whole, left, right);
}

/** Reports a value of another type than is asked for. */
export function demand(checking: Checking, side: Side, wanted: readonly TypeName[], by: string): void {
  const { expr, type } = side;
  if (type.is === "missing") {
    report(checking, "error", "S301", expr.range, `${by} needs ${oneOfThem(wanted.map(named))}, not \`missing\``);
  } else if (!fits(type, wanted)) {
    const message = `${by} needs ${oneOfThem(wanted.map(named))}, but ${quote(checking, expr.range)} is ${named(type)}`;
    report(checking, "error", "S301", expr.range, message, advise(checking, expr, wanted));
  } else missable(checking, [side], by);
}

/** Where a unit or quotes are all that lacks. */
function advise(checking: Checking, expr: Expr, wanted: readonly TypeName[]): Advice {
  const written = checking.source.text.slice(expr.range.start, expr.range.end);
  if (expr.kind === "number" && wanted.includes("duration")) {
    return { hint: `write the unit: \`${written}s\` is seconds, \`${written}m\` minutes`, write: `${written}s` };
  }
  if (expr.kind === "number" && fits({ is: "text" }, wanted))
    return { hint: `put it in quotes: \`"${written}"\``, write: `"${written}"` };
  return {};
}

/** One finding for an operation, however many of its sides may be missing. */
export function missable(checking: Checking, sides: readonly Side[], by: string): void {
  const side = sides.find(({ type }) => type.optional);
  if (!side) return;
  const message = `${quote(checking, side.expr.range)} may be missing, and ${by} cannot deal with that`;
  const hint = "give a value for that case with `??`, or ask `is found` before";
  report(checking, "warning", "S304", side.expr.range, message, { hint });
}

function checkAlike(checking: Checking, whole: Binary, left: Side, right: Side): boolean {
  if (!alike(left.type, right.type)) {
    const equality = whole.op === "==" || whole.op === "!=";
    const message = `${quote(checking, left.expr.range)} is ${named(left.type)} and ${quote(checking, right.expr.range)} is ${named(right.type)}: ${equality ? "they are never equal" : "they cannot be compared"}`;
    report(checking, "error", "S302", whole.range, message, { hint: unlikeAdvice(checking, left, right).hint });
    return false;
  }
  checkWord(checking, left, right);
  checkWord(checking, right, left);
  return true;
}

function unlikeAdvice(checking: Checking, left: Side, right: Side): Advice {
  const sides = [left, right];
  const number = sides.find(({ expr }) => expr.kind === "number");
  const word = sides.find(({ expr, type }) => expr.kind === "variable" && type.is === "word");
  const textual = sides.some(({ type }) => type.is !== "unknown" && fits(type, ["text"]));
  if (number && textual) return advise(checking, number.expr, ["text"]);
  if (number && sides.some(({ type }) => type.is === "duration")) return advise(checking, number.expr, ["duration"]);
  if (word?.expr.kind === "variable" && textual) {
    return { hint: `a text stands in quotes: \`"${word.expr.name}"\`` };
  }
  return {};
}

/** `owner.state == reddy`, and words of something else. */
function checkWord(checking: Checking, side: Side, other: Side): void {
  const { expr, type } = side;
  const possible = other.type.words;
  if (expr.kind !== "variable" || !isConstant(side) || !possible || isConstant(other)) return;
  if (type.words?.some((word) => possible.includes(word)) ?? true) return;
  const message = `${quote(checking, other.expr.range)} is never \`${expr.name}\``;
  report(checking, "error", "S202", expr.range, message, instead(expr.name, possible));
}

/** A bare word that stands for itself, unlike a variable that holds a word. */
const isConstant = ({ expr, type }: Side) =>
  expr.kind === "variable" && type.is === "word" && type.words?.length === 1 && type.words[0] === expr.name;

function contains(checking: Checking, whole: Binary, left: Side, right: Side): Type {
  missable(checking, [left, right], "`in`");
  if (right.type.is === "group")
    demand(checking, { ...left, type: { ...left.type, optional: false } }, ["agent"], "`in group`");
  else if (right.type.is === "numbers") {
    demand(checking, { ...left, type: { ...left.type, optional: false } }, ["phone"], "`in numbers`");
  } else if (!fits(right.type, ["list"])) {
    const message = `\`in\` needs a list, but ${quote(checking, right.expr.range)} is ${named(right.type)}`;
    report(checking, "error", "S301", right.expr.range, message, {
      hint: "write `[a, b]`, `numbers NAME` or `group NAME`",
    });
  } else if (right.type.item && !alike(left.type, right.type.item)) {
    const message = `${quote(checking, left.expr.range)} is ${named(left.type)}, but the list holds ${named(right.type.item)}`;
    report(checking, "error", "S302", whole.range, message);
  }
  return yesNo;
}

/** Results by operator and sides; what is not here cannot be computed. */
const results: Partial<Record<BinaryOp, Record<string, TypeName>>> = {
  "+": {
    "number number": "number",
    "duration duration": "duration",
    "moment duration": "moment",
    "duration moment": "moment",
  },
  "-": {
    "number number": "number",
    "duration duration": "duration",
    "moment duration": "moment",
    "moment moment": "duration",
  },
  "*": {
    "number number": "number",
    "duration number": "duration",
    "number duration": "duration",
  },
  "/": {
    "number number": "number",
    "duration number": "duration",
    "duration duration": "number",
  },
};

function arithmetic(checking: Checking, whole: Binary, left: Side, right: Side): Type {
  if (left.type.is === "unknown" || right.type.is === "unknown") return unknown;
  const result = results[whole.op]?.[`${left.type.is} ${right.type.is}`];
  if (result) return { is: result };
  const message = `\`${whole.op}\` cannot take ${named(left.type)} and ${named(right.type)}`;
  const texts = whole.op === "+" && (fits(left.type, ["text"]) || fits(right.type, ["text"]));
  const { hint } = unlikeAdvice(checking, left, right);
  report(checking, "error", "S303", whole.range, message, {
    hint: texts ? 'join texts inside one: `"{a} {b}"`' : hint,
  });
  return unknown;
}
