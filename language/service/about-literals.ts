import type { AnyNode, CalendarDate } from "../ast.ts";

/** A duration, time of day, date or range of numbers in other words; undefined for all other nodes. */
export function aboutLiteral(node: AnyNode): string | undefined {
  switch (node.kind) {
    case "duration":
      return inWords(node.ms);
    case "date":
      return `${weekday(node)}, ${node.day} ${months[node.month - 1] ?? ""} ${node.year}`;
    case "never":
      return "longer than every duration; announced as unknown";
    case "span": {
      const count = countOf(node.from, node.to);
      return count === undefined ? undefined : `${count} numbers`;
    }
    case "prefix":
      return `every number that begins with ${node.text}`;
    default:
      return undefined;
  }
}

const months = "January February March April May June July August September October November December".split(" ");
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");

/** The day of the week, in full. */
export function weekday({ year, month, day }: CalendarDate): string {
  return days[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? "";
}

/** `1 minute 30 seconds`; the seconds in brackets where that is not what it says. */
export function inWords(ms: number): string {
  const parts = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
    [1, "millisecond"],
  ] as const;
  let rest = ms;
  const said: string[] = [];
  for (const [size, name] of parts) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) said.push(`${count} ${name}${count === 1 ? "" : "s"}`);
  }
  const words = said.join(" ") || "no time";
  return ms >= 60_000 && ms % 1000 === 0 ? `${words} (${ms / 1000} s)` : words;
}

/** How many numbers a range holds; undefined where it is none. */
export function countOf(from: string, to: string): number | undefined {
  const digits = /^\+?\d{1,15}$/;
  if (from.length !== to.length || !digits.test(from) || !digits.test(to)) return undefined;
  const count = Number(to.replace("+", "")) - Number(from.replace("+", "")) + 1;
  return count > 0 ? count : undefined;
}

/** `8m20s`, as one would write it. */
export function shortly(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : "")).join("") || "0s";
}
