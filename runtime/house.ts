import { type Counter, type Directory, type Flag, samePhone } from "../language/index.ts";
import { changed, type Core, record } from "./core.ts";
import type { CallId } from "./events.ts";
import { entry } from "./strategy/things.ts";
import { wallIn } from "./zone.ts";

/*
 * Switches and counters, which all calls share. The directory says which there are and how they begin; what people and calls made
 * of them since outlives a new directory.
 */

/** undefined: there is none of this name. */
export function flagOf(core: Core, name: string): boolean | undefined {
  const flag = entry(core.directory.flags, name);
  return flag && (entry(core.house.flags, name) ?? flag.default);
}

/** The switch that is turned over by dialling this number. */
export function flagAt({ directory: { flags, site } }: Core, number: string): Flag | undefined {
  return Object.values(flags).find(({ dial }) => dial !== undefined && samePhone(dial, number, site.country));
}

/** Whether the directory lets him: by his role, his name, or a group whose member he is named as. */
export function mayTurn(
  { agents, groups }: Directory,
  { who }: Flag,
  { person, isSupervisor }: { person?: string; isSupervisor: boolean },
): boolean {
  const its = entry(agents, person ?? "");
  return who.some((each) => {
    if (each.kind === "role") return each.role === "supervisor" ? isSupervisor : its?.kind === each.role;
    return each.kind === "agent"
      ? each.name === person
      : entry(groups, each.name)?.members.includes(person ?? "") === true;
  });
}

/** Somebody turns a switch. One that is not there, or stands so already, is left alone. */
export function setFlag(core: Core, name: string, on: boolean, by: string): void {
  const is = flagOf(core, name);
  if (is === undefined || is === on) return;
  core.house.flags[name] = on;
  changed(core, "house");
  record(core, { type: "flag.set", flag: name, on, by });
}

/** undefined: there is none of this name. */
export function counterOf(core: Core, name: string): number | undefined {
  const counter = entry(core.directory.counters, name);
  if (!counter) return undefined;
  const counted = entry(core.house.counters, name);
  return counted?.in === periodOf(core, counter.reset) ? counted.value : counter.start;
}

/** One that is not there is left alone. */
export function setCounter(core: Core, name: string, value: number, by: string): void {
  const counter = entry(core.directory.counters, name);
  if (!counter) return;
  core.house.counters[name] = { value, in: periodOf(core, counter.reset) };
  changed(core, "house");
  record(core, { type: "counter.set", counter: name, value, by });
}

/** `count reports` */
export function countOne(core: Core, name: string, call: CallId): void {
  const value = (counterOf(core, name) ?? 0) + 1;
  core.house.counters[name] = { value, in: periodOf(core, core.directory.counters[name]?.reset ?? "never") };
  changed(core, "house");
  record(core, { type: "counter.counted", counter: name, call, value });
}

/** Names the day, week or month of now in the site's zone: what was counted in another is gone. */
function periodOf(core: Core, reset: Counter["reset"]): string {
  const zone = core.house.zones[core.directory.site.zone];
  if (reset === "never" || !zone) return "";
  const { year, month, day } = wallIn(zone, core.now);
  if (reset === "monthly") return `${year}-${month}`;
  const days = Math.floor(Date.UTC(year, month - 1, day) / 86_400_000);
  // The first of January 1970 was a Thursday.
  return reset === "daily" ? `day ${days}` : `week ${Math.floor((days + 3) / 7)}`;
}
