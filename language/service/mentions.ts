import { memo } from "./memo.ts";
import { mentionsBelow } from "./naming.ts";
import type { Mention } from "./scope.ts";
import type { Sheet } from "./sheet.ts";

/** Every name of a file, in the order of the text. */
export const mentionsOf: (sheet: Sheet) => readonly Mention[] = memo(({ file }) =>
  mentionsBelow(file).toSorted((a, b) => a.range.start - b.range.start),
);

/** The name at an offset, which may be right behind its last character. */
export function mentionAt(sheet: Sheet, offset: number): Mention | undefined {
  return mentionsOf(sheet).findLast(({ range }) => range.start <= offset && offset <= range.end);
}

/** What blocks and parameters around an offset declare above it, the nearest last. */
export function visibleAt(sheet: Sheet, offset: number): Mention[] {
  return mentionsOf(sheet).filter(({ gives, range }) => {
    return gives && range.end <= offset && gives.within.start <= offset && offset <= gives.within.end;
  });
}
