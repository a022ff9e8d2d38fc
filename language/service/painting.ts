import type { IToken, TokenType } from "../grammar/chevrotain.ts";
import { lex, rangeOf } from "../grammar/lex.ts";
import { split } from "../grammar/templates.ts";
import * as T from "../grammar/tokens.ts";
import type { Range } from "../source.ts";
import { memo } from "./memo.ts";
import { mentionsOf } from "./mentions.ts";
import type { Kind } from "./named.ts";
import type { Sheet } from "./sheet.ts";

/** What an editor colours alike. The names are those of its themes; `unknown` things are marked apart. */
export const paints = [
  "keyword",
  "operator",
  "string",
  "number",
  "comment",
  "variable",
  "parameter",
  "function",
  "property",
  "enumMember",
  "class",
  "type",
] as const;

export type Paint = (typeof paints)[number];

export interface Painted {
  range: Range;
  paint: Paint;
  declares: boolean;
}

const ofKind: Record<Kind, Paint> = {
  variable: "variable",
  parameter: "parameter",
  binding: "parameter",
  sub: "function",
  calendar: "class",
  plan: "class",
  strategy: "class",
  test: "class",
  traffic: "class",
  queue: "type",
  field: "property",
  label: "enumMember",
  caller: "variable",
  agent: "type",
  group: "type",
  trunk: "type",
  mailbox: "type",
  bot: "type",
  site: "type",
  flag: "type",
  counter: "type",
  number: "type",
  numbers: "type",
  skill: "type",
  tier: "enumMember",
  host: "type",
  holidays: "type",
  prompt: "string",
  phone: "string",
  function: "function",
  property: "property",
  chooser: "function",
  outcome: "enumMember",
  constant: "enumMember",
};

/** What every word, sign, text and comment of a file is, in the order of the text; none lies in another, none spans lines. */
export const painting: (sheet: Sheet) => readonly Painted[] = memo((sheet) => {
  const { source, file, tokens } = sheet;
  const names = new Map<number, { paint: Paint; declares: boolean }>();
  for (const { kind, range, declares } of mentionsOf(sheet)) {
    names.set(range.start, { paint: ofKind[kind], declares });
  }
  const comments = file.comments.map(({ range }): Painted => ({ range, paint: "comment", declares: false }));
  const painted = tokens.flatMap((token) => paintToken(token, source.text, names));
  return [...painted, ...comments].toSorted((a, b) => a.range.start - b.range.start);
});

type Names = ReadonlyMap<number, { paint: Paint; declares: boolean }>;

function paintToken(token: IToken, text: string, names: Names): Painted[] {
  const range = rangeOf(token);
  if (token.tokenType === T.Text && token.image.includes("{")) return paintText(token, text, names);
  const name = isWord(token.tokenType) ? names.get(range.start) : undefined;
  if (name) return [{ range, paint: name.paint, declares: name.declares }];
  const paint = paintOf(token);
  return paint ? [{ range, paint, declares: false }] : [];
}

/** A text with parts: its characters, and in braces what any other place holds. */
function paintText(token: IToken, text: string, names: Names): Painted[] {
  const { start, end } = rangeOf(token);
  const painted: Painted[] = [];
  let from = start;
  const characters = (to: number): void => {
    if (from < to) painted.push({ range: { start: from, end: to }, paint: "string", declares: false });
  };
  for (const piece of split(token.image).pieces) {
    if (piece.is === "run") continue;
    characters(start + piece.start);
    const { tokens } = lex(text.slice(start + piece.start, start + piece.end));
    for (const inner of tokens) inner.startOffset += start + piece.start;
    painted.push(
      ...tokens.filter(({ tokenType }) => tokenType !== T.Text).flatMap((inner) => paintToken(inner, text, names)),
    );
    from = start + piece.end;
  }
  characters(end);
  return painted;
}

const isWord = (type: TokenType): boolean =>
  type.CATEGORIES?.includes(T.AnyName) || type.CATEGORIES?.includes(T.Word) || false;

const numbers = new Set<TokenType>([T.CalendarDay, T.TimeOfDay, T.Duration, T.Percent, T.Num, T.BadNumber]);
const operators = new Set<TokenType>([
  T.Compare,
  T.Assign,
  T.OrElse,
  T.Plus,
  T.Minus,
  T.Times,
  T.Over,
  T.Arrow,
  T.Span,
]);

function paintOf({ tokenType, image }: IToken): Paint | undefined {
  if (tokenType === T.Text || tokenType === T.BadText) return "string";
  if (numbers.has(tokenType)) return "number";
  if (operators.has(tokenType)) return "operator";
  if (T.keywords.has(image)) return "keyword";
  return tokenType === T.Identifier ? "variable" : undefined;
}
