import type { File } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { layout } from "./layout.ts";
import { parseMarked } from "../parse.ts";
import { piecesOf } from "./pieces.ts";
import { makeSource, type Source } from "../source.ts";

export interface Formatted {
  /** Absent where the text has syntax errors. */
  text?: string;
  diagnostics: Diagnostic[];
}

/** A line that becomes too long opens a block, which may call for alignment; more rounds than this were never needed. */
const mostRounds = 4;

/** The text in its canonical look. Formatting that again changes nothing; no word and no comment is lost. */
export function format(source: Source): Formatted {
  let { text } = source;
  const original = parseMarked(source);
  if (original.diagnostics.length > 0) return { diagnostics: original.diagnostics };
  let parsed = original;
  for (let round = 0; round < mostRounds; round++) {
    const next = layout(piecesOf(text, parsed.tokens, parsed.file.comments, parsed.marks));
    if (next === text) break;
    text = next;
    parsed = parseMarked(makeSource(source.path, text));
    if (meaning(parsed.file) !== meaning(original.file)) return { diagnostics: [changedMeaning(source)] };
  }
  return { text, diagnostics: [] };
}

/** The tree without places. */
function meaning(file: File): string {
  return JSON.stringify(file, (key, value: unknown) => {
    if (key === "range") return undefined;
    return key === "comments" ? file.comments.map(({ text }) => text.trimEnd()) : value;
  });
}

/** Ours and not the author's: better no formatting than another strategy. */
function changedMeaning({ path, text }: Source): Diagnostic {
  return {
    code: "S199",
    severity: "error",
    message: "formatting would change what this text means, so it was left alone",
    path,
    range: { start: 0, end: Math.min(1, text.length) },
    hint: "please report this text as a fault of the formatter",
  };
}
