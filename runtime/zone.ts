/** A wall-clock time somewhere: month from 1, minutes after midnight. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  minutes: number;
}

/**
 * How clocks of one zone are set, as plain data: an engine must compute the same on every machine, and machines carry
 * different time-zone data. Made in one place (zone-data.ts) and kept in the journal. Instants are milliseconds since 1970 UTC.
 */
export interface Zone {
  /** IANA name. */
  name: string;
  /** Milliseconds ahead of UTC before the first shift. */
  offset: number;
  /** From `at` on clocks are `offset` ahead, in order of time. Behind the last one nothing changes any more. */
  shifts: { at: number; offset: number }[];
}

/** By IANA name. */
export type Zones = Record<string, Zone>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * The instant at which clocks in `zone` show `wall`; a day past the end of its month counts on. A time that the change to summer
 * time leaves out moves forward by the hour left out; of a time that comes twice, the first.
 */
export function instantIn(zone: Zone, wall: WallTime): number {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day) + wall.minutes * MINUTE_MS;
  const before = offsetIn(zone, asUtc - DAY_MS);
  const after = offsetIn(zone, asUtc + DAY_MS);
  for (const offset of before > after ? [before, after] : [after, before]) {
    if (offsetIn(zone, asUtc - offset) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

/** What clocks in `zone` show at an instant. */
export function wallIn(zone: Zone, at: number): WallTime {
  const shown = new Date(at + offsetIn(zone, at));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

/** Milliseconds that clocks in `zone` are ahead of UTC at an instant. */
export function offsetIn({ offset, shifts }: Zone, at: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return shifts[low - 1]?.offset ?? offset;
}
