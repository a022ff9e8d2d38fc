import type { WallTime } from "../../runtime/index.ts";

/* When a run by hand begins: what the clocks of the site show, as a browser's field for date and time has it (`2026-12-24T17:59`). */

/** Of other years calendars and clocks know little. */
export const beginLimits = { min: "2000-01-01T00:00", max: "2099-12-31T23:59" } as const;

/** Undefined where it is no such time. */
export function wallOf(text: string): WallTime | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) || text < beginLimits.min || text > beginLimits.max) return undefined;
  const at = new Date(`${text}Z`);
  // A 30th of February would count on into March.
  if (Number.isNaN(at.getTime()) || !at.toISOString().startsWith(text)) return undefined;
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    minutes: at.getUTCHours() * 60 + at.getUTCMinutes(),
  };
}

/** What the clocks of a zone show at an instant, in the same form. */
export function wallText(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return format.format(at).replace(" ", "T");
}

/** The day of the week, in full. */
export function dayName(wall: string): string {
  return new Date(`${wall}Z`).toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "long" });
}
