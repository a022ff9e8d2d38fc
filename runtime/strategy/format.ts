import { type Value, durationMs } from "../values.ts";

const DAY = 86_400_000;
const UNITS: [string, number][] = [
  ["d", DAY],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];

/** A value as it stands in a text; undefined for `missing` and for records, which have no words. */
export function asText(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(Math.round(value * 1e6) / 1e6);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return undefined;
  switch (value.is) {
    case "phone":
      return value.number;
    case "word":
      return value.word;
    case "thing":
      return value.name;
    case "time":
      return clockTime(value.minutes);
    case "date":
      return `${value.year}-${two(value.month)}-${two(value.day)}`;
    case "moment":
      return isoTime(value.at);
    case "percent":
      return `${value.value}%`;
    case "list":
      return value.items.map((item) => asText(item) ?? "").join(", ");
    case "record":
      return undefined;
    default:
      return formatDuration(durationMs(value) ?? 0);
  }
}

/** As the language writes it: `1m30s`, `never`. */
export function formatDuration(ms: number): string {
  if (ms === Infinity) return "never";
  let rest = Math.abs(Math.round(ms));
  let text = ms < 0 ? "-" : "";
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return rest === 0 && (text === "" || text === "-") ? "0s" : text;
}

/** `2026-11-20T10:00:00.123Z`. Reckoned here because the language's Date is banned from what must not read a clock. */
export function isoTime(at: number): string {
  const days = Math.floor(at / DAY);
  const ms = at - days * DAY;
  // Civil calendar from a day number, years beginning in March.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const day = shifted - era * 146_097;
  const year = Math.floor((day - Math.floor(day / 1_460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365);
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const civilMonth = month < 10 ? month + 3 : month - 9;
  const civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0);
  const seconds = Math.floor(ms / 1000);
  const time = `${clockTime(Math.floor(seconds / 60))}:${two(seconds % 60)}.${String(Math.floor(ms % 1000)).padStart(3, "0")}`;
  return `${String(civilYear).padStart(4, "0")}-${two(civilMonth)}-${two(date)}T${time}Z`;
}

function clockTime(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
