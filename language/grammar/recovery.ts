import type { IToken, TokenType } from "./chevrotain.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { AnyName, Assign, BadText, Duration, Identifier, Num, Text, W, Word } from "./tokens.ts";
import { meantLiteral } from "./units.ts";

/*
 * The wording of what the parser could not read, in the author's words. Something missing is reported right after the token
 * before it, an unexpected word on the word.
 */

/** A diagnostic of one file, before it knows which. */
export type Finding = Omit<Diagnostic, "path" | "severity">;

export function end(token: IToken): number {
  return token.startOffset + token.image.length;
}

/** The author's text of a token in back-ticks, cut to a readable length. A brace put in by braces.ts has no text. */
export function quote(token: IToken): string {
  if (token.image === "") return token.tokenType.LABEL ?? "";
  const { image } = token;
  return `\`${image.length > 40 ? `${image.slice(0, 39)}…` : image}\``;
}

/** `what` (with its article or in back-ticks) should follow `before`; `before` is absent at the beginning of the file. */
export function missing(what: string, before: IToken | undefined): Finding {
  const at = before ? end(before) : 0;
  const place = before ? `after ${quote(before)}` : "at the beginning";
  return { code: "S102", message: `${what} is missing ${place}`, range: { start: at, end: at } };
}

/** `words` could have stood there; `before` is the token before it. */
export function unexpected(
  token: IToken,
  what: string,
  near: { words?: readonly string[]; before?: IToken } = {},
): Finding {
  const range = { start: token.startOffset, end: end(token) };
  const hint = foreignHint(token, near.before) ?? didYouMean(token, near.words ?? []);
  return { code: "S101", message: `${quote(token)} is not ${what}`, range, ...(hint && { hint }) };
}

function didYouMean(token: IToken, words: Iterable<string>): string | undefined {
  const meant = nearest(token.image, words);
  return meant ? `did you mean \`${meant}\`?` : undefined;
}

/** What authors who come from other languages mean. */
function foreignHint(token: IToken, before: IToken | undefined): string | undefined {
  if (token.tokenType === Assign) return "`==` compares; `=` gives a value to `let` and `set`";
  if (token.tokenType === W.not) return "`not` stands before the whole comparison: `not a in b`";
  const meant = before?.tokenType === Num ? meantLiteral(before.image + token.image) : undefined;
  return meant ? `write \`${meant}\`, without a space` : undefined;
}

/** None of several forms. `choice` is its name and, after a line end, what can be written. */
export function noChoice(choice: string, actual: IToken | undefined, before: IToken | undefined): Finding {
  const [what = "", forms] = choice.split("\n");
  const words = [...(forms ?? what).matchAll(/`(\w+)/g)].map(([, word]) => word ?? "");
  const meant = actual && didYouMean(actual, words);
  const hint = meant ?? (forms && `write ${forms}`);
  const finding = actual && (meant || !what.startsWith("`")) ? unexpected(actual, what) : missing(what, before);
  return hint ? { ...finding, hint } : finding;
}

/** `expected` was to come and `actual` stands there, `before` being the token before it, if any, on the same line. */
export function mismatch(expected: TokenType, actual: IToken, before: IToken | undefined, sameLine: boolean): Finding {
  const what = expected.LABEL ?? expected.name;
  if (!sameLine) return missing(what, before);
  const word = keywordOf(expected);
  const range = { start: actual.startOffset, end: end(actual) };
  if (word && nearest(actual.image, [word]) === word) {
    return { code: "S101", message: `${quote(actual)} was not expected`, range, hint: `did you mean ${what}?` };
  }
  const remedy = remedyFor(expected, actual);
  if (!remedy) return missing(what, before);
  const message = `${what} was expected instead of ${quote(actual)}`;
  return { code: "S101", message, range, hint: remedy };
}

/** The spelling of a keyword's type; nothing for signs and literals. */
function keywordOf(type: TokenType): string | undefined {
  return type.name.endsWith("Word") && type.name !== "Word" ? type.name.slice(0, -"Word".length) : undefined;
}

function remedyFor(expected: TokenType, actual: IToken): string | undefined {
  if (expected === Text && actual.tokenType === Identifier) return `write \`"${actual.image}"\``;
  if ((expected === Word || expected === AnyName) && actual.tokenType === Text) {
    const inside = actual.image.slice(1, -1);
    return /^[A-Za-z_]\w*$/.test(inside) ? `write \`${inside}\`` : "a name is one word";
  }
  if (expected === Word && actual.tokenType !== BadText && /^[A-Za-z]/.test(actual.image)) {
    return `\`${actual.image}\` is a word of the language; choose another name`;
  }
  if (expected === Duration && actual.tokenType === Num) return `write \`${actual.image}s\` for seconds`;
  if (expected === Num && actual.tokenType === Duration) return "this takes a plain number";
  return undefined;
}
