import { pairBraces } from "../grammar/braces.ts";
import type { IToken } from "../grammar/chevrotain.ts";
import { RBrace } from "../grammar/tokens.ts";
import { parseMarked } from "../parse.ts";
import { makeSource, type Range, type Source } from "../source.ts";
import type { Sheet } from "./sheet.ts";

/*
 * A change is most often inside one item of a file. So the items above and below it are kept, those below moved, and only what
 * lies between is read. The result is what reading all would give; where that is not certain, nothing is kept.
 */

/** What a file says after a change, from what it said before; undefined where all of it must be read. */
export function reread(sheet: Sheet, source: Source): Sheet | undefined {
  const gap = gapOf(sheet, source.text);
  // What is too deep is told once in a file.
  if (!gap || sheet.diagnostics.some(({ code }) => code === "S108")) return undefined;
  const by = source.text.length - sheet.source.text.length;
  const piece = readPiece(source, gap.start, gap.end + by);
  if (!piece) return undefined;
  const { file, diagnostics, tokens, items } = sheet;
  const around = <T>(all: readonly T[], startOf: (one: T) => number, between: readonly T[]): T[] => [
    ...all.filter((one) => startOf(one) < gap.start),
    ...between,
    ...all.filter((one) => startOf(one) >= gap.end).map((one) => moved(one, by)),
  ];
  const start = ({ range }: { range: Range }): number => range.start;
  const offsets = [...items].filter((at) => at < gap.start);
  for (const at of piece.items) offsets.push(at);
  for (const at of items) if (at >= gap.end) offsets.push(at + by);
  return {
    source,
    file: {
      kind: "file",
      range: { start: 0, end: source.text.length },
      items: around(file.items, start, piece.file.items),
      comments: around(file.comments, start, piece.file.comments),
    },
    diagnostics: around(diagnostics, start, piece.diagnostics),
    tokens: around(tokens, ({ startOffset }) => startOffset, piece.tokens),
    items: new Set(offsets),
  };
}

/** The part of the old text that cannot be kept: from the end of one item to the beginning of another, on lines of their own. */
function gapOf({ source: { text: old }, file: { items }, tokens }: Sheet, text: string): Range | undefined {
  const { head, tail } = common(old, text);
  const above = items.findLast(
    ({ range }) =>
      range.end < head && old[range.end - 1] === "}" && /^[ \t]*(?:#[^\n]*)?\r?\n/.test(old.slice(range.end, head)),
  );
  const below = items.find(({ range }) => {
    const line = old.lastIndexOf("\n", range.start) + 1;
    return line > old.length - tail && old.slice(line, range.start).trim() === "";
  });
  const gap = { start: above?.range.end ?? 0, end: below?.range.start ?? old.length };
  if ((!above && !below) || gap.end < gap.start || pairBraces(old, tokens).findings.length > 0) return undefined;
  return endsWell(tokens.filter(({ startOffset }) => startOffset >= gap.start && startOffset < gap.end))
    ? gap
    : undefined;
}

/** Nothing runs on into what follows. */
const endsWell = (tokens: readonly IToken[]): boolean => tokens.length === 0 || tokens.at(-1)?.tokenType === RBrace;

/** Reads a part of a text by itself, if it can be: its places count in the whole. */
function readPiece({ path, text }: Source, start: number, end: number): Omit<Sheet, "source"> | undefined {
  const source = makeSource(path, text.slice(start, end));
  const { file, diagnostics, tokens, marks } = parseMarked(source);
  const isDeep = diagnostics.some(({ code }) => code === "S108");
  if (isDeep || !endsWell(tokens) || pairBraces(source.text, tokens).findings.length > 0) return undefined;
  const items = new Set([...marks.items].map((at) => at + start));
  return { file: moved(file, start), diagnostics: moved(diagnostics, start), tokens: moved(tokens, start), items };
}

/** How many characters two texts share at their beginning, and at their end. */
function common(old: string, text: string): { head: number; tail: number } {
  const most = Math.min(old.length, text.length);
  let head = 0;
  while (head < most && old.charCodeAt(head) === text.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < most - head && old.charCodeAt(old.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail))
    tail++;
  return { head, tail };
}

/** A copy with all places shifted; the thing itself where there is nothing to shift. */
function moved<T>(value: T, by: number): T {
  if (by === 0 || typeof value !== "object" || value === null) return value;
  const copy: unknown = Array.isArray(value) ? value.map((each: unknown) => moved(each, by)) : movedFields(value, by);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same fields, of the same types
  return copy as T;
}

/** Fields that are offsets, in ranges and in what the lexer made. */
const offsets = new Set(["start", "end", "startOffset", "endOffset"]);

function movedFields(value: object, by: number): object {
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) {
    copy[key] =
      typeof field === "number" && offsets.has(key) ? field + by : key === "tokenType" ? field : moved(field, by);
  }
  return copy;
}
