import type { File } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { IToken } from "../grammar/chevrotain.ts";
import { parseMarked } from "../parse.ts";
import type { Source } from "../source.ts";

/** One strategy file, read. */
export interface Sheet {
  source: Source;
  file: File;
  /** Syntax only. */
  diagnostics: Diagnostic[];
  tokens: IToken[];
  /** Where items begin: statements, options, lines. */
  items: ReadonlySet<number>;
}

export function readSheet(source: Source): Sheet {
  const { file, diagnostics, tokens, marks } = parseMarked(source);
  return { source, file, diagnostics, tokens, items: marks.items };
}
