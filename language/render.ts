import { type Diagnostic, severityRanks, type Severity } from "./diagnostic.ts";
import { lineText, positionAt, type Range, type Source } from "./source.ts";

export interface RenderOptions {
  /** ANSI colours. */
  colour: boolean;
}

/** More than these are counted, not shown; those that matter least are left out first. */
const most = 50;
/** Longer lines of the source are shown around the place. */
const widest = 160;

/**
 * Diagnostics as a person reads them: in the order of `sources` and of the text, each once, with the line of the source and
 * what to write instead. Empty when there are none; else it ends with a line end.
 */
export function render(diagnostics: readonly Diagnostic[], sources: readonly Source[], options: RenderOptions): string {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const all = inOrder(diagnostics, sources);
  const worst = all.toSorted((a, b) => severityRanks[a.severity] - severityRanks[b.severity]).slice(0, most);
  const shown = new Set(worst);
  const entries = all.filter((each) => shown.has(each)).map((each) => entry(each, byPath, painter(options)));
  if (all.length > most) entries.push(`and ${all.length - most} more`);
  return entries.map((each) => `${each}\n`).join("");
}

function inOrder(diagnostics: readonly Diagnostic[], sources: readonly Source[]): Diagnostic[] {
  const rank = new Map(sources.map((source, at) => [source.path, at]));
  const last = sources.length;
  const unique = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = JSON.stringify([each.path, each.range.start, each.range.end, each.code, each.message]);
    if (!unique.has(key)) unique.set(key, each);
  }
  return [...unique.values()].toSorted(
    (a, b) =>
      (rank.get(a.path) ?? last) - (rank.get(b.path) ?? last) ||
      a.range.start - b.range.start ||
      a.range.end - b.range.end,
  );
}

type Painter = (style: keyof typeof styles, text: string) => string;

const styles = { error: "1;31", warning: "1;33", hint: "1;36", place: "1", faint: "2" };

function painter({ colour }: RenderOptions): Painter {
  return (style, text) => (colour ? `\u001b[${styles[style]}m${text}\u001b[0m` : text);
}

function entry(diagnostic: Diagnostic, sources: ReadonlyMap<string, Source>, paint: Painter): string {
  const { severity, code, message, hint, related = [] } = diagnostic;
  const source = sources.get(diagnostic.path);
  const place = paint("place", `${where(diagnostic, source)}:`);
  const lines = [`${place} ${paint(severity, `${severity} ${code}:`)} ${visible(message)}`];
  if (source) lines.push(...excerpt(source, diagnostic.range, severity, paint));
  if (hint !== undefined) lines.push(`  ${paint("hint", "hint:")} ${visible(hint)}`);
  for (const other of related) {
    const otherSource = sources.get(other.path);
    lines.push(`  ${paint("place", `${where(other, otherSource)}:`)} ${visible(other.message)}`);
    if (otherSource) lines.push(...excerpt(otherSource, other.range, "hint", paint));
  }
  return lines.join("\n");
}

function where({ path, range }: { path: string; range: Range }, source: Source | undefined): string {
  if (!source) return visible(path);
  const { line, column } = positionAt(source, range.start);
  return `${visible(path)}:${line}:${column}`;
}

/** The line of the range with a mark under it; a range over several lines is marked to the end of the first. */
function excerpt(source: Source, range: Range, severity: Severity, paint: Painter): string[] {
  const { line, column } = positionAt(source, range.start);
  const whole = lineText(source, line);
  const from = Math.max(0, Math.min(column - 1 - Math.floor(widest / 2), whole.length - widest));
  const text = whole.slice(from, from + widest);
  const start = Math.min(column - 1 - from, text.length);
  const end = Math.max(start, Math.min(start + range.end - range.start, text.length));
  const number = String(line).padStart(4);
  const lead = Array.from(text.slice(0, start), (char) => (char === "\t" ? "\t" : " ".repeat(columns(char)))).join("");
  const width = Array.from(text.slice(start, end), columns).reduce((sum, each) => sum + each, 0);
  return [
    `${paint("faint", `${number} |`)} ${visible(text)}`,
    `${paint("faint", "     |")} ${lead}${paint(severity, "^".repeat(Math.max(1, width)))}`,
  ];
}

const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\u{1F300}-\u{1FAFF}]/u;

/** Columns that a character takes on a terminal. */
function columns(char: string): number {
  if (/^\p{M}$/u.test(char)) return 0;
  return wide.test(char) ? 2 : 1;
}

/** The author's text cannot steer the terminal: control characters are shown as boxes. */
function visible(text: string): string {
  return text.replace(/[^\P{Cc}\t]|[\p{Cf}\p{Cs}\u2028\u2029]/gu, "\uFFFD");
}
