import type { CalendarDate, Calendar as CalendarText, Directory, Hours } from "../language/index.ts";
import type { Millis } from "./events.ts";
import { instantIn, wallIn, type Zone } from "./zone.ts";

/*
 * Opening hours. Rules are local time; a range belongs to the day on which it begins, so that a night shift which began before a
 * holiday ends when it always ends.
 */

/** A calendar as data, its holiday lists written out. */
export interface Calendar {
  name: string;
  /** IANA name; whoever asks hands the zone itself in. */
  zone: string;
  /** Spans by day of the week, Sunday first. */
  week: Span[][];
  holidays: Holiday[];
}

/** Minutes after midnight; `to` is past 24:00 where a range passes midnight. */
export interface Span {
  from: number;
  to: number;
}

export interface Day {
  year: number;
  month: number;
  day: number;
}

export interface Holiday {
  name: string;
  first: Day;
  last: Day;
  /** On the same days of every year; the years say nothing then. */
  yearly: boolean;
  /** Opening hours of these days; closed where there are none. */
  spans: Span[];
}

export type OpeningState = { is: "open" } | { is: "closed" } | { is: "holiday"; name: string; date: Day };

/** Opens and closes again between these two instants. */
export interface Opening {
  opens: Millis;
  closes: Millis;
}

/** How far ahead an opening is looked for; a calendar that stays closed longer never opens. */
const SEARCH_DAYS = 400;
const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** From the text. `lists` are the holiday lists of the directory, by name. */
export function calendarOf(
  { name, zone, lines }: CalendarText,
  directory: Pick<Directory, "site" | "holidays">,
): Calendar {
  const named = zone?.parts[0];
  const calendar: Calendar = {
    name: name.text,
    zone: typeof named === "string" ? named : directory.site.zone,
    week: weekdays.map(() => []),
    holidays: [],
  };
  for (const line of lines) {
    if (line.kind === "open") {
      for (const { from, to } of line.days) {
        for (const day of daysBetween(from, to)) calendar.week[day]?.push(...line.hours.map(spanOf));
      }
    } else if (line.kind === "holiday") {
      const [text] = line.name.parts;
      calendar.holidays.push({
        name: typeof text === "string" ? text : "",
        first: dayOf(line.from),
        last: dayOf(line.to ?? line.from),
        yearly: line.yearly,
        spans: line.hours.map(spanOf),
      });
    } else if (line.kind === "holidays")
      calendar.holidays.push(...(directory.holidays[line.list.text] ?? []).map(listed));
  }
  return calendar;
}

function listed({ date, name }: { date: string; name: string }): Holiday {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return { name, first: { year, month, day }, last: { year, month, day }, yearly: false, spans: [] };
}

/** What `match office.now` asks for: a holiday with hours of its own is open within them. */
export function stateAt(calendar: Calendar, zone: Zone, at: Millis): OpeningState {
  if (isOpen(calendar, zone, at)) return { is: "open" };
  const { year, month, day } = wallIn(zone, at);
  const holiday = holidayOn(calendar, { year, month, day });
  return holiday ? { is: "holiday", name: holiday.name, date: { year, month, day } } : { is: "closed" };
}

export function isOpen(calendar: Calendar, zone: Zone, at: Millis): boolean {
  return openingAt(calendar, zone, at) !== undefined;
}

/** The moment at which it opens next, after now; undefined where it never does. */
export function nextOpening(calendar: Calendar, zone: Zone, at: Millis): Millis | undefined {
  return openingsFrom(calendar, zone, at).find(({ opens }) => opens > at)?.opens;
}

/** The end of the opening under way, else of the next one; undefined where it never closes or never opens. */
export function nextClosing(calendar: Calendar, zone: Zone, at: Millis): Millis | undefined {
  const closes = openingsFrom(calendar, zone, at).at(0)?.closes;
  return closes === undefined || closes > at + (SEARCH_DAYS - 1) * DAY_MS ? undefined : closes;
}

function openingAt(calendar: Calendar, zone: Zone, at: Millis): Opening | undefined {
  return [...spansOn(calendar, zone, at, -1), ...spansOn(calendar, zone, at, 0)].find(
    (one) => one.opens <= at && at < one.closes,
  );
}

/** The openings that end after `at`, those that touch joined, up to the second one that begins after it. */
function openingsFrom(calendar: Calendar, zone: Zone, at: Millis): Opening[] {
  const found: Opening[] = [];
  for (let days = -1; days <= SEARCH_DAYS; days++) {
    for (const span of spansOn(calendar, zone, at, days)) {
      const last = found.at(-1);
      if (last && span.opens <= last.closes) last.closes = Math.max(last.closes, span.closes);
      else if (span.closes > at) found.push(span);
    }
    if (found.length > 2) break;
  }
  return found;
}

/** The spans that begin on the local day `days` after that of `at`, in order of time. */
function spansOn(calendar: Calendar, zone: Zone, at: Millis, days: number): Opening[] {
  const today = wallIn(zone, at);
  // Counted in UTC, where every day has 24 hours.
  const shown = new Date(Date.UTC(today.year, today.month - 1, today.day) + days * DAY_MS);
  const day = { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
  const spans = holidayOn(calendar, day)?.spans ?? calendar.week[shown.getUTCDay()] ?? [];
  return spans
    .map(({ from, to }) => ({
      opens: instantIn(zone, { ...day, minutes: from }),
      closes: instantIn(zone, { ...day, minutes: to }),
    }))
    .toSorted((a, b) => a.opens - b.opens);
}

/** The first one in the text wins. */
function holidayOn(calendar: Calendar, day: Day): Holiday | undefined {
  return calendar.holidays.find((holiday) => {
    if (!holiday.yearly) return order(holiday.first) <= order(day) && order(day) <= order(holiday.last);
    const [first, last, now] = [holiday.first, holiday.last, day].map((one) => one.month * 100 + one.day);
    if (first === undefined || last === undefined || now === undefined) return false;
    return first <= last ? first <= now && now <= last : first <= now || now <= last;
  });
}

function order({ year, month, day }: Day): number {
  return (year * 100 + month) * 100 + day;
}

function dayOf({ year, month, day }: CalendarDate): Day {
  return { year, month, day };
}

function spanOf({ from, to }: Hours): Span {
  return { from: from.minutes, to: to.minutes > from.minutes ? to.minutes : to.minutes + DAY_MINUTES };
}

/** `fri..mon` goes over the end of the week. */
function daysBetween(from: string, to: string): number[] {
  const first = weekdays.findIndex((day) => day === from);
  const count = (weekdays.findIndex((day) => day === to) - first + 7) % 7;
  return Array.from({ length: count + 1 }, (_, nth) => (first + nth) % 7);
}
