import { expect, it } from "vitest";
import { instantIn, offsetIn, wallIn } from "../zone.ts";
import { zoneBetween, zonesFor } from "../zone-data.ts";

const cases: [zone: string, date: [number, number, number], minutes: number, utc: string, why: string][] = [
  ["Europe/Madrid", [2026, 11, 23], 600, "2026-11-23T09:00:00.000Z", "winter time"],
  ["Europe/Madrid", [2026, 7, 1], 600, "2026-07-01T08:00:00.000Z", "summer time"],
  ["Europe/Madrid", [2026, 3, 29], 150, "2026-03-29T01:30:00.000Z", "a time left out moves forward, to 03:30"],
  ["Europe/Madrid", [2026, 3, 29], 119, "2026-03-29T00:59:00.000Z", "the last minute before summer time"],
  ["Europe/Madrid", [2026, 3, 29], 180, "2026-03-29T01:00:00.000Z", "the first minute of summer time"],
  ["Europe/Madrid", [2026, 10, 25], 150, "2026-10-25T00:30:00.000Z", "of a time that comes twice, the first"],
  ["Europe/Madrid", [2026, 10, 25], 180, "2026-10-25T02:00:00.000Z", "after it"],
  ["America/New_York", [2026, 3, 8], 150, "2026-03-08T07:30:00.000Z", "left out, west of Greenwich"],
  ["America/New_York", [2026, 11, 1], 90, "2026-11-01T05:30:00.000Z", "twice, west of Greenwich"],
  ["Australia/Lord_Howe", [2026, 10, 4], 135, "2026-10-03T15:45:00.000Z", "half an hour left out"],
  ["Asia/Kathmandu", [2026, 1, 1], 0, "2025-12-31T18:15:00.000Z", "a quarter of an hour"],
  ["Pacific/Apia", [2026, 12, 31], 1439, "2026-12-31T10:59:00.000Z", "far east"],
  ["UTC", [2024, 2, 29], 720, "2024-02-29T12:00:00.000Z", "a leap day"],
];

it.each(cases)("%s %j at minute %i is %s (%s)", (zone, [year, month, day], minutes, utc) => {
  const known = zoneBetween(zone, Date.UTC(year - 1, 0, 1), Date.UTC(year + 1, 11, 31));
  expect(new Date(instantIn(known, { year, month, day, minutes })).toISOString()).toBe(utc);
});

it("shows the wall clock of an instant, across both changes of the clocks", () => {
  const zone = zoneBetween("Europe/Madrid", Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31));
  const shown = (utc: string) => wallIn(zone, Date.parse(utc));
  expect(shown("2026-03-29T00:59:59Z")).toEqual({ year: 2026, month: 3, day: 29, minutes: 119 });
  expect(shown("2026-03-29T01:00:00Z")).toEqual({ year: 2026, month: 3, day: 29, minutes: 180 });
  expect(shown("2026-12-31T23:30:00Z")).toEqual({ year: 2027, month: 1, day: 1, minutes: 30 });
});

it("keeps every change of the clocks as data, exact to the second", () => {
  const zone = zoneBetween("Europe/Madrid", Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
  expect(zone).toEqual({
    name: "Europe/Madrid",
    offset: 3_600_000,
    shifts: [
      { at: Date.UTC(2026, 2, 29, 1), offset: 7_200_000 },
      { at: Date.UTC(2026, 9, 25, 1), offset: 3_600_000 },
    ],
  });
  expect(offsetIn(zone, Date.UTC(2040, 6, 1))).toBe(3_600_000);
});

it("knows ten years ahead, and each zone once", () => {
  const zones = zonesFor(["UTC", "Europe/Madrid", "UTC"], Date.UTC(2026, 10, 29));
  expect(Object.keys(zones)).toEqual(["UTC", "Europe/Madrid"]);
  expect(zones["UTC"]?.shifts).toEqual([]);
  expect(zones["Europe/Madrid"]?.shifts.length).toBeGreaterThanOrEqual(22);
});
