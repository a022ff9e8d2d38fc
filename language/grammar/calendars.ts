import type * as ast from "../ast.ts";
import type { Range } from "../source.ts";
import type { IToken } from "./chevrotain.ts";
import { orHole } from "./holes.ts";
import { braced } from "./items.ts";
import { rangeOf } from "./lex.ts";
import type { Reader, Rule } from "./reader.ts";
import { unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";
import { readSpan, type Values } from "./values.ts";

const { W } = T;

const words = "open holiday holidays yearly hours".split(" ");

/** `calendar office zone "Europe/Madrid" { lines }` (chapter 9 of the language). */
export function calendar(g: Reader, v: Values): Rule<ast.Calendar> {
  const lines: Rule<ast.CalendarLine>[] = [openLine(g, v), holidayLine(g, v), holidaysLine(g, v)];
  const line = g.oneOf("calendarLine", lines, "a line of a calendar");
  const hole = (range: Range): ast.Hole => ({ kind: "hole", range });
  const items = { rule: line, what: "a line of a calendar", words, hole };
  const zone = g.rule("zone", () => {
    g.take(W.zone);
    return g.part(v.plainText);
  });

  return g.rule("calendar", (): ast.Calendar => {
    const start = g.start();
    g.take(W.calendar);
    const name = g.part(v.name);
    const inZone = g.maybe(() => orHole(g, () => g.part(zone)));
    const found = braced(g, items);
    const range = g.range(start);
    return { kind: "calendar", range, name, lines: found, ...(inZone?.kind === "text" && { zone: inZone }) };
  });
}

/** `open mon..thu, sat 09:00..14:00, 15:00..18:00` */
function openLine(g: Reader, { hours }: Values): Rule<ast.OpenLine> {
  const day = g.rule("day of the week", (): { range: Range; day: ast.Weekday } => {
    const token = inFull(g) ?? g.take(T.Day);
    return { range: rangeOf(token), day: weekday(token.image) ?? "mon" };
  });
  const days = g.rule("days", (): ast.OpenLine["days"][number] => {
    const start = g.start();
    const first = g.part(day, 0);
    readSpan(g);
    const last = g.maybe(() => {
      g.take(T.Span);
      return g.part(day, 1);
    });
    return { range: g.range(start), from: first.day, to: last?.day ?? first.day };
  });
  return g.rule("open", (): ast.OpenLine => {
    const start = g.start();
    g.take(W.open);
    const on = g.commas(days, 0);
    const from = g.commas(hours, 2);
    return { kind: "open", range: g.range(start), days: on, hours: from };
  });
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function weekday(image: string): ast.Weekday | undefined {
  const short = image.slice(0, 3).toLowerCase();
  return weekdays.find((each) => each === short);
}

/** `monday`, `Fri`: told, and read as the day it means. */
function inFull(g: Reader): IToken | undefined {
  const next = g.next();
  const meant = weekday(next.image);
  if (!meant || !g.isNext(T.Identifier) || !g.isOnSameLine()) return undefined;
  g.report({ ...unexpected(next, "a day"), hint: `write \`${meant}\``, write: meant });
  return g.pass();
}

/** `holiday 2026-12-24..2026-12-26 yearly "christmas" hours 09:00..13:00` */
function holidayLine(g: Reader, v: Values): Rule<ast.HolidayLine> {
  return g.rule("holiday", (): ast.HolidayLine => {
    const start = g.start();
    g.take(W.holiday);
    const from = g.part(v.day, 0);
    readSpan(g);
    const to = g.maybe(() => {
      g.take(T.Span);
      return g.part(v.day, 1);
    });
    const yearly = g.maybe(() => g.take(W.yearly), 1) !== undefined;
    const name = g.part(v.plainText);
    const open = g.maybe(() => {
      g.take(W.hours);
      return g.commas(v.hours);
    }, 2);
    return { kind: "holiday", range: g.range(start), from, ...(to && { to }), yearly, name, hours: open ?? [] };
  });
}

/** `holidays spain` */
function holidaysLine(g: Reader, v: Values): Rule<ast.HolidaysLine> {
  return g.rule("holidays", (): ast.HolidaysLine => {
    const start = g.start();
    g.take(W.holidays);
    const list = g.part(v.anyName);
    return { kind: "holidays", range: g.range(start), list };
  });
}
