import { pairBraces } from "../grammar/braces.ts";
import type { IToken } from "../grammar/chevrotain.ts";
import { type Grammar, grammar } from "../grammar/grammar.ts";
import { lex, rangeOf } from "../grammar/lex.ts";
import { type Expected, Probe } from "../grammar/probe.ts";
import * as T from "../grammar/tokens.ts";
import type { Range } from "../source.ts";
import { memo } from "./memo.ts";
import type { Sheet } from "./sheet.ts";

/** Where somebody writes: what the language takes there, whatever the text behind it. */
export interface Cursor {
  offset: number;
  /** What a suggestion replaces: the word, number or inside of a text at the cursor. Empty between two of them. */
  range: Range;
  /** The part of it before the cursor. */
  written: string;
  /** Inside the quotes of a text. `open` where its second quote is missing. */
  quoted?: { open: boolean };
  /** The words and signs before it, back to the head of the item of the file. */
  before: readonly IToken[];
  expected: readonly Expected[];
}

let made: { probe: Probe; grammar: Grammar } | undefined;

/** Building the grammar takes some time, which otherwise the first question pays. */
export function warmUp(): { probe: Probe; grammar: Grammar } {
  if (!made) {
    const probe = new Probe();
    made = { probe, grammar: grammar(probe) };
  }
  return made;
}

/** Undefined in a comment. */
export function cursorAt(sheet: Sheet, offset: number): Cursor | undefined {
  const { text } = sheet.source;
  const { comments } = sheet.file;
  if (comments.some(({ range }) => range.start < offset && offset <= range.end)) return undefined;
  const { probe, grammar: all } = warmUp();
  const { token, ...spot } = spotIn(text, paired(sheet), offset);
  const before = itemOf(sheet, spot.before);
  const around = probe.expected(all.items, text, before, spot.range.start);
  const brace = spot.quoted && partAround(text, token, offset);
  if (brace === undefined) return { ...spot, before, expected: around };
  // The part of a text is read by itself, but stands where the text does.
  const { token: _, ...inside } = spotIn(text, partTokens(text, brace, offset), offset);
  const range = { start: inside.range.start, end: wordEnd(text, inside.range.end) };
  const outer = around.find(({ type }) => type === T.Text)?.within ?? [];
  const expected = probe.expected(all.part, text, inside.before, range.start);
  return { ...inside, range, expected: expected.map((one) => ({ ...one, within: [...outer, ...one.within] })) };
}

const paired = memo((sheet: Sheet) => pairBraces(sheet.source.text, sheet.tokens).tokens);

interface Spot extends Omit<Cursor, "expected"> {
  token?: IToken;
}

/** The tokens before the offset, and the one that is being written there. */
function spotIn(text: string, tokens: readonly IToken[], offset: number): Spot {
  const count = countBefore(tokens, offset);
  const last = tokens[count - 1];
  const touched = last && isWritten(text, last, offset) ? last : undefined;
  const before = tokens.slice(0, touched ? count - 1 : count);
  // Braces that were put in at the end close what is being written.
  while (before.at(-1)?.image === "") before.pop();
  if (!touched) return { offset, range: { start: offset, end: offset }, written: "", before };
  const { start, end } = rangeOf(touched);
  if (!isText(touched)) {
    return { offset, range: { start, end }, written: touched.image.slice(0, offset - start), before, token: touched };
  }
  const open = !closed.test(touched.image);
  const range = { start: start + 1, end: open ? offset : end - 1 };
  return { offset, range, written: touched.image.slice(1, offset - start), before, token: touched, quoted: { open } };
}

/** How many tokens begin before the offset. */
function countBefore(tokens: readonly IToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isText = (token: IToken): boolean =>
  (token.tokenType === T.Text || token.tokenType === T.BadText) && token.image.startsWith('"');

/** A text with both its quotes, whatever stands between them. */
const closed = /^"(?:[^"\\]|\\.)*"$/;

/** Whether a token that begins before the offset is still being written there. A text without its second quote takes the line. */
function isWritten(text: string, token: IToken, offset: number): boolean {
  const { end } = rangeOf(token);
  if (!isText(token)) return offset <= end && /^[\w\u0080-\uffff]/.test(token.image);
  return closed.test(token.image) ? offset < end : !text.slice(end, offset).includes("\n");
}

/** From the `{` of the part of a text that the offset is in. */
function partAround(text: string, token: IToken | undefined, offset: number): number | undefined {
  let brace: number | undefined;
  for (let at = (token?.startOffset ?? offset) + 1; at < offset; at++) {
    const char = text[at];
    if (char === "\\" && brace === undefined) at++;
    else if (char === "{") brace ??= at;
    else if (char === "}") brace = undefined;
  }
  return brace;
}

function partTokens(text: string, brace: number, offset: number): IToken[] {
  const { tokens } = lex(text.slice(brace, offset));
  for (const token of tokens) token.startOffset += brace;
  return tokens;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (/[\w\u0080-\uffff]/.test(text.charAt(end))) end++;
  return end;
}

/** Without the items of the file before the one at hand: they change nothing. */
function itemOf({ file }: Sheet, before: readonly IToken[]): readonly IToken[] {
  const last = before.at(-1)?.startOffset ?? 0;
  const start = file.items.findLast(({ range }) => range.start <= last)?.range.start ?? 0;
  return before.slice(countBefore(before, start));
}
