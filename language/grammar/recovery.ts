import type { IToken, TokenType } from "./chevrotain.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { didYouMean, insteadOf, type Near, remedyOf } from "./remedies.ts";
import { Word } from "./tokens.ts";

/*
 * The wording of what the parser could not read, in the author's words. Something missing is reported right after the token
 * before it, an unexpected word on the word.
 */

/** A diagnostic of one file, before it knows which. `write` is what mends it, in place of its range. */
export type Finding = Omit<Diagnostic, "path" | "severity" | "fix"> & { write?: string };

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

export function unexpected(token: IToken, what: string, near: Near = {}): Finding {
  const range = { start: token.startOffset, end: end(token) };
  return { code: "S101", message: `${quote(token)} is not ${what}`, range, ...remedyOf(token, near) };
}

/** None of several forms. `choice` is its name and, after a line end, what can be written. */
export function noChoice(choice: string, actual: IToken | undefined, before: IToken | undefined): Finding {
  const [what = "", forms] = choice.split("\n");
  const words = [...(forms ?? what).matchAll(/`(\w+)/g)].map(([, word]) => word ?? "");
  const meant = actual && didYouMean(actual, words);
  const remedy = meant ?? (forms === undefined ? undefined : { hint: `write ${forms}` });
  const finding = actual && (meant || !what.startsWith("`")) ? unexpected(actual, what) : missing(what, before);
  return { ...finding, ...remedy };
}

/** `expected` was to come and `actual` stands there, `before` being the token before it, if any, on the same line. */
export function mismatch(expected: TokenType, actual: IToken, before: IToken | undefined, sameLine: boolean): Finding {
  const what = expected.LABEL ?? expected.name;
  if (!sameLine) return lacking(expected, before);
  const word = keywordOf(expected);
  const range = { start: actual.startOffset, end: end(actual) };
  if (word && isFree(actual) && nearest(actual.image, [word]) === word) {
    const message = `${quote(actual)} was not expected`;
    return { code: "S101", message, range, hint: `did you mean ${what}?`, write: word };
  }
  const remedy = insteadOf(expected, actual);
  if (!remedy) return lacking(expected, before);
  const message = `${what} was expected instead of ${quote(actual)}`;
  return { code: "S101", message, range, ...remedy };
}

/** A word of the language that is missing can be put in; what the author alone knows, and what closes something, cannot. */
function lacking(expected: TokenType, before: IToken | undefined): Finding {
  const finding = missing(expected.LABEL ?? expected.name, before);
  const word = keywordOf(expected);
  return before && word ? { ...finding, write: ` ${word}` } : finding;
}

/** The spelling of a keyword's type; nothing for signs and literals. */
function keywordOf(type: TokenType): string | undefined {
  return type.name.endsWith("Word") && type.name !== "Word" ? type.name.slice(0, -"Word".length) : undefined;
}

/** A reserved word is no misspelling of another word. */
function isFree({ tokenType }: IToken): boolean {
  return tokenType.CATEGORIES?.some((each) => each === Word || each.CATEGORIES?.includes(Word)) ?? false;
}
