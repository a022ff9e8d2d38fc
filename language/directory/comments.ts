import { Lexer } from "yaml";
import type { Comment } from "../ast.ts";
import type { Source } from "../source.ts";

/** Marks that the YAML reader puts between its pieces: they are no part of the text. */
const document = "\u0002";
const flowEnd = "\u0018";
const scalar = "\u001f";

/** The `#` comments of a YAML text in order; what stands in quotes or in a block of text is none. */
export function yamlComments({ text }: Source): Comment[] {
  const found: Comment[] = [];
  // Few directories have such comments, and none is read twice for nothing.
  if (!/# *allow /.test(text)) return found;
  let at = 0;
  let inScalar = false;
  for (const piece of new Lexer().lex(text)) {
    if (inScalar) inScalar = false;
    else if (piece === scalar) {
      inScalar = true;
      continue;
    } else if (piece === document || piece === flowEnd) continue;
    else if (piece.startsWith("#")) found.push({ text: piece, range: { start: at, end: at + piece.length } });
    at += piece.length;
  }
  return found;
}
