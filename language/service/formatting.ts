import type { Edit } from "../diagnostic.ts";
import { format } from "../format/format.ts";
import { lex } from "../grammar/lex.ts";
import type { Range } from "../source.ts";
import type { Project } from "./project.ts";
import type { Sheet } from "./sheet.ts";

/**
 * What formatting changes, as edits between words only, so that cursors and folds of an editor stay where they are. With `within`
 * only what lies in that range. None where the text has syntax errors.
 */
export function formatting(project: Project, path: string, within?: Range): Edit[] {
  const sheet = project.sheets.get(path);
  if (!sheet) return [];
  const { text } = format(sheet.source);
  if (text === undefined || text === sheet.source.text) return [];
  const edits = gaps(path, sheet, text) ?? [{ path, range: { start: 0, end: sheet.source.text.length }, text }];
  return within ? edits.filter(({ range }) => within.start <= range.start && range.end <= within.end) : edits;
}

/** The formatter moves words and comments and changes none; what differs stands between two of them. */
function gaps(path: string, { source, tokens, file }: Sheet, formatted: string): Edit[] | undefined {
  const before = pieces(source.text, tokens, file.comments);
  const { tokens: newTokens, comments } = lex(formatted);
  const after = pieces(formatted, newTokens, comments);
  if (before.length !== after.length) return undefined;
  const edits: Edit[] = [];
  for (const [at, piece] of before.entries()) {
    const other = after[at];
    if (piece.text !== other?.text) return undefined;
    const start = before[at - 1]?.end ?? 0;
    const gap = formatted.slice(after[at - 1]?.end ?? 0, other.start);
    if (source.text.slice(start, piece.start) !== gap) {
      edits.push({ path, range: { start, end: piece.start }, text: gap });
    }
  }
  return edits;
}

interface Piece {
  text: string;
  start: number;
  end: number;
}

/** Words, signs and comments in the order of the text, then its end. */
function pieces(text: string, tokens: Sheet["tokens"], comments: Sheet["file"]["comments"]): Piece[] {
  const piece = (start: number, image: string): Piece => ({ text: image, start, end: start + image.length });
  const all = [
    ...tokens.map((token) => piece(token.startOffset, token.image)),
    ...comments.map((comment) => piece(comment.range.start, comment.text.trimEnd())),
  ];
  return [...all.toSorted((a, b) => a.start - b.start), piece(text.length, "")];
}
