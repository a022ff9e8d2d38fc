import type { Millis } from "./events.ts";

/** A wall-clock time somewhere: month from 1, minutes after midnight. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  minutes: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant at which clocks in `zone` (an IANA name) show `wall`. A time that the change to summer time leaves out
 * moves forward by the hour left out; of a time that comes twice, the first.
 */
export function instantIn(zone: string, wall: WallTime): Millis {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minutes * MINUTE_MS;
  const before = offsetIn(zone, asUtc - DAY_MS);
  const after = offsetIn(zone, asUtc + DAY_MS);
  for (const offset of before > after ? [before, after] : [after, before]) {
    if (offsetIn(zone, asUtc - offset) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

/** Milliseconds that clocks in `zone` are ahead of UTC at an instant. */
export function offsetIn(zone: string, at: Millis): number {
  const field: Record<string, number> = {};
  for (const part of formatFor(zone).formatToParts(at)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const numeric = "numeric" as const;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  });
  formats.set(zone, format);
  return format;
}
