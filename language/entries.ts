import type { EntryPattern, Strategy } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";
import { isOutward } from "./directory/routes.ts";
import { normalise } from "./phone.ts";

/** One pattern of an `entry` line, ready to compare: phones are normalised, a smaller `rank` wins. */
export interface Entrance {
  strategy: Strategy;
  pattern: EntryPattern;
  /** For a prefix both ends are its digits. */
  from: string;
  to: string;
  /** A single number is 0, a range its width, a prefix above all ranges and the smaller the longer it is. */
  rank: number;
}

type House = Pick<Directory, "defaults" | "site">;

const widest = Number.MAX_SAFE_INTEGER / 2;

/** What a pattern takes. Undefined for a range that is none. */
export function entranceOf(strategy: Strategy, pattern: EntryPattern, country: string): Entrance | undefined {
  if (pattern.kind === "prefix") {
    const head = pattern.text === "" ? "" : normalise(`${pattern.text}*`, country).replace(/\*$/, "");
    return { strategy, pattern, from: head, to: head, rank: widest + 100 - head.length };
  }
  if (pattern.kind === "single") {
    const number = normalise(pattern.text, country);
    return { strategy, pattern, from: number, to: number, rank: 0 };
  }
  const from = normalise(pattern.from, country);
  const to = normalise(pattern.to, country);
  if (!/^\+?\d{1,20}$/.test(from) || !/^\+?\d{1,20}$/.test(to) || from.length !== to.length || from > to)
    return undefined;
  const width = Number(BigInt(to.replace("+", "")) - BigInt(from.replace("+", ""))) + 1;
  return { strategy, pattern, from, to, rank: Math.min(width, widest) };
}

/** Whether the pattern takes this number, normalised or as dialled. */
export function takes(entrance: Entrance, number: string): boolean {
  if (entrance.pattern.kind === "prefix") return number.startsWith(entrance.from);
  return number.length === entrance.from.length && number >= entrance.from && number <= entrance.to;
}

/** All patterns of the strategies, those that win first. */
export function entrances(strategies: readonly Strategy[], country: string): Entrance[] {
  const all = strategies.flatMap((strategy) =>
    strategy.entries.flatMap((entry) => entry.patterns.map((pattern) => entranceOf(strategy, pattern, country))),
  );
  return all.filter((one) => one !== undefined).toSorted((a, b) => a.rank - b.rank);
}

/** The entrance that a call to this number comes in by: a number beats a range, a narrower range a wider, any range a prefix. */
export function entranceFor(number: string, from: readonly Entrance[], country: string): Entrance | undefined {
  const dialled = normalise(number, country);
  return from.find((entrance) => takes(entrance, dialled) || takes(entrance, number));
}

/** The same where it makes the number ours. */
export function ownEntrance(number: string, from: readonly Entrance[], directory: House): Entrance | undefined {
  const found = entranceFor(number, from, directory.site.country);
  return found && isOwn(found, number, directory) ? found : undefined;
}

/** Who takes heads of numbers (`"+34*"`) owns none that `outbound` leads outside, and who takes whatever is dialled (`"*"`) none at all. */
export function isOwn({ pattern, from }: Entrance, number: string, directory: House): boolean {
  return pattern.kind !== "prefix" || (from !== "" && !isOutward(number, directory));
}
