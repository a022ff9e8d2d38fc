import type { Expr, File } from "./ast.ts";
import { pairBraces } from "./grammar/braces.ts";
import type { IToken } from "./grammar/chevrotain.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { withoutEchoes } from "./grammar/echoes.ts";
import { type Grammar, grammar } from "./grammar/grammar.ts";
import { lex } from "./grammar/lex.ts";
import { Reader } from "./grammar/reader.ts";
import type { Finding } from "./grammar/recovery.ts";
import type { Range, Source } from "./source.ts";
import { split } from "./grammar/templates.ts";
import { type Marks, newWork, type Work } from "./grammar/work.ts";

export interface Parsed {
  /** Always a whole tree; what could not be read is a hole or left out. */
  file: File;
  /** Syntax only, ordered by place. */
  diagnostics: Diagnostic[];
}

let made: Grammar | undefined;

/** Text to tree. Never throws, whatever the text; without diagnostics the tree has no holes. */
export function parse(source: Source): Parsed {
  const { file, diagnostics } = parseMarked(source);
  return { file, diagnostics };
}

/** The same, with what the formatter needs besides. */
export function parseMarked(source: Source): Parsed & { tokens: IToken[]; marks: Marks } {
  made ??= grammar(new Reader());
  const { text } = source;
  const lexed = lex(text);
  const braces = pairBraces(text, lexed.tokens);
  const work = newWork(text, lexed.suspects);
  const items = made.reader.read(made.items, braces.tokens, work);
  fillTexts(made, work, lexed.badTexts);
  const file: File = { kind: "file", range: { start: 0, end: text.length }, items, comments: lexed.comments };
  const found = { lexed: lexed.findings, braces: braces.findings, parsed: work.findings };
  const diagnostics = inOrder(source.path, withoutEchoes(source, found));
  return { file, diagnostics, tokens: lexed.tokens, marks: work.marks };
}

/** One expression that stands in a text of another kind, such as a directory: `range` of its source is all of it. */
export function parseExpression({ path, text }: Source, range: Range): { expression: Expr; diagnostics: Diagnostic[] } {
  made ??= grammar(new Reader());
  const work = newWork(text, new Set());
  const expression = parsePart(made, work, range);
  fillTexts(made, work, new Set());
  return { expression, diagnostics: inOrder(path, work.findings) };
}

/** Parses the `{…}` parts of all texts, one after another: a part may hold texts of its own. */
function fillTexts(made: Grammar, work: Work, broken: ReadonlySet<number>): void {
  for (let next = work.texts.pop(); next; next = work.texts.pop()) {
    const { start, end } = next.range;
    if (broken.has(start)) {
      next.parts.push({ kind: "hole", range: next.range });
      continue;
    }
    const { pieces, strange } = split(work.text.slice(start, end));
    for (const at of strange) work.findings.push(strangeEscape(work.text, start + at));
    for (const piece of pieces) {
      if (piece.is === "run") next.parts.push(piece.text);
      else next.parts.push(parsePart(made, work, { start: start + piece.start, end: start + piece.end }));
    }
  }
}

/** Read from a `{` on, after which a value may be missing. */
function parsePart({ reader, part }: Grammar, work: Work, { start, end }: Range): Expr {
  const brace = start - 1;
  const { tokens, findings, suspects, badTexts } = lex(`{${work.text.slice(start, end)}`);
  for (const token of tokens) token.startOffset += brace;
  work.findings.push(...findings.map((each) => ({ ...each, range: moved(each.range, brace) })));
  const hole: Expr = { kind: "hole", range: { start, end } };
  if (tokens.length === 1) {
    const range = { start: brace, end: end + 1 };
    work.findings.push({ code: "S105", message: "`{}` in a text holds no value", range });
    return hole;
  }
  if (badTexts.size > 0) return hole;
  return reader.read(part, tokens, { ...work, suspects, quiet: undefined });
}

function moved(range: Range, by: number): Range {
  return { start: range.start + by, end: range.end + by };
}

function strangeEscape(text: string, at: number): Finding {
  const message = `\`${text.slice(at, at + 2)}\` stands for nothing in a text`;
  return {
    code: "S105",
    message,
    range: { start: at, end: at + 2 },
    hint: 'only `\\{`, `\\"` and `\\\\` are written so',
  };
}

function inOrder(path: string, findings: Finding[]): Diagnostic[] {
  return findings
    .toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
    .filter((each, at, all) => !isSame(each, all[at - 1]))
    .map(({ write, ...each }) => ({
      ...each,
      severity: "error",
      path,
      ...(each.related && { related: each.related.map((other) => ({ ...other, path })) }),
      ...(write !== undefined && { fix: fix(path, each.range, write) }),
    }));
}

/** What is strange in a part of a text is met twice: in the text, and when the part is read. */
function isSame(one: Finding, other: Finding | undefined): boolean {
  return one.message === other?.message && one.range.start === other.range.start && one.range.end === other.range.end;
}

function fix(path: string, range: Range, text: string): Diagnostic["fix"] {
  return { title: text === "" ? "take it out" : `write \`${text.trim()}\``, edits: [{ path, range, text }] };
}
