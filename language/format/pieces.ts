import type { IToken, TokenType } from "../grammar/chevrotain.ts";
import type { Comment } from "../ast.ts";
import type { Marks } from "../grammar/work.ts";
import * as T from "../grammar/tokens.ts";

/** A token or a comment, with what the formatter has to know of it. Indexes point into the same list. */
export interface Piece {
  text: string;
  type: TokenType | "comment";
  /** Line ends between the piece before and this one. */
  breaks: number;
  /** The first piece of a statement, option, step, handler, arm or line. */
  item: boolean;
  /** One behind the last piece of the item that begins here. */
  itemEnd: number;
  /** For `{ ( [`: the piece that closes it; for `} ) ]`: the one that it closes. */
  partner: number;
  /** The braces of a block of items, not of a record. */
  block: boolean;
  /** Spaces before it where it stays on the line. */
  gap: number;
}

const openers = new Set<TokenType>([T.LBrace, T.LParen, T.LBracket]);
const closers = new Set<TokenType>([T.RBrace, T.RParen, T.RBracket]);
const noSpaceBefore = new Set<TokenType>([T.RParen, T.RBracket, T.Comma, T.Dot, T.Colon, T.Span]);
const noSpaceAfter = new Set<TokenType>([T.LParen, T.LBracket, T.Dot, T.Span]);

export function opens(piece: Piece): boolean {
  return piece.type !== "comment" && openers.has(piece.type);
}

export function closes(piece: Piece): boolean {
  return piece.type !== "comment" && closers.has(piece.type);
}

/** Tokens and comments in the order of the text. */
export function piecesOf(text: string, tokens: readonly IToken[], comments: readonly Comment[], marks: Marks): Piece[] {
  const placed = [
    ...tokens.map((token) => ({ at: token.startOffset, text: token.image, type: token.tokenType })),
    ...comments.map((comment) => ({ at: comment.range.start, text: comment.text.trimEnd(), type: "comment" as const })),
  ].toSorted((a, b) => a.at - b.at);
  let end = 0;
  let before: Piece | undefined;
  const pieces: Piece[] = [];
  for (const { at, text: image, type } of placed) {
    const breaks = text.slice(end, at).split("\n").length - 1;
    const item = marks.items.has(at);
    const piece: Piece = {
      text: image,
      type,
      breaks,
      item,
      itemEnd: 0,
      partner: -1,
      block: marks.blocks.has(at),
      gap: 1,
    };
    piece.gap = marks.wide.has(at) ? 2 : gap(before, piece, marks.tight.has(at));
    pieces.push(piece);
    end = at + image.length;
    before = piece;
  }
  pair(pieces);
  return pieces;
}

function gap(before: Piece | undefined, piece: Piece, tight: boolean): number {
  if (!before || tight) return 0;
  if (piece.type === "comment") return 2;
  if (piece.item) return before.type === T.LBrace ? 1 : 2;
  if (noSpaceBefore.has(piece.type)) return 0;
  return before.type !== "comment" && noSpaceAfter.has(before.type) ? 0 : 1;
}

/** Finds partners of brackets and ends of items. An item ends before the comments that follow it. */
function pair(pieces: Piece[]): void {
  const open: number[] = [];
  /** The item at hand in the file and in every open bracket. */
  const items: (Piece | undefined)[] = [undefined];
  const endItem = (at: number): void => {
    let end = at;
    while (pieces[end - 1]?.type === "comment") end--;
    const item = items.pop();
    if (item) item.itemEnd = end;
  };
  for (const [at, piece] of pieces.entries()) {
    const opener = closes(piece) ? pieces[open.at(-1) ?? -1] : undefined;
    if (opener) {
      endItem(at);
      piece.partner = open.pop() ?? -1;
      piece.block = opener.block;
      opener.partner = at;
    }
    if (piece.item) {
      endItem(at);
      items.push(piece);
    }
    if (!opens(piece)) continue;
    open.push(at);
    items.push(undefined);
  }
  while (items.length > 0) endItem(pieces.length);
}
