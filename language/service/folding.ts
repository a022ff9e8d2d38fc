import { LBrace, LBracket, LParen, RBrace, RBracket, RParen } from "../grammar/tokens.ts";
import { positionAt, type Range } from "../source.ts";
import type { Sheet } from "./sheet.ts";

export interface Fold {
  /** From the opening brace to the closing one, or from the first comment to the last. */
  range: Range;
  kind: "block" | "comment";
}

const opening = new Set([LBrace, LBracket, LParen]);
const closing = new Set([RBrace, RBracket, RParen]);

/** What can be folded: everything in braces that spans lines, and comments on lines of their own that follow each other. */
export function folding(sheet: Sheet): Fold[] {
  return [...blocks(sheet), ...commentRuns(sheet)];
}

function blocks({ source, tokens }: Sheet): Fold[] {
  const open: number[] = [];
  const folds: Fold[] = [];
  for (const { tokenType, startOffset } of tokens) {
    if (opening.has(tokenType)) open.push(startOffset);
    if (!closing.has(tokenType)) continue;
    const start = open.pop();
    if (start === undefined || !source.text.slice(start, startOffset).includes("\n")) continue;
    folds.push({ range: { start, end: startOffset + 1 }, kind: "block" });
  }
  return folds;
}

function commentRuns({ source, file }: Sheet): Fold[] {
  const folds: Fold[] = [];
  let run: Range | undefined;
  const finish = (): void => {
    if (run && positionAt(source, run.start).line < positionAt(source, run.end).line)
      folds.push({ range: run, kind: "comment" });
  };
  for (const { range } of file.comments) {
    const follows =
      run && /^\s*$/.test(source.text.slice(run.end, range.start)) && lines(source.text, run.end, range.start) === 1;
    if (run && follows) run.end = range.end;
    else {
      finish();
      run = { ...range };
    }
  }
  finish();
  return folds;
}

const lines = (text: string, from: number, to: number): number => text.slice(from, to).split("\n").length - 1;
