import type { Binary, BinaryOp, Expr } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { dialable } from "../phone.ts";
import { alike, fits, hasOrder, named, oneOfThem, type Type, type TypeName, unknown } from "../types.ts";
import { type Advice, type Checking, instead, quote, report } from "./checking.ts";
import { checkBeside, checkCount } from "./holds.ts";
import { fixedName } from "./things.ts";

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
  } else {
    missable(checking, [side], by, wanted);
    if (!wanted.includes("text")) checkNumber(checking, expr, wanted, by);
  }
}

/** A text that is read as a phone or a URI, where it is written out. */
function checkNumber(checking: Checking, expr: Expr, wanted: readonly TypeName[], by: string): void {
  const written = expr.kind === "text" ? fixedName(expr) : undefined;
  if (written === undefined || dialable.test(written)) return;
  if (wanted.includes("uri") && /^(sips?|tel):[^\s]+$/i.test(written)) return;
  if (!wanted.includes("phone") && !wanted.includes("uri")) return;
  const message = `${by} needs ${oneOfThem(wanted.map(named))}, and \`${written.slice(0, 40)}\` is no number that can be dialled`;
  report(checking, "error", "S306", expr.range, message);
}

/** Where a unit or quotes are all that lacks. */
function advise(checking: Checking, expr: Expr, wanted: readonly TypeName[]): Advice {
  const written = checking.source.text.slice(expr.range.start, expr.range.end);
  if (expr.kind === "number" && wanted.includes("duration")) {
    return { hint: `write the unit: \`${written}s\` is seconds, \`${written}m\` minutes`, write: `${written}s` };
  }
  if (expr.kind === "number" && wanted.includes("percent")) {
    return { hint: `write \`${written}%\``, write: `${written}%` };
  }
  if (expr.kind === "number" && fits({ is: "text" }, wanted))
    return { hint: `put it in quotes: \`"${written}"\``, write: `"${written}"` };
  return {};
}

/** One finding for an operation, however many of its sides may be missing. */
export function missable(
  checking: Checking,
  sides: readonly Side[],
  by: string,
  wanted: readonly TypeName[] = [],
): void {
  const side = sides.find(({ type }) => type.optional);
  if (!side) return;
  const { range } = side.expr;
  const message = `${quote(checking, range)} may be missing, and ${by} cannot deal with that`;
  const hint = "give a value for that case with `??`, or ask `is found` before";
  report(checking, "warning", "S304", range, message, { hint, fix: insteadOfMissing(checking, side, sides, wanted) });
}

/** A value of each kind that says "none". */
const none: Partial<Record<TypeName, string>> = {
  text: '""',
  number: "0",
  duration: "0s",
  percent: "0%",
  "yes or no": "no",
};

/** `?? ""` behind a value, where it is known of which kind it should be. */
function insteadOfMissing(
  { source }: Checking,
  { expr, type }: Side,
  sides: readonly Side[],
  wanted: readonly TypeName[],
): Diagnostic["fix"] {
  const kinds = [type.is, ...sides.map((side) => side.type.is), ...wanted];
  const value = kinds.flatMap((kind) => none[kind] ?? []).at(0);
  if (value === undefined || expr.kind === "binary" || expr.kind === "choice" || expr.kind === "matchValue")
    return undefined;
  const range = { start: expr.range.end, end: expr.range.end };
  return { title: `write \`?? ${value}\` behind it`, edits: [{ path: source.path, range, text: ` ?? ${value}` }] };
}

function checkAlike(checking: Checking, whole: Binary, left: Side, right: Side): boolean {
  if (!alike(left.type, right.type)) {
    const equality = whole.op === "==" || whole.op === "!=";
    const message = `${quote(checking, left.expr.range)} is ${named(left.type)} and ${quote(checking, right.expr.range)} is ${named(right.type)}: ${equality ? "they are never equal" : "they cannot be compared"}`;
    report(checking, "error", "S302", whole.range, message, unlikeAdvice(checking, left, right));
    return false;
  }
  checkWord(checking, left, right);
  checkWord(checking, right, left);
  checkPhone(checking, left, right.type);
  checkPhone(checking, right, left.type);
  checkBeside(checking, left.expr, right.expr);
  checkBeside(checking, right.expr, left.expr);
  checkCount(checking, whole);
  return true;
}

/** A text beside a phone is read as one; names such as `alice` can be called, but are seldom meant. */
export function checkPhone(checking: Checking, { expr }: Pick<Side, "expr">, beside: Type): void {
  const written = beside.is === "phone" && expr.kind === "text" ? fixedName(expr) : undefined;
  if (written === undefined || dialable.test(written)) return;
  const message = `\`${written.slice(0, 40)}\` is no number that can be dialled, and beside it stands a phone`;
  const hint = written === "" ? "`is withheld` asks whether a number is hidden" : undefined;
  report(checking, "warning", "S306", expr.range, message, { hint });
}

function unlikeAdvice(checking: Checking, left: Side, right: Side): Advice {
  const sides = [left, right];
  const number = sides.find(({ expr }) => expr.kind === "number");
  const word = sides.find(({ expr, type }) => expr.kind === "variable" && type.is === "word");
  const textual = sides.some(({ type }) => type.is !== "unknown" && fits(type, ["text"]));
  const unit = sides.find(({ type }) => type.is === "duration" || type.is === "percent")?.type.is;
  if (number && (textual || unit)) {
    return { ...advise(checking, number.expr, [textual ? "text" : (unit ?? "text")]), writeAt: number.expr.range };
  }
  if (word?.expr.kind === "variable" && textual) {
    const write = `"${word.expr.name}"`;
    return { hint: `a text stands in quotes: \`${write}\``, write, writeAt: word.expr.range };
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
  } else if (right.expr.kind === "list") {
    for (const item of right.expr.items) checkPhone(checking, { expr: item }, left.type);
  }
  if (right.type.is === "list" && right.type.item && !alike(left.type, right.type.item)) {
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
  if (whole.op === "/" && isZero(right.expr))
    report(checking, "error", "S306", right.expr.range, "nothing can be divided by nought");
  if (left.type.is === "unknown" || right.type.is === "unknown") return unknown;
  const result = results[whole.op]?.[`${left.type.is} ${right.type.is}`];
  if (result) return { is: result };
  const message = `\`${whole.op}\` cannot take ${named(left.type)} and ${named(right.type)}`;
  const texts = whole.op === "+" && (fits(left.type, ["text"]) || fits(right.type, ["text"]));
  // A number in quotes is none that could be computed with.
  const textual = left.type.is === "text" || right.type.is === "text";
  const advice = textual ? {} : unlikeAdvice(checking, left, right);
  report(
    checking,
    "error",
    "S303",
    whole.range,
    message,
    texts ? { hint: 'join texts inside one: `"{a} {b}"`' } : advice,
  );
  return unknown;
}

const isZero = (expr: Expr): boolean =>
  (expr.kind === "number" && expr.value === 0) || (expr.kind === "duration" && expr.ms === 0);
