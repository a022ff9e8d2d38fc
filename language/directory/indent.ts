/*
 * Of two lines whose indents do not fit, the YAML reader names the one where it noticed: most often the next one, which is right.
 */

interface Line {
  start: number;
  indent: number;
}

/** Where the line begins that is probably wrong, of that at `at` and those above it in its map; and where the reader noticed. */
export function misindented(text: string, at: number): { at: number; noticed: number } {
  const lines = linesOf(text);
  const nth = lines.findLastIndex(({ start }) => start <= at);
  const noticed = lines[nth];
  if (!noticed) return { at, noticed: at };
  const step = stepOf(lines);
  const isOdd = ({ indent }: Line) => indent % step !== 0;
  let odd: Line | undefined = isOdd(noticed) ? noticed : undefined;
  for (let above = nth - 1; !odd && above >= 0; above--) {
    const line = lines[above];
    if (!line || line.indent === 0) break;
    if (isOdd(line)) odd = line;
  }
  return { at: head(odd ?? noticed), noticed: head(noticed) };
}

const head = ({ start, indent }: Line): number => start + indent;

/** By how many spaces this file indents. */
function stepOf(lines: readonly Line[]): number {
  const indented = lines.filter(({ indent }) => indent > 0);
  return indented.filter(({ indent }) => indent % 4 === 0).length * 3 >= indented.length * 2 ? 4 : 2;
}

/** Those that hold something. */
function linesOf(text: string): Line[] {
  return [...text.matchAll(/^( *)(?![ #\r\n]|$)/gm)].map(({ index, 0: indent }) => ({
    start: index,
    indent: indent.length,
  }));
}

/** The line below one that holds a key and its value, where it is indented deeper: it was meant to stand beside it. */
export function deeperBelow(text: string, at: number): number | undefined {
  const lines = linesOf(text);
  const nth = lines.findLastIndex(({ start }) => start <= at);
  const [line, below] = [lines[nth], lines[nth + 1]];
  if (!line || !below || below.indent <= line.indent) return undefined;
  const written = text.slice(head(line), text.indexOf("\n", line.start));
  return /^[^\s:{["']+:\s[^:]*$/.test(written) ? below.start : undefined;
}
