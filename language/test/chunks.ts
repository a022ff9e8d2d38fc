import { isPiece } from "./pieces.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { makeSource, positionAt, type Source } from "../source.ts";

/*
 * Case files: many short texts in one file, separated by lines of `---`. What a text must be told stands in it as a comment at
 * the end of the line that the finding begins on: `### S204 no outcome` (code, and a part of message, hint or severity).
 */

export interface Chunk {
  /** First comment of the piece, for the name of its test. */
  title: string;
  source: Source;
  expected: { line: number; code: string; part: string }[];
}

export function readChunks(path: string, text: string): Chunk[] {
  return text.split(/^---\r?\n/m).map((piece, index) => {
    const title = /^# ?([^#\n].*)/m.exec(piece)?.[1] ?? `piece ${index + 1}`;
    const expected = piece.split("\n").flatMap((line, at) =>
      line
        .split("###")
        .slice(1)
        .map((mark) => {
          const [, code = "", part = ""] = /^ *(\S+) *(.*?) *$/.exec(mark) ?? [];
          return { line: at + 1, code, part };
        }),
    );
    return { title, source: makeSource(path, piece), expected };
  });
}

/** What is missing and what is too much, as lines to read; none when the findings are as expected. */
export function differences(chunk: Chunk, diagnostics: readonly Diagnostic[]): string[] {
  const open = diagnostics.map((one) => ({ ...one, line: positionAt(chunk.source, one.range.start).line }));
  const lines: string[] = [];
  for (const wanted of chunk.expected) {
    const at = open.findIndex(({ code, line, severity, message, hint }) => {
      return code === wanted.code && line === wanted.line && `${severity}: ${message} (${hint})`.includes(wanted.part);
    });
    if (at === -1) lines.push(`missing    ${wanted.line}: ${wanted.code} ${wanted.part}`);
    else open.splice(at, 1);
  }
  for (const one of open)
    lines.push(`unexpected ${one.line}: ${one.code} ${one.severity}: ${one.message} (${one.hint})`);
  return lines;
}

/** A piece without a strategy of its own is the body of one, on the same lines. */
export function whole(chunk: Chunk): Source {
  if (!isPiece(chunk.source.text)) return chunk.source;
  const head = 'strategy "s" { entry "5000"  default route to group Sales ';
  return makeSource(chunk.source.path, `${head}${chunk.source.text}}`);
}
