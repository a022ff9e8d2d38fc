/* Reading of literals that carry a unit. All take the author's text as the lexer cut it. */

const unitMs: ReadonlyMap<string, number> = new Map([
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
]);

/** Milliseconds of `1m30s`; 0 where the text is none. */
export function durationMs(text: string): number {
  let ms = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([a-z]+)/g)) ms += Number(amount) * (unitMs.get(unit ?? "") ?? 0);
  return ms;
}

/** Minutes after midnight of `09:30`; undefined past 24:00. */
export function minutesOf(text: string): number | undefined {
  const hours = Number(text.slice(0, 2));
  const minutes = Number(text.slice(3, 5));
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

/** Year, month and day of `2026-12-24`; undefined where the calendar has no such day. */
export function dayOf(text: string): { year: number; month: number; day: number } | undefined {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days ? { year, month, day } : undefined;
}

const longUnits: ReadonlyMap<string, string> = new Map(
  [
    ["ms", "msec msecs millis milliseconds MS"],
    ["s", "S sec secs second seconds"],
    ["m", "M min mins minute minutes"],
    ["h", "H hr hrs hour hours"],
    ["d", "D day days"],
  ].flatMap(([unit = "", names = ""]) => names.split(" ").map((name) => [name, unit] as const)),
);

/** What an author who wrote `30sec`, `1m30`, `9:05` or `2026-1-5` meant, in our spelling, where that can be told. */
export function meantLiteral(text: string): string | undefined {
  const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (date) return `${date[1]}-${date[2]?.padStart(2, "0")}-${date[3]?.padStart(2, "0")}`;
  const time = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (time) return `${time[1]?.padStart(2, "0")}:${time[2]}`;
  const half = /^(\d+)m(\d{1,2})$/.exec(text);
  if (half) return `${half[1]}m${half[2]}s`;
  const fraction = /^(\d+)\.(\d)([hms]|min|sec)$/.exec(text);
  if (fraction) return fractionOf(Number(fraction[1]), Number(fraction[2]), (fraction[3] ?? "s").charAt(0));
  const share = /^(\d+(?:\.\d+)?) +%$/.exec(text);
  if (share) return `${share[1]}%`;
  const long = /^(\d+)([A-Za-z]+)$/.exec(text);
  const written = long?.[2] ?? "";
  const unit = unitMs.has(written) ? written : longUnits.get(written);
  return long && unit ? `${long[1]}${unit}` : undefined;
}

/** `1.5m` is `1m30s`: the tenths in the next smaller unit. */
function fractionOf(whole: number, tenths: number, unit: string): string {
  const smaller = unit === "h" ? `${tenths * 6}m` : unit === "m" ? `${tenths * 6}s` : `${tenths * 100}ms`;
  return whole === 0 ? smaller : `${whole}${unit}${smaller}`;
}
