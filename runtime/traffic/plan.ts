import type { StaffLine, TimingLine, Traffic, TrafficLine } from "../../language/index.ts";
import type { Millis } from "../events.ts";
import { botAct } from "../simulation/bots.ts";
import { type HostAct, hostAct } from "../simulation/hosts.ts";
import { type Presses, pressesIn } from "../simulation/keys.ts";
import { plainText } from "../simulation/literal.ts";
import type { BotAct } from "../simulation/acts.ts";
import type { Law } from "./laws.ts";

/** A `traffic` block as plain data, with everything filled in that it leaves out. */
export interface TrafficPlan {
  name: string;
  strategy: string;
  /** Minutes after midnight of the first day; `to` is past 24:00 where it ends on the next. */
  from: number;
  to: number;
  seed: number;
  replications: number;
  arrivals: Arrivals[];
  talk: Law;
  wrapUp: Law;
  /** Without it nobody gives up waiting. */
  patience?: Law;
  /** Share of the offers that nobody answers, from 0 to 1. */
  noAnswer: number;
  staff: Staff[];
  hosts: HostAct[];
  bots: Record<string, BotAct>;
  /** The share of calls, from 0 to 1, that is to be answered within so long. */
  goal?: { share: number; within: Millis };
}

/** Calls by chance, at rates that follow one another and then begin again; or as recorded in a file. */
export type Arrivals = ({ perHour: number[]; each: Millis } | { file: string }) & { to?: string; presses?: Presses[] };

/** Agents who are all alike. */
export interface Staff {
  count: number;
  skills: Record<string, number>;
  groups: string[];
  kind: "agent" | "worker";
  /** Minutes after midnight; all the time without. */
  between?: { from: number; to: number };
}

/** Files that a block names, by the name it has for them: numbers of seconds, or calls. Whoever runs it reads them. */
export function filesOf({ lines }: Traffic): string[] {
  return lines.flatMap((line) =>
    (line.kind === "calls" || line.kind === "timing") && line.from ? plainText(line.from) : [],
  );
}

type Of<K extends TrafficLine["kind"]> = Extract<TrafficLine, { kind: K }>;

const DAY_MINUTES = 1440;
const HOUR_MS = 3_600_000;
const USUAL_TALK: Law = { is: "lognormal", mean: 180_000, sd: 180_000 };
const NONE: Law = { is: "constant", mean: 0 };

/** `lengths` are what the files of `from` hold, in milliseconds, by name. */
export function planOf(traffic: Traffic, lengths: Record<string, number[]> = {}): TrafficPlan {
  const during = lineOf(traffic, "during")?.hours;
  const from = during?.from.minutes ?? 0;
  const to = during?.to.minutes ?? DAY_MINUTES;
  const goal = lineOf(traffic, "goal");
  const laws = new Map(linesOf(traffic, "timing").map((line) => [line.what, lawOf(line, lengths)]));
  return {
    name: plainText(traffic.name),
    strategy: plainText(traffic.strategy),
    from,
    to: to > from ? to : to + DAY_MINUTES,
    seed: lineOf(traffic, "seed")?.value.value ?? 1,
    replications: lineOf(traffic, "replications")?.value.value ?? 1,
    arrivals: linesOf(traffic, "calls").map(arrivalsOf),
    talk: laws.get("talk") ?? USUAL_TALK,
    wrapUp: laws.get("wrap_up") ?? NONE,
    patience: laws.get("patience"),
    noAnswer: (lineOf(traffic, "noAnswer")?.share.value ?? 0) / 100,
    staff: linesOf(traffic, "staff").map(staffOf),
    hosts: linesOf(traffic, "httpAct").map(hostAct),
    bots: Object.fromEntries(linesOf(traffic, "botAct").map((line) => [line.bot.text, botAct(line)])),
    ...(goal && { goal: { share: goal.share.value / 100, within: goal.within.ms } }),
  };
}

function arrivalsOf({ from, perHour, each, to, presses }: Of<"calls">): Arrivals {
  const where = { ...(to && { to: plainText(to) }), ...(presses.length > 0 && { presses: pressesIn(presses) }) };
  if (from) return { file: plainText(from), ...where };
  return { perHour: perHour.map((rate) => rate.value), each: each?.ms ?? HOUR_MS, ...where };
}

function lawOf({ law, mean, sd, shape, from }: TimingLine, lengths: Record<string, number[]>): Law {
  const ms = mean?.ms ?? 0;
  switch (law) {
    case "lognormal":
      return { is: law, mean: ms, sd: sd?.ms ?? ms };
    case "weibull":
      return { is: law, mean: ms, shape: shape?.value ?? 1 };
    case "empirical":
      return { is: law, lengths: (lengths[from ? plainText(from) : ""] ?? []).toSorted((a, b) => a - b) };
    default:
      return { is: law, mean: ms };
  }
}

function staffOf({ count, withSkills, withGroups, withKind, between }: StaffLine): Staff {
  return {
    count: count.value,
    skills: Object.fromEntries(withSkills.map(({ name, level }) => [name.text, level.value])),
    groups: withGroups.map(({ text }) => text),
    kind: withKind?.text === "worker" ? "worker" : "agent",
    ...(between && { between: { from: between.from.minutes, to: between.to.minutes } }),
  };
}

function linesOf<K extends TrafficLine["kind"]>({ lines }: Traffic, kind: K): Of<K>[] {
  return lines.filter((line): line is Of<K> => line.kind === kind);
}

function lineOf<K extends TrafficLine["kind"]>(traffic: Traffic, kind: K): Of<K> | undefined {
  return linesOf(traffic, kind).at(-1);
}
