import type { Statement } from "../ast.ts";

/** The words that a statement begins with, where they are not its kind. */
const words: Partial<Record<Statement["kind"], string>> = { stopLoop: "stop loop", recordCall: "record" };

export const wordOf = (kind: Statement["kind"]): string => words[kind] ?? kind;

/** A finding about a long statement is shown on its first word. */
export function firstWord({ kind, range }: Statement): { start: number; end: number } {
  return { start: range.start, end: Math.min(range.end, range.start + wordOf(kind).length) };
}
