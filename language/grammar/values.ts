import type * as ast from "../ast.ts";
import type { IToken, TokenType } from "./chevrotain.ts";
import { onLine, standIn, stick } from "./holes.ts";
import { rangeOf } from "./lex.ts";
import type { Reader, Rule } from "./reader.ts";
import { end, type Finding } from "./recovery.ts";
import type { Range } from "../source.ts";
import { plain } from "./templates.ts";
import * as T from "./tokens.ts";
import { dayOf, durationMs, meantLiteral, minutesOf } from "./units.ts";

const { W } = T;

export interface Values {
  /** A name that an author gives or refers to. */
  name: Rule<ast.Name>;
  /** After a noun every word is a name. */
  anyName: Rule<ast.Name>;
  text: Rule<ast.Text>;
  /** A text without `{…}`. */
  plainText: Rule<ast.Text>;
  duration: Rule<ast.Duration>;
  number: Rule<ast.Num>;
  percent: Rule<ast.Percent>;
  day: Rule<ast.CalendarDate>;
  time: Rule<ast.Time>;
  /** `09:00..14:00` */
  hours: Rule<ast.Hours>;
  /** A part of the call that can be written: `call.data.topic`, without `call`. */
  callPath: Rule<ast.Name[]>;
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

  const anyName = g.rule("anyName", (): ast.Name => {
    onLine(g, "a name");
    return nameOf(g.take(T.AnyName));
  });

  const text = g.rule("text", (): ast.Text => {
    onLine(g, "a text");
    const token = g.take(T.Text);
    const node: ast.Text = { kind: "text", range: rangeOf(token), parts: [] };
    g.work.texts.push(node);
    return node;
  });

  const plainText = g.rule("plainText", (): ast.Text => {
    const bare = withoutQuotes(g);
    if (bare) return bare;
    const node = g.part(text);
    if (!g.RECORDING_PHASE && hasBraces(g.work.text.slice(node.range.start, node.range.end))) g.note(notPlain(node));
    return node;
  });

  const duration = g.rule("duration", (): ast.Duration => {
    onLine(g, "a duration");
    const token = g.take(T.Duration);
    return { kind: "duration", range: rangeOf(token), ms: durationMs(token.image) || likelyMs(token) };
  });

  const number = g.rule("number", (): ast.Num => {
    onLine(g, "a number");
    const token = g.take(T.Num);
    return { kind: "number", range: rangeOf(token), value: Number.parseFloat(token.image) };
  });

  const day = g.rule("day", (): ast.CalendarDate => {
    onLine(g, "a date");
    const token = g.take(T.CalendarDay);
    const found = dayOf(token.image);
    if (!found && token.tokenType === T.CalendarDay) g.note(impossible(token, "the calendar has no such day"));
    return { kind: "date", range: rangeOf(token), ...(found ?? { year: 1970, month: 1, day: 1 }) };
  });

  const time = g.rule("time", (): ast.Time => {
    onLine(g, "a time of day");
    const token = g.take(T.TimeOfDay);
    const minutes = minutesOf(token.image);
    if (minutes === undefined && token.tokenType === T.TimeOfDay)
      g.note(impossible(token, "a day goes from 00:00 to 23:59"));
    return { kind: "time", range: rangeOf(token), minutes: minutes ?? 0 };
  });

  const hours = g.rule("hours", (): ast.Hours => {
    const start = g.start();
    const from = g.part(time, 0);
    readSpan(g);
    g.take(T.Span);
    const midnight = !g.RECORDING_PHASE && g.next().image === "24:00" ? rangeOf(g.pass()) : undefined;
    const to: ast.Time = midnight ? { kind: "time", range: midnight, minutes: 24 * 60 } : g.part(time, 1);
    return { kind: "hours", range: g.range(start), from, to };
  });

  const percent = g.rule("percent", (): ast.Percent => {
    const token = g.take(T.Percent);
    return { kind: "percent", range: rangeOf(token), value: Number.parseFloat(token.image) };
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
  const callPath = g.rule("callPath", (): ast.Name[] => {
    const step = (nth: number): ast.Name => {
      g.take(T.Dot, nth);
      return g.part(anyName, nth);
    };
    g.take(W.call);
    const path = [step(0)];
    g.each(() => path.push(step(1)));
    return path;
  });
  return { name, anyName, text, plainText, duration, number, percent, day, time, hours, callPath, literal, pattern };
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

const mayBegin = new Set<TokenType>([T.Identifier, T.Num, T.BadNumber, T.Plus]);
const mayEnd = new Set<TokenType>([T.LBrace, T.RBrace, T.LParen, T.RParen, T.LBracket, T.RBracket, T.Comma, T.Span]);

/** `Europe/Madrid`, `5100`, `lib/crm.strategy` where a text is wanted: told, and read as one. */
function withoutQuotes(g: Reader): ast.Text | undefined {
  if (g.RECORDING_PHASE || !mayBegin.has(g.next().tokenType) || !g.isOnSameLine()) return undefined;
  const { start } = rangeOf(g.next());
  let length = 1;
  const isWithin = (): boolean => g.next(length + 1).startOffset === end(g.next(length));
  while (isWithin() && !mayEnd.has(g.next(length + 1).tokenType)) length++;
  // Two in a row: the first is something else.
  if (g.isNext(T.Text, length + 1) && g.isOnSameLine(length + 1)) return undefined;
  const range = { start, end: end(g.next(length)) };
  const image = g.work.text.slice(range.start, range.end);
  const message = `a text was expected instead of \`${image}\``;
  g.report({ code: "S101", message, range, hint: `write \`"${image}"\``, write: `"${image}"` });
  for (let passed = 0; passed < length; passed++) g.pass();
  return { kind: "text", range, parts: [image] };
}

/** `mon-fri`, `08:00 to 20:00`: told, and read as the range it means. */
export function readSpan(g: Reader): void {
  const next = g.next();
  if (!(g.isNext(T.Minus) || g.isNext(W.to)) || !g.isOnSameLine()) return;
  const message = `\`..\` was expected instead of \`${next.image}\``;
  g.report({ code: "S101", message, range: rangeOf(next), hint: "a range is written `from..to`", write: ".." });
  next.tokenType = T.Span;
  next.tokenTypeIdx = T.Span.tokenTypeIdx ?? next.tokenTypeIdx;
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

/** Of a duration that cannot be read, and of which the lexer told: something of which nothing more is to be said. */
function likelyMs({ image, tokenType }: IToken): number {
  return tokenType === T.BadNumber ? durationMs(meantLiteral(image) ?? "") || 1000 : 0;
}

/** A text that must stand for itself: the name of a strategy, an entry, a prompt in a test. */
function notPlain(node: ast.Text): Finding {
  return { code: "S105", message: "this text cannot hold `{…}`: it must be known before a call", range: node.range };
}

function impossible(token: IToken, hint: string): Finding {
  return { code: "S104", message: `\`${token.image}\` does not exist`, range: rangeOf(token), hint };
}
