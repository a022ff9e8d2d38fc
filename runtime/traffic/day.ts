import {
  type Agent,
  type CheckedProgram,
  type Device,
  type Directory,
  type Group,
  groupsBySkill,
  listing,
} from "../../language/index.ts";
import type { Drive } from "../core.ts";
import { createEngine, type Engine, type RestoreOptions } from "../engine.ts";
import type { Millis } from "../events.ts";
import type { Watcher } from "../ports.ts";
import { loadProgram } from "../strategy/load.ts";
import { draw } from "../random.ts";
import { instantIn, wallIn } from "../zone.ts";
import { zoneBetween } from "../zone-data.ts";
import { callersOf, type RecordedCall } from "./arrivals.ts";
import { play, type Shift } from "./crowd.ts";
import type { Staff, TrafficPlan } from "./plan.ts";
import { Counting, type DayTally } from "./tally.ts";

export interface DayOptions {
  checked: CheckedProgram;
  plan: TrafficPlan;
  /** Which replication: each has seeds of its own. From 1. */
  replication: number;
  /** The number that is dialled where the plan does not say. */
  to: string;
  /** Any instant of the day that is played. */
  date: Millis;
  promptMs: (name: string, language: string) => Millis | undefined;
  recorded?: Record<string, RecordedCall[]>;
  /** Shown every record of the day, in order. */
  watch?: Watcher;
  /** How recipes are run, and what stands before the engine; with `making` another one is made from its snapshot. */
  drive?: Drive;
  engine?(engine: Engine, making: RestoreOptions): Engine;
  /** How far the day has come, from 0 to 1; `false` ends it. */
  onProgress?: (share: number) => boolean;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
const PIECE_MS = 15 * MINUTE_MS;
/** After the last call has come, those who still wait are served for so long. */
const CLOSING_MS = 12 * 3_600_000;
/** The work after a call lasts as long as was drawn, never as long as the directory says. */
const UNTIL_READIED = DAY_MS;

/** One day of traffic on the live engine. The same options give the same tally. */
export function playDay(options: DayOptions): DayTally & { events: number; endedAt: Millis } {
  const { checked, plan, replication, date } = options;
  const seed = draw(plan.seed, "replication", replication);
  const midnight = midnightOf(date, checked.directory.site.zone);
  const people = plan.staff.flatMap(peopleOf);
  const directory = directoryWith(checked.directory, people);
  const startedAt = midnight + plan.from * MINUTE_MS;
  const closesAt = midnight + plan.to * MINUTE_MS;
  const counting = new Counting({ startedAt, pieceMs: PIECE_MS, within: plan.goal?.within ?? 0 });
  const callers = callersOf(
    plan.arrivals,
    { midnight, ...plan },
    { seed, to: options.to, recorded: options.recorded ?? {} },
  );
  const program = loadProgram({ ...checked, directory });
  const engine = createEngine({ program, now: startedAt, seed, drive: options.drive });
  const { endedAt, events } = play({
    engine: options.engine?.(engine, { library: new Map([[program.hash, program]]) }) ?? engine,
    plan,
    callers,
    shifts: people.map((one) => shiftOf(one, midnight, startedAt)),
    seed,
    promptMs: options.promptMs,
    until: closesAt + CLOSING_MS,
    watch: (record) => {
      counting.see(record);
      options.watch?.(record);
    },
    onDefect: (defect) => counting.tally.defects.push(String(defect)),
    onTime: (at) => options.onProgress?.(Math.min(1, (at - startedAt) / (closesAt - startedAt))) ?? true,
  });
  return { ...counting.close(endedAt), events, endedAt };
}

function midnightOf(date: Millis, zone: string): Millis {
  const known = zoneBetween(zone, date - 400 * DAY_MS, date + 400 * DAY_MS);
  return instantIn(known, { ...wallIn(known, date), minutes: 0 });
}

interface Person {
  agent: Agent;
  device: Device;
  staff: Staff;
}

function peopleOf(staff: Staff, line: number): Person[] {
  return Array.from({ length: staff.count }, (_, nth) => {
    const id = `staff${line + 1}.${nth + 1}`;
    const { skills, kind } = staff;
    const own = { autoLogin: false, wrapUpMs: UNTIL_READIED, capacity: 1, noAnswer: {}, supervisor: false };
    const agent = { id, name: id, device: id, kind, skills, ...own };
    return { agent, device: { id, user: id, trunk: "traffic", noAnswer: {}, autoAnswer: true }, staff };
  });
}

/** The people of the plan in place of those of the directory, behind a trunk, so that no phone has to register. */
function directoryWith(directory: Directory, people: Person[]): Directory {
  const members = (group: Group) =>
    people
      .filter(({ staff }) => group.name === "Everyone" || staff.groups.includes(group.name))
      .map(({ agent }) => agent.id);
  const agents = Object.fromEntries(people.map(({ agent }) => [agent.id, agent]));
  const groups = Object.fromEntries(
    Object.entries(directory.groups).map(([name, group]) => [name, listing(group, members(group))]),
  );
  return {
    ...directory,
    agents,
    devices: { ...directory.devices, ...Object.fromEntries(people.map(({ device }) => [device.id, device])) },
    groups: groupsBySkill({ ...directory, agents, groups }),
  };
}

function shiftOf({ agent, staff }: Person, midnight: Millis, startedAt: Millis): Shift {
  if (!staff.between) return { agent: agent.id, from: startedAt };
  const { from, to } = staff.between;
  const until = to > from ? to : to + DAY_MINUTES;
  return { agent: agent.id, from: midnight + from * MINUTE_MS, to: midnight + until * MINUTE_MS };
}
