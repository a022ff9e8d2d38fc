import type { Handler, Pattern, Statement } from "../ast.ts";
import { lex } from "../grammar/lex.ts";
import type { Range, Source } from "../source.ts";

/** The author's words in a range, on one line and without comments. */
export type Words = (range: Range) => string;

export function wordsOf(source: Source): Words {
  const known = wordsBySource.get(source);
  if (known) return known;
  const words = wordsIn(source);
  wordsBySource.set(source, words);
  return words;
}

/** A text is read once for all that is drawn of it. */
const wordsBySource = new WeakMap<Source, Words>();

function wordsIn(source: Source): Words {
  const { comments } = lex(source.text);
  return ({ start, end }) => {
    let text = "";
    let at = start;
    for (let nth = firstFrom(comments, start); nth < comments.length; nth++) {
      const range = comments[nth]?.range;
      if (!range || range.start >= end) break;
      if (range.start < at || range.end > end) continue;
      text += source.text.slice(at, range.start);
      at = range.end;
    }
    return (text + source.text.slice(at, end)).replace(/\s+/g, " ").trim();
  };
}

/** The first comment that begins at an offset or behind it. */
function firstFrom(comments: readonly { range: Range }[], offset: number): number {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.range.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A statement's head, and those of its options that say where the call goes; what stands in blocks is drawn by itself. */
export function linesOf(statement: Statement, words: Words): string[] {
  const to = (last: { range: Range } | undefined): string =>
    words({ start: statement.range.start, end: (last ?? statement).range.end });
  switch (statement.kind) {
    case "if":
      return [words(statement.condition.range)];
    case "match":
      return [`match ${words(statement.subject.range)}`];
    case "loop":
      return [`${to(statement.times)} times`];
    case "split":
      return [statement.by ? to(statement.by) : "split"];
    case "every":
      return [to(statement.every)];
    case "once":
    case "uninterrupted":
    case "try":
      return [statement.kind];
    case "ring":
      return [to(statement.for), ...option("at", statement.at, words), ...confirmed(statement.confirmed, words)];
    case "preview":
      return [to(statement.for), ...(statement.mode ? [words(statement.mode.range)] : [])];
    case "ask":
      return [to(statement.over ?? statement.bot)];
    case "dial":
      return [to(statement.via.at(-1) ?? statement.number)];
    case "transfer":
    case "refer":
    case "callback":
      return [to(statement.to)];
    case "voicemail":
      return [to(statement.mailbox)];
    case "fetch":
    case "send":
      return [to(last(statement.path, statement.with, statement.within))];
    case "collect": {
      const { prompt, within, endedBy, tries } = statement;
      return [
        prompt || within || endedBy || tries
          ? to(last(prompt, within, endedBy, tries))
          : `${to(statement.atMost)} digits`,
      ];
    }
    default:
      return [to(undefined)];
  }
}

/** Clauses stand in any order. */
function last(...parts: ({ range: Range } | undefined)[]): { range: Range } | undefined {
  return parts.reduce((latest, part) => ((part?.range.end ?? 0) > (latest?.range.end ?? 0) ? part : latest), undefined);
}

function option(word: string, value: { range: Range } | undefined, words: Words): string[] {
  return value ? [`${word} ${words(value.range)}`] : [];
}

function confirmed(found: { range: Range; by: { range: Range } } | undefined, words: Words): string[] {
  return found ? [`confirmed by ${words(found.by.range)}`] : [];
}

export function outcomesText({ outcomes }: Handler, words: Words): string {
  return outcomes.map((outcome) => words(outcome.range)).join(", ");
}

export function patternsText(patterns: readonly Pattern[], words: Words): string {
  return patterns.map((pattern) => words(pattern.range)).join(", ");
}
