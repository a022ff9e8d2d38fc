import type { Arm, Expr, Pattern } from "../ast.ts";
import { alike, fits, named, type Type } from "../types.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import type { Binding } from "./names.ts";
import { checkPhone } from "./operators.ts";

/** Checks the patterns of a `match` against its subject; an earlier arm with the same pattern makes a later one useless. */
export function checkArms(
  checking: Checking,
  arms: readonly Arm<unknown>[],
  subject: Type,
  typeOf: (expr: Expr) => Type,
): void {
  const seen = new Set<string>();
  for (const pattern of arms.flatMap((arm) => arm.patterns)) {
    const key = pattern.kind === "word" ? pattern.name.text : quote(checking, pattern.range);
    if (seen.has(key)) {
      const message = `${quote(checking, pattern.range)} comes earlier already: this one never matches`;
      report(checking, "warning", "S405", pattern.range, message);
    }
    seen.add(key);
    if (pattern.kind === "word") checkWord(checking, pattern, subject);
    else checkLiteral(checking, pattern.value, typeOf(pattern.value), subject);
  }
}

function checkWord(checking: Checking, pattern: Extract<Pattern, { kind: "word" }>, subject: Type): void {
  const { name, binding } = pattern;
  if (subject.is === "unknown") return;
  if (subject.is !== "word") {
    const message = `\`${name.text}\` is a word, but what is matched is ${named(subject)}`;
    const write = `"${name.text}"`;
    const advice = fits(subject, ["text"]) ? { hint: `a text stands in quotes: \`${write}\``, write } : {};
    report(checking, "error", "S302", pattern.range, message, advice);
  } else if (subject.words && !subject.words.includes(name.text)) {
    report(checking, "error", "S202", name.range, `this is never \`${name.text}\``, instead(name.text, subject.words));
  } else if (binding && subject.words && !carriedBy(subject, name.text)) {
    report(
      checking,
      "error",
      "S204",
      binding.range,
      `\`${name.text}\` carries nothing that \`${binding.text}\` could name`,
    );
  }
}

function checkLiteral(checking: Checking, value: Expr, type: Type, subject: Type): void {
  checkPhone(checking, { expr: value }, subject);
  if (alike(type, subject)) return;
  const message = `${quote(checking, value.range)} is ${named(type)}, but what is matched is ${named(subject)}`;
  const textual = value.kind === "number" && fits(subject, ["text"]);
  const write = `"${quote(checking, value.range).slice(1, -1)}"`;
  report(
    checking,
    "error",
    "S302",
    value.range,
    message,
    textual ? { hint: `put it in quotes: \`${write}\``, write } : {},
  );
}

/** The names that an arm gives, with what each is. */
export const bindingsOf = (patterns: readonly Pattern[], subject: Type): Binding[] =>
  patterns.map((pattern) =>
    pattern.kind === "word"
      ? { name: pattern.binding, type: carriedBy(subject, pattern.name.text) }
      : { name: undefined, type: undefined },
  );

function carriedBy({ carries }: Type, word: string): Type | undefined {
  return carries && Object.hasOwn(carries, word) ? carries[word] : undefined;
}

/** Whether every word that the subject can be has an arm. */
export function coversAll(arms: readonly Arm<unknown>[], subject: Type): boolean {
  const named = new Set<string | boolean>();
  for (const pattern of arms.flatMap((arm) => arm.patterns)) {
    if (pattern.kind === "word") named.add(pattern.name.text);
    else if (pattern.value.kind === "yesno") named.add(pattern.value.value);
  }
  const all = subject.is === "yes or no" ? [true, false] : subject.words;
  return !subject.optional && all !== undefined && all.every((one) => named.has(one));
}
