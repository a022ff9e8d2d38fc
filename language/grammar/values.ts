import type * as ast from "../ast.ts";
import type { IToken, TokenType } from "./chevrotain.ts";
import { onLine, standIn, stick } from "./holes.ts";
import { rangeOf } from "./lex.ts";
import type { Reader, Rule } from "./reader.ts";
import type { Finding } from "./recovery.ts";
import type { Range } from "../source.ts";
import { plain } from "./templates.ts";
import * as T from "./tokens.ts";
import { dayOf, durationMs, minutesOf } from "./units.ts";

const { W } = T;

export interface Values {
  /** A name that an author gives or refers to. */
  name: Rule<ast.Name>;
  text: Rule<ast.Text>;
  /** A text without `{…}`. */
  plainText: Rule<ast.Text>;
  duration: Rule<ast.Duration>;
  number: Rule<ast.Num>;
  percent: Rule<ast.Percent>;
  day: Rule<ast.CalendarDate>;
  time: Rule<ast.Time>;
  /** Any value of one word: literals, `yes`, `never`, `missing` … */
  literal: Rule<Literal>;
  /** A literal, a word, or `name(binding)`: left of `->` in a match. */
  pattern: Rule<ast.Pattern>;
}

export type Literal =
  | ast.Text
  | ast.Duration
  | ast.Num
  | ast.Percent
  | ast.CalendarDate
  | ast.Time
  | ast.YesNo
  | ast.Never
  | ast.Missing
  | ast.Hole;

export function nameOf(token: IToken): ast.Name {
  return { kind: "name", range: rangeOf(token), text: token.image };
}

/** Names and literals (chapter 2 of the language). */
export function values(g: Reader): Values {
  const name = g.rule("name", (): ast.Name => {
    onLine(g, "a name");
    const quoted = standIn(g, T.Text, T.Word);
    if (quoted) return { ...nameOf(quoted), text: quoted.image.replaceAll('"', "") };
    return nameOf(g.take(T.Word));
  });

  const text = g.rule("text", (): ast.Text => {
    onLine(g, "a text");
    const token = g.take(T.Text);
    const node: ast.Text = { kind: "text", range: rangeOf(token), parts: [] };
    g.work.texts.push(node);
    return node;
  });

  const plainText = g.rule("plainText", (): ast.Text => {
    const bare = standIn(g, T.Identifier, T.Text);
    if (bare) return { kind: "text", range: rangeOf(bare), parts: [bare.image] };
    const node = g.part(text);
    if (!g.RECORDING_PHASE && hasBraces(g.work.text.slice(node.range.start, node.range.end))) g.note(notPlain(node));
    return node;
  });

  const duration = g.rule("duration", (): ast.Duration => {
    onLine(g, "a duration");
    const token = g.take(T.Duration);
    return { kind: "duration", range: rangeOf(token), ms: durationMs(token.image) };
  });

  const number = g.rule("number", (): ast.Num => {
    onLine(g, "a number");
    const token = g.take(T.Num);
    return { kind: "number", range: rangeOf(token), value: Number(token.image) };
  });

  const day = g.rule("day", (): ast.CalendarDate => {
    onLine(g, "a date");
    const token = g.take(T.CalendarDay);
    const found = dayOf(token.image);
    if (!found) g.note(impossible(token, "the calendar has no such day"));
    return { kind: "date", range: rangeOf(token), ...(found ?? { year: 1970, month: 1, day: 1 }) };
  });

  const time = g.rule("time", (): ast.Time => {
    onLine(g, "a time of day");
    const token = g.take(T.TimeOfDay);
    const minutes = minutesOf(token.image);
    if (minutes === undefined) g.note(impossible(token, "a day goes from 00:00 to 23:59"));
    return { kind: "time", range: rangeOf(token), minutes: minutes ?? 0 };
  });

  const percent = g.rule("percent", (): ast.Percent => {
    const token = g.take(T.Percent);
    return { kind: "percent", range: rangeOf(token), value: Number(token.image.slice(0, -1)) };
  });

  const single = (name: string, type: TokenType, node: (range: Range) => Literal): Rule<Literal> =>
    g.rule(name, () => node(rangeOf(g.take(type))));
  const literals: Rule<Literal>[] = [
    text,
    number,
    duration,
    day,
    time,
    percent,
    single("badNumber", T.BadNumber, (range) => ({ kind: "hole", range })),
    single("yes", W.yes, (range) => ({ kind: "yesno", range, value: true })),
    single("no", W.no, (range) => ({ kind: "yesno", range, value: false })),
    single("never", W.never, (range) => ({ kind: "never", range })),
    single("missing", W.missing, (range) => ({ kind: "missing", range })),
  ];
  const literal = g.oneOf("literal", literals, "a value");
  const pattern = patterns(g, name, literal);
  return { name, text, plainText, duration, number, percent, day, time, literal, pattern };
}

/** `closed`, `holiday(h)`, `"5000"` */
function patterns(g: Reader, name: Rule<ast.Name>, literal: Rule<Literal>): Rule<ast.Pattern> {
  const value = g.rule("literalPattern", (): ast.Pattern => {
    const start = g.start();
    const given = g.part(literal);
    return { kind: "literal", range: g.range(start), value: given };
  });
  const word = g.rule("wordPattern", (): ast.Pattern => {
    const start = g.start();
    const called = nameOf(g.take(T.Word));
    const bound = g.maybe(() => binding(g, name));
    return { kind: "word", range: g.range(start), name: called, ...(bound && { binding: bound }) };
  });
  return g.oneOf("pattern", [value, word], "a value or a word");
}

/** The characters of a text without parts. */
export function plainOf(g: Reader, { range }: ast.Text): string {
  return g.RECORDING_PHASE ? "" : plain(g.work.text.slice(range.start, range.end));
}

/** `(x)` after a word of a match or an outcome. */
export function binding(g: Reader, name: Rule<ast.Name>): ast.Name {
  stick(g);
  g.take(T.LParen);
  const bound = g.part(name, 9);
  g.take(T.RParen);
  return bound;
}

function hasBraces(image: string): boolean {
  return image.replace(/\\./g, "").includes("{");
}

/** A text that must stand for itself: the name of a strategy, an entry, a prompt in a test. */
function notPlain(node: ast.Text): Finding {
  return { code: "S105", message: "this text cannot hold `{…}`: it must be known before a call", range: node.range };
}

function impossible(token: IToken, hint: string): Finding {
  return { code: "S104", message: `\`${token.image}\` does not exist`, range: rangeOf(token), hint };
}
