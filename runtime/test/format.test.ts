import { expect, test } from "vitest";
import { asText, formatDuration, isoTime } from "../strategy/format.ts";
import type { Value } from "../values.ts";

test.each<[Value, string | undefined]>([
  ["a text", "a text"],
  [3, "3"],
  [0.1 + 0.2, "0.3"],
  [true, "yes"],
  [false, "no"],
  [null, undefined],
  [{ is: "duration", ms: 90_000 }, "1m30s"],
  [{ is: "duration", ms: 0 }, "0s"],
  [{ is: "duration", ms: -1500 }, "-1s500ms"],
  [{ is: "duration", ms: 90_061_001 }, "1d1h1m1s1ms"],
  [{ is: "never" }, "never"],
  [{ is: "word", word: "ready" }, "ready"],
  [{ is: "thing", noun: "group", name: "Sales" }, "Sales"],
  [{ is: "time", minutes: 545 }, "09:05"],
  [{ is: "date", year: 2026, month: 2, day: 3 }, "2026-02-03"],
  [{ is: "percent", value: 20 }, "20%"],
  [{ is: "moment", at: 0 }, "1970-01-01T00:00:00.000Z"],
  [{ is: "list", items: ["a", 2] }, "a, 2"],
  [{ is: "record", fields: {} }, undefined],
])("%j in a text", (value, text) => {
  expect(asText(value)).toBe(text);
});

test("instants as the platform writes them", () => {
  for (const at of [
    0, 1, 951_782_400_000, 1_709_164_799_999, 1_735_689_599_999, 4_107_542_399_000, -1, -62_135_596_800_000,
  ]) {
    expect(isoTime(at)).toBe(new Date(at).toISOString());
  }
});

test("a duration that is nothing", () => {
  expect(formatDuration(0)).toBe("0s");
});
