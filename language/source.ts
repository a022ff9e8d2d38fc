/** Half-open interval of UTF-16 offsets in one source text. `end` is exclusive. */
export interface Range {
  start: number;
  end: number;
}

/** One text with its name and a table of line starts, so that an offset becomes line and column. */
export interface Source {
  /** As the author would type it, for messages: a relative path, `stdin`, or a test's own name. */
  path: string;
  text: string;
  lineStarts: number[];
}

/** Line and column as editors count them: both from 1, columns in UTF-16 units. */
export interface Position {
  line: number;
  column: number;
}

export function makeSource(path: string, text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { path, text, lineStarts };
}

export function positionAt(source: Source, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The text of a line (from 1) without its line end. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1];
  if (start === undefined) return "";
  const end = source.lineStarts[line] ?? source.text.length;
  return source.text.slice(start, end).replace(/\r?\n$/, "");
}
