import type { Statement } from "../ast.ts";

/** The words that a statement begins with, where they are not its kind. */
const words: Partial<Record<Statement["kind"], string>> = { stopLoop: "stop loop", recordCall: "record" };

export const wordOf = (kind: Statement["kind"]): string => words[kind] ?? kind;

/** A finding about a long statement is shown on its first word. */
export function firstWord({ kind, range }: Statement): { start: number; end: number } {
  return { start: range.start, end: Math.min(range.end, range.start + wordOf(kind).length) };
}

const units = [
  { ms: 3_600_000, unit: "h" },
  { ms: 60_000, unit: "m" },
  { ms: 1000, unit: "s" },
] as const;

/** A time as authors write it: `1m30s`. */
export function timeText(ms: number): string {
  if (ms === Infinity) return "never";
  if (ms === 0) return "0s";
  if (ms < 1000) return `${ms}ms`;
  let rest = ms;
  let text = "";
  for (const { ms: size, unit } of units) {
    const count = unit === "s" ? rest / size : Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text;
}
