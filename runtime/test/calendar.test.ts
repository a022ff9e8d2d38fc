import { describe, expect, it } from "vitest";
import type { Calendar as CalendarText, CalendarDate, HolidayLine, OpenLine, Weekday } from "../../language/index.ts";
import { calendarOf, nextClosing, nextOpening, stateAt } from "../calendar.ts";
import { instantIn } from "../zone.ts";
import { zoneBetween } from "../zone-data.ts";

const range = { start: 0, end: 0 };
const madrid = zoneBetween("Europe/Madrid", Date.UTC(2025, 0, 1), Date.UTC(2028, 0, 1));

function hours(text: string) {
  return text.split(", ").map((part) => {
    const [from = 0, to = 0] = part.split("..").map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
    const time = (minutes: number) => ({ kind: "time" as const, range, minutes });
    return { kind: "hours" as const, range, from: time(from), to: time(to) };
  });
}

function open(from: Weekday, to: Weekday, text: string): OpenLine {
  return { kind: "open", range, days: [{ range, from, to }], hours: hours(text) };
}

function holiday(
  first: string,
  name: string,
  more: { last?: string; yearly?: boolean; hours?: string } = {},
): HolidayLine {
  return {
    kind: "holiday",
    range,
    from: date(first),
    ...(more.last && { to: date(more.last) }),
    yearly: more.yearly ?? false,
    name: { kind: "text", range, parts: [name] },
    hours: more.hours ? hours(more.hours) : [],
  };
}

function date(text: string): CalendarDate {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  return { kind: "date", range, year, month, day };
}

function calendar(lines: CalendarText["lines"]) {
  const name = { kind: "name" as const, range, text: "office" };
  const site = { name: "house", zone: "Europe/Madrid", country: "ES", languages: [] };
  const holidays = { spain: [{ date: "2027-01-06", name: "epiphany" }] };
  return calendarOf({ kind: "calendar", range, name, lines }, { site, holidays });
}

/** `2026-11-23 10:00` on the clocks of Madrid. */
function at(text: string): number {
  const [day = "", time = ""] = text.split(" ");
  const { year, month, day: nth } = date(day);
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return instantIn(madrid, { year, month, day: nth, minutes });
}

function shown(moment: number | undefined): string | undefined {
  if (moment === undefined) return undefined;
  return new Date(moment).toLocaleString("sv-SE", {
    timeZone: "Europe/Madrid",
    dateStyle: "short",
    timeStyle: "short",
  });
}

const office = calendar([
  open("mon", "thu", "09:00..14:00, 15:00..18:00"),
  open("fri", "fri", "09:00..14:00"),
  holiday("2025-12-25", "christmas", { yearly: true }),
  holiday("2026-12-24", "christmas eve", { hours: "09:00..13:00" }),
  holiday("2026-08-03", "summer", { last: "2026-08-14" }),
  { kind: "holidays", range, list: { kind: "name", range, text: "spain" } },
]);
const night = calendar([open("fri", "sat", "22:00..06:00"), holiday("2026-11-28", "local feast")]);
const always = calendar([open("mon", "sun", "00:00..00:00")]);
const shop = calendar([open("sat", "mon", "01:00..04:00")]);

describe("opening hours", () => {
  it.each([
    [office, "2026-11-23 09:00", "open", "the first minute"],
    [office, "2026-11-23 08:59", "closed", "the minute before"],
    [office, "2026-11-23 14:00", "closed", "the end is no longer in it"],
    [office, "2026-11-23 15:00", "open", "the second range"],
    [office, "2026-11-27 16:00", "closed", "a Friday of its own"],
    [office, "2026-11-28 10:00", "closed", "a Saturday"],
    [office, "2027-12-25 10:00", "holiday christmas", "every year"],
    [office, "2026-12-24 12:59", "open", "the hours of a holiday"],
    [office, "2026-12-24 15:00", "holiday christmas eve", "after them"],
    [office, "2026-08-14 10:00", "holiday summer", "the last of several days"],
    [office, "2026-08-17 10:00", "open", "the day after"],
    [office, "2027-01-06 10:00", "holiday epiphany", "a list of the directory"],
    [night, "2026-11-28 02:00", "open", "a range past midnight, over a holiday that begins in it"],
    [night, "2026-11-28 22:30", "holiday local feast", "no range begins on a holiday"],
    [night, "2026-11-29 02:00", "closed", "nor goes on after it"],
    [night, "2026-12-06 05:59", "open", "the morning after Saturday"],
    [always, "2026-11-29 00:00", "open", "midnight of a day without end"],
  ])("%#: at %s", (one, text, wanted) => {
    const state = stateAt(one, madrid, at(text));
    expect(state.is === "holiday" ? `holiday ${state.name}` : state.is).toBe(wanted);
  });

  it.each([
    [office, "2026-11-23 08:00", "2026-11-23 09:00", "2026-11-23 14:00", "before"],
    [office, "2026-11-23 10:00", "2026-11-23 15:00", "2026-11-23 14:00", "within"],
    [office, "2026-11-27 14:00", "2026-11-30 09:00", "2026-11-30 14:00", "over the weekend"],
    [office, "2026-08-01 12:00", "2026-08-17 09:00", "2026-08-17 14:00", "over the holidays"],
    [night, "2026-11-27 23:00", "2026-12-04 22:00", "2026-11-28 06:00", "over a feast"],
    [always, "2026-11-27 23:00", undefined, undefined, "ranges that touch are one, without end"],
    [calendar([]), "2026-11-27 23:00", undefined, undefined, "never open"],
  ])("%#: from %s the next opening and closing", (one, text, opening, closing, _why) => {
    expect(shown(nextOpening(one, madrid, at(text)))).toBe(opening);
    expect(shown(nextClosing(one, madrid, at(text)))).toBe(closing);
  });

  it("goes over the changes of the clocks by local time", () => {
    // Summer time: 02:00 is 03:00. Clocks back: 03:00 is 02:00 again, and what comes twice counts once.
    expect(shown(nextClosing(shop, madrid, at("2026-03-29 01:30")))).toBe("2026-03-29 04:00");
    expect(nextClosing(shop, madrid, at("2026-03-29 01:30"))).toBe(Date.UTC(2026, 2, 29, 2));
    expect(nextClosing(shop, madrid, at("2026-10-25 01:30"))).toBe(Date.UTC(2026, 9, 25, 3));
    const half = calendar([open("sun", "sun", "02:30..05:00")]);
    expect(nextOpening(half, madrid, at("2026-03-28 12:00"))).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(nextOpening(half, madrid, at("2026-10-24 12:00"))).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});
