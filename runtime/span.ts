import type { Millis } from "./events.ts";
import { instantIn, type WallTime, wallIn, type Zone } from "./zone.ts";

export interface Span {
  from: Millis;
  to: Millis;
}

/** As people say it, by the clocks of the site: `2026-11-30`, or `2026-11-30T08:00`. */
export interface SaidSpan {
  from?: string;
  to?: string;
}

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?$/;

/** From midnight up to now where nothing is said; a `to` that is a day is all of that day. Nothing of what is to come is in it. */
export function spanIn(zone: Zone, now: Millis, { from, to }: SaidSpan): Span | { error: string } {
  const said = { from: from === undefined ? undefined : read(from), to: to === undefined ? undefined : read(to) };
  for (const end of ["from", "to"] as const)
    if (said[end] === null)
      return { error: `\`${end}\` is no time: write 2026-11-30 or 2026-11-30T08:00, by the clocks of the site` };
  const begins = instantIn(zone, said.from?.wall ?? { ...wallIn(zone, now), minutes: 0 });
  const ends = said.to
    ? instantIn(zone, said.to.isDay ? { ...said.to.wall, day: said.to.wall.day + 1 } : said.to.wall)
    : now;
  if (begins > ends || begins > now) return { error: "the span ends before it begins, or begins in the future" };
  return { from: begins, to: Math.min(now, ends) };
}

function read(text: string): { wall: WallTime; isDay: boolean } | null {
  const [, year = "", month = "", day = "", hours, minutes] = WRITTEN.exec(text) ?? [];
  const wall = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    minutes: Number(hours ?? 0) * 60 + Number(minutes ?? 0),
  };
  // The 31st of a month that has 30 days is nobody's day.
  const isDate = new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).toISOString().startsWith(text.slice(0, 10));
  const isTime = Number(hours ?? 0) < 24 && Number(minutes ?? 0) < 60;
  return year !== "" && isDate && isTime ? { wall, isDay: hours === undefined } : null;
}
