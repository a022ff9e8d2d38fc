import type { Calendar, CalendarDate, HolidayLine, HolidaysLine, Hours, OpenLine, Text, Weekday } from "../ast.ts";
import type { Holiday } from "../directory/directory.ts";
import type { Range } from "../source.ts";
import { knownZone, zones } from "../zones.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import { fixedName, unknownThing } from "./things.ts";

const week: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const dayMinutes = 1440;

/** Opening hours that are told twice or never, holidays that cannot be, zones and lists that there are. */
export function checkCalendar(checking: Checking, calendar: Calendar): void {
  if (calendar.zone) checkZone(checking, calendar.zone);
  const opens = calendar.lines.filter((line) => line.kind === "open");
  const holidays = calendar.lines.filter((line) => line.kind === "holiday");
  for (const line of [...opens, ...holidays]) for (const hours of line.hours) checkLength(checking, hours);
  checkWeek(checking, opens);
  for (const holiday of holidays) {
    checkDates(checking, holiday);
    checkOverlaps(
      checking,
      holiday.hours.map((hours) => spanOf(hours, 0)),
      "",
    );
  }
  checkTwice(checking, calendar);
  const isTorn = calendar.lines.some((line) => line.kind === "hole");
  if (isTorn || opens.length > 0 || holidays.some((holiday) => holiday.hours.length > 0)) return;
  const message = `calendar \`${calendar.name.text}\` never opens`;
  report(checking, "warning", "S464", calendar.name.range, message, { hint: "write `open mon..fri 09:00..18:00`" });
}

function checkZone(checking: Checking, zone: Text): void {
  const name = fixedName(zone) ?? "";
  if (knownZone(name)) return;
  const { hint = "a name of the time zone database: `Europe/Madrid`", write } = instead(name, zones());
  report(checking, "error", "S201", zone.range, `there is no time zone \`${name}\``, {
    hint,
    write: write && `"${write}"`,
  });
}

/** A range that ends where it begins is read as a whole day, which nobody means. */
function checkLength(checking: Checking, hours: Hours): void {
  if (isRange(hours)) return;
  const message = `${quote(checking, hours.range)} ends where it begins, and so lasts a whole day`;
  report(checking, "warning", "S462", hours.range, message, {
    hint: "`00:00..24:00` is a whole day",
    ...(hours.from.minutes === 0 && { write: "00:00..24:00" }),
  });
}

/** Minutes of the week, or of a day. */
interface Span {
  from: number;
  to: number;
  at: Hours;
}

const isRange = ({ from, to }: Hours): boolean => from.minutes !== to.minutes;

const spanOf = (at: Hours, day: number): Span => {
  const { from, to } = { from: at.from.minutes, to: at.to.minutes };
  return { from: day * dayMinutes + from, to: day * dayMinutes + (to > from ? to : to + dayMinutes), at };
};

function checkWeek(checking: Checking, lines: readonly OpenLine[]): void {
  const spans = lines.flatMap((line) =>
    daysOf(checking, line).flatMap((day) => line.hours.filter(isRange).map((at) => spanOf(at, day))),
  );
  // What passes the midnight of Sunday meets Monday.
  const over = spans
    .filter(({ to }) => to > 7 * dayMinutes)
    .map(({ to, at }) => ({ from: 0, to: to - 7 * dayMinutes, at }));
  checkOverlaps(checking, [...spans, ...over], "on ");
}

/** The days of a line, Monday 0, each once; `sat..mon` goes over the end of the week. */
function daysOf(checking: Checking, line: OpenLine): number[] {
  const days = new Set<number>();
  for (const { from, to, range } of line.days) {
    const first = week.indexOf(from);
    const count = (week.indexOf(to) - first + 7) % 7;
    const named = Array.from({ length: count + 1 }, (_, nth) => (first + nth) % 7);
    const twice = named.find((day) => days.has(day));
    if (twice !== undefined) {
      const message = `\`${week[twice]}\` stands twice in this line`;
      report(checking, "warning", "S460", range, message, { hint: "name each day once" });
    }
    for (const day of named) days.add(day);
  }
  return [...days];
}

/** Each later range of the text that an earlier one covers in part is told once, with the first time they share. */
function checkOverlaps(checking: Checking, spans: readonly Span[], on: "on " | ""): void {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  const told = new Set<Hours>();
  let open: Span | undefined;
  for (const span of sorted) {
    if (open && span.from < open.to && span.at !== open.at) {
      const [first, second] = span.at.range.start < open.at.range.start ? [span, open] : [open, span];
      if (!told.has(second.at)) overlap(checking, first.at, second.at, span.from, Math.min(span.to, open.to), on);
      told.add(second.at);
    }
    if (!open || span.to > open.to) open = span;
  }
}

function overlap(checking: Checking, first: Hours, second: Hours, from: number, to: number, on: "on " | ""): void {
  const day = on && `${on}\`${week[Math.floor(from / dayMinutes) % 7]}\` `;
  const message = `opening hours overlap ${day}from ${clock(from)} to ${clock(to)}`;
  const related = [{ path: checking.source.path, range: first.range, message: "the other hours" }];
  report(checking, "warning", "S460", second.range, message, { hint: "say each hour once", related });
}

function clock(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const ofDay = minutes % dayMinutes;
  return `\`${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}\``;
}

function checkDates(checking: Checking, { from, to, yearly }: HolidayLine): void {
  const leap = [from, to].find((date) => date?.month === 2 && date.day === 29);
  if (yearly && leap) {
    const message = "29 February comes only every fourth year, and a yearly holiday on it as seldom";
    report(checking, "warning", "S463", leap.range, message, { hint: "name 28 February or 1 March" });
  }
  if (!to || yearly || orderOf(from) <= orderOf(to)) return;
  const range = { start: from.range.start, end: to.range.end };
  report(checking, "error", "S462", range, `${quote(checking, range)} ends before it begins`, {
    hint: "the first day stands first",
    write: `${quote(checking, to.range).slice(1, -1)}..${quote(checking, from.range).slice(1, -1)}`,
  });
}

const orderOf = ({ year, month, day }: CalendarDate): number => (year * 100 + month) * 100 + day;

/** Of two holidays on one day the first in the text counts: a later one that has no other day never does. */
function checkTwice(checking: Checking, { lines }: Calendar): void {
  const seen = new Map<string, { name: string; range: Range }>();
  const take = (day: string, one: { name: string; range: Range }) => void (seen.has(day) || seen.set(day, one));
  for (const line of lines) {
    if (line.kind === "holidays") {
      for (const { date, name } of listed(checking, line)) take(date, { name, range: line.range });
    }
    if (line.kind !== "holiday") continue;
    const days = datesOf(line);
    const first = days.map(({ date, everyYear }) => (line.yearly ? undefined : seen.get(date)) ?? seen.get(everyYear));
    const [before] = first;
    if (before && first.every((one) => one !== undefined)) {
      const message = `this holiday never counts: \`${before.name}\` above has its day already`;
      const related = [{ path: checking.source.path, range: before.range, message: "the first one" }];
      const hint = "of two holidays on one day the first counts: put the special one above";
      report(checking, "warning", "S461", line.range, message, { hint, related });
    }
    for (const { date, everyYear } of days) {
      take(line.yearly ? everyYear : date, { name: nameOf(line), range: line.range });
    }
  }
}

/** The days of a list of the directory. */
function listed(checking: Checking, { list }: HolidaysLine): readonly Holiday[] {
  const { holidays } = checking.directory;
  if (Object.hasOwn(holidays, list.text)) return holidays[list.text] ?? [];
  unknownThing(checking, "list of holidays", list, list.text, Object.keys(holidays));
  return [];
}

const nameOf = ({ name }: HolidayLine): string => name.parts.filter((part) => typeof part === "string").join("");

/** The days of a holiday, at most a year of them; months are taken as 31 days long, which adds days that nothing else names. */
function datesOf({ from, to }: HolidayLine): { date: string; everyYear: string }[] {
  const dates: { date: string; everyYear: string }[] = [];
  let { year, month, day } = from;
  for (const last = to ?? from; dates.length < 12 * 31; day++) {
    if (day > 31) [month, day] = [month + 1, 1];
    if (month > 12) [year, month] = [year + 1, 1];
    const ofYear = `${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    dates.push({ date: `${year}-${ofYear}`, everyYear: ofYear });
    if (month === last.month && day === last.day) break;
  }
  return dates;
}
