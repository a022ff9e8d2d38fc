import type { Range } from "../source.ts";
import { nodesAt } from "../walk.ts";
import type { Sheet } from "./sheet.ts";

/** What a selection at an offset grows to, from the innermost to the whole file; each is larger than the one before. */
export function selections(sheet: Sheet, offset: number): Range[] {
  const around = nodesAt(sheet.file, offset).map(({ range }) => range);
  const growing: Range[] = [];
  for (const range of around.toReversed()) {
    const last = growing.at(-1);
    if (!last || range.start < last.start || range.end > last.end)
      growing.push(last ? { start: Math.min(range.start, last.start), end: Math.max(range.end, last.end) } : range);
  }
  return growing;
}
