import { positionAt, type Source } from "../source.ts";
import type { Range } from "../source.ts";
import type { Finding } from "./recovery.ts";

/** What was found at each step. */
export interface Found {
  /** In characters: texts, numbers, signs. */
  lexed: readonly Finding[];
  braces: readonly Finding[];
  parsed: readonly Finding[];
}

/**
 * One cause, one finding. Where a text is broken, the rest of its line was read wrongly; so with what stands behind a character
 * without meaning. Where something is wrong on a line, a brace of that line is most likely what was missed: a `}` that closes
 * nothing, a `{` with more behind it that is not closed.
 */
export function withoutEchoes(source: Source, { lexed, braces, parsed }: Found): Finding[] {
  if (lexed.length === 0 && braces.length === 0) return [...parsed];
  const lineOf = ({ start }: Range): number => positionAt(source, start).line;
  const torn = new Map<number, number>();
  for (const { code, range } of lexed) {
    const line = lineOf(range);
    if (code === "S105") torn.set(line, 0);
    else if (code === "S106") torn.set(line, Math.min(torn.get(line) ?? Infinity, range.start));
  }
  const told = parsed.filter(({ range }) => range.start < (torn.get(lineOf(range)) ?? Infinity));
  const lines = new Set([...lexed, ...told].map(({ range }) => lineOf(range)));
  const unpaired = braces.filter(({ range, related = [] }) => {
    const [opener] = related;
    if (opener) return endsLine(source, opener.range) || !lines.has(lineOf(opener.range));
    return range.start === range.end || !lines.has(lineOf(range));
  });
  return [...lexed, ...unpaired, ...told];
}

function endsLine({ text }: Source, { end }: Range): boolean {
  return /^[ \t]*(?:#|\r?\n|$)/.test(text.slice(end, text.indexOf("\n", end) + 1 || undefined));
}
