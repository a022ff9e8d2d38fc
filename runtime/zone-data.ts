import type { Millis } from "./events.ts";
import type { Zone, Zones } from "./zone.ts";

/*
 * The only place that asks the machine for its time-zone data. Whoever makes an engine calls this and hands the zones in; from
 * then on they are inputs like every other.
 */

const DAY_MS = 86_400_000;
const PAST_DAYS = 2 * 366;
const FUTURE_DAYS = 10 * 366;

/** Zones by IANA name for an engine that begins at `now`: two years back, for stated clocks and old calls, and ten ahead. */
export function zonesFor(names: Iterable<string>, now: Millis): Zones {
  const from = now - PAST_DAYS * DAY_MS;
  const to = now + FUTURE_DAYS * DAY_MS;
  return Object.fromEntries([...new Set(names)].map((name) => [name, zoneBetween(name, from, to)]));
}

/** Every change of the clocks between two instants. The name must be one that the machine knows: the checker sees to that. */
export function zoneBetween(name: string, from: Millis, to: Millis): Zone {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", ...fields });
  const zone: Zone = { name, offset: offsetOf(format, from), shifts: [] };
  let before = zone.offset;
  // No zone has changed its clocks twice within five days.
  for (let at = from; at < to; at += 5 * DAY_MS) {
    const offset = offsetOf(format, at + 5 * DAY_MS);
    if (offset === before) continue;
    zone.shifts.push({ at: shiftBetween(format, at, at + 5 * DAY_MS, before), offset });
    before = offset;
  }
  return zone;
}

const numeric = "numeric" as const;
const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric };

/** The first whole second at which the offset is no longer `before`. */
function shiftBetween(format: Intl.DateTimeFormat, from: Millis, to: Millis, before: number): Millis {
  let low = Math.floor(from / 1000);
  let high = Math.ceil(to / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetOf(format, middle * 1000) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

function offsetOf(format: Intl.DateTimeFormat, at: Millis): number {
  const field: Record<string, number> = {};
  for (const part of format.formatToParts(at)) field[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}
