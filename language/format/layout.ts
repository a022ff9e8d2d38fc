import { align } from "./align.ts";
import { closes, opens, type Piece } from "./pieces.ts";
import * as T from "../grammar/tokens.ts";

/*
 * The canonical look of a text. Two spaces a level, one space between words, two between items on one line. The author keeps
 * his line ends between items and within a long one, one blank line, and blocks written on one line, as far as they fit.
 */

const widest = 120;

/** A bracket that is open, or the file. */
interface Frame {
  /** Of the line on which it was opened. */
  indent: number;
  /** A block of items, whether it takes several lines, and whether that is so only because it does not fit on one. */
  block: boolean;
  lines: boolean;
  forced: boolean;
  /** Of the item that is being written: its indent, and the number of the line on which it began. */
  itemIndent: number;
  itemLine: number;
}

interface Page {
  pieces: readonly Piece[];
  /** Sums over all pieces before: columns when everything stood on one line, and line ends of the author. */
  columns: number[];
  breaks: number[];
  /** Of every comment: whether it stands behind the last word of an item. */
  ending: boolean[];
  lines: string[];
  current: string;
  indent: number;
  frames: Frame[];
  top: Frame;
}

/** Pieces to text. Ends with a line end, unless there is nothing. */
export function layout(pieces: readonly Piece[]): string {
  if (pieces.length === 0) return "";
  align(pieces);
  const top: Frame = { indent: -2, block: true, lines: true, forced: false, itemIndent: 0, itemLine: 0 };
  const columns = sums(pieces, (piece) => piece.gap + piece.text.length);
  const breaks = sums(pieces, (piece) => piece.breaks);
  const page: Page = {
    pieces,
    columns,
    breaks,
    ending: ending(pieces),
    lines: [],
    current: "",
    indent: 0,
    frames: [],
    top,
  };
  for (const [at, piece] of pieces.entries()) {
    place(page, piece, at);
    if (opens(piece)) page.frames.push(frameOf(page, piece, at));
  }
  page.lines.push(page.current.trimEnd());
  return `${page.lines.join("\n")}\n`;
}

function sums(pieces: readonly Piece[], measure: (piece: Piece) => number): number[] {
  const found = [0];
  for (const [at, piece] of pieces.entries()) found.push((found[at] ?? 0) + measure(piece));
  return found;
}

/** The total of the pieces from `start` to before `end`. */
function between(total: number[], start: number, end: number): number {
  return (total[end] ?? 0) - (total[start] ?? 0);
}

function frameOf(page: Page, piece: Piece, at: number): Frame {
  const { partner, block } = piece;
  const isEmpty = partner === at + 1;
  const hasBreaks = between(page.breaks, at + 1, partner + 1) > 0;
  const fits = page.current.length + between(page.columns, at + 1, endOnLine(page.pieces, partner)) <= widest;
  const lines = block && !isEmpty && (hasBreaks || !fits);
  const outer = page.frames.at(-1) ?? page.top;
  const indent = block && outer.block ? outer.itemIndent : page.indent;
  return { indent, block, lines, forced: lines && !hasBreaks, itemIndent: indent, itemLine: page.lines.length };
}

/** One behind what has to stand on the line of a `}`: the `else` that follows it, up to its `{` or a line end of the author. */
function endOnLine(pieces: readonly Piece[], close: number): number {
  let end = close + 1;
  if (pieces[end]?.type !== T.W.else) return end;
  do end++;
  while (end < pieces.length && pieces[end]?.breaks === 0 && !isOpening(pieces[end - 1]));
  return end;
}

function place(page: Page, piece: Piece, at: number): void {
  const closed = closes(piece) ? page.frames.pop() : undefined;
  const frame = page.frames.at(-1) ?? page.top;
  const isAmongItems = frame.block && !closed && (piece.item || (piece.type === "comment" && page.ending[at] === true));
  if (at > 0 && breaksBefore(page, at, frame, closed)) {
    const isBlank = piece.breaks > 1 && isAmongItems && !isOpening(page.pieces[at - 1]);
    page.lines.push(page.current.trimEnd());
    if (isBlank) page.lines.push("");
    page.indent = closed ? closed.indent : isAmongItems ? frame.indent + 2 : indentWithin(page, frame, at);
    page.current = " ".repeat(page.indent) + piece.text;
  } else page.current += at > 0 ? " ".repeat(piece.gap) + piece.text : piece.text;
  if (!piece.item) return;
  frame.itemIndent = page.indent;
  frame.itemLine = page.lines.length;
}

function isOpening(piece: Piece | undefined): boolean {
  return piece !== undefined && piece.block && opens(piece);
}

/** Whether comments stand behind the last word of an item; those that follow one another do so together. */
function ending(pieces: readonly Piece[]): boolean[] {
  const found: boolean[] = [];
  for (let at = pieces.length - 1; at >= 0; at--) {
    const next = pieces[at + 1];
    found[at] = next?.type === "comment" ? found[at + 1] === true : !next || next.item || (next.block && closes(next));
  }
  return found;
}

/** Whether a line ends before the piece at `at`. */
function breaksBefore(page: Page, at: number, frame: Frame, closed: Frame | undefined): boolean {
  const piece = page.pieces[at];
  const before = page.pieces[at - 1];
  if (!piece || !before) return false;
  if (before.type === "comment") return true;
  if (piece.type === "comment") return piece.breaks > 0;
  if (closed?.block) return closed.lines;
  if (!piece.item) return piece.breaks > 0 && !belongsToHead(piece, before);
  if (!frame.lines) return false;
  if (frame.forced || isOpening(before) || piece.breaks > 0 || frame.itemLine !== page.lines.length) return true;
  const isShort = page.current.length + between(page.columns, at, piece.itemEnd) <= widest;
  return !isShort || between(page.breaks, at + 1, piece.itemEnd) > 0;
}

/** A block opens on the line of its head, and `else` follows the `}` before it. */
function belongsToHead(piece: Piece, before: Piece): boolean {
  return isOpening(piece) || (piece.type === T.W.else && before.block && closes(before));
}

/** Indent of a line that goes on with an item. */
function indentWithin({ pieces }: Page, frame: Frame, at: number): number {
  if (!frame.block) return frame.indent + 2;
  const piece = pieces[at];
  let last = at - 1;
  while (pieces[last]?.type === "comment") last--;
  const before = pieces[last];
  // The `else` of an `if`, and comments before it, stand below the `if`.
  const isElse = before !== undefined && before.block && closes(before);
  return isElse || isOpening(piece) ? frame.itemIndent : frame.itemIndent + 2;
}
