import { closes, opens, type Piece } from "./pieces.ts";
import * as T from "../grammar/tokens.ts";

/*
 * The alignments of the canonical look, in blocks of several lines: what follows the times of a timeline, the arrows of a
 * match, and the blocks of a split. Handlers are not aligned: their outcomes differ too much in length.
 */

/** Sets the gaps of what is to be aligned. */
export function align(pieces: readonly Piece[]): void {
  for (const items of blocksOf(pieces)) {
    for (const steps of runs(items, (at) => pieces[at]?.type === T.W.at)) alignSteps(pieces, steps);
    const columns = items.flatMap((at) => columnOf(pieces, at) ?? []);
    if (columns.length > 1) alignColumns(pieces, columns);
  }
}

/** A piece to be set below its like, and the width of what stands before it. */
interface Column {
  at: number;
  width: number;
}

/** The items of every block that the author wrote on several lines. */
function blocksOf(pieces: readonly Piece[]): number[][] {
  const found: number[][] = [];
  const open: { items: number[]; breaks: number }[] = [];
  let breaks = 0;
  for (const [at, piece] of pieces.entries()) {
    breaks += piece.breaks;
    if (closes(piece)) {
      const block = open.pop();
      if (block && breaks > block.breaks) found.push(block.items);
    }
    if (piece.item) open.at(-1)?.items.push(at);
    if (opens(piece)) open.push({ items: [], breaks });
  }
  return found;
}

/** Longest runs of two or more neighbours. */
function runs(items: number[], belongs: (at: number) => boolean): number[][] {
  const found: number[][] = [];
  let run: number[] = [];
  for (const item of items) {
    if (belongs(item)) run.push(item);
    else {
      found.push(run);
      run = [];
    }
  }
  found.push(run);
  return found.filter((each) => each.length > 1);
}

/** `at`, its time, and two spaces behind the longest. A step with `or as soon as …` goes on behind its time. */
function alignSteps(pieces: readonly Piece[], all: number[]): void {
  const steps = all.filter((at) => pieces[at + 2]?.type !== T.W.or);
  const times = steps.map((at) => pieces[at + 1]?.text.length ?? 0);
  const widest = times.reduce((most, width) => Math.max(most, width), 0);
  for (const [nth, at] of steps.entries()) {
    const after = pieces[at + 2];
    if (after && after.type !== "comment") after.gap = widest - (times[nth] ?? 0) + 2;
  }
}

/** Whether an item is the first on its line, once its block takes several. */
function leadsLine(pieces: readonly Piece[], item: number): boolean {
  const before = pieces[item - 1];
  return (pieces[item]?.breaks ?? 0) > 0 || (before !== undefined && opens(before));
}

/** The arrow of an arm, the `{` of a branch of `split`; undefined for other items. */
function columnOf(pieces: readonly Piece[], item: number): Column | undefined {
  if (!leadsLine(pieces, item)) return undefined;
  let width = 0;
  const end = pieces[item]?.itemEnd ?? item;
  const isBranch = pieces[item]?.type === T.Percent;
  for (let at = item; at < end; at++) {
    const piece = pieces[at];
    if (!piece || (piece.breaks > 0 && at > item)) return undefined;
    if (piece.type === T.Arrow || (isBranch && piece.block)) return { at, width };
    if (piece.block || piece.type === T.LBrace) return undefined;
    width += (at > item ? piece.gap : 0) + piece.text.length;
  }
  return undefined;
}

function alignColumns(pieces: readonly Piece[], columns: Column[]): void {
  const widest = columns.reduce((most, { width }) => Math.max(most, width), 0);
  for (const { at, width } of columns) {
    const piece = pieces[at];
    if (piece) piece.gap = widest - width + 1;
  }
}
