import { type Core, record } from "./core.ts";
import type { CallId } from "./events.ts";
import { entry } from "./strategy/things.ts";

/*
 * Switches and counters, which all calls share. The directory says which there are and how they begin; what people and calls made
 * of them since outlives a new directory.
 */

/** undefined: there is none of this name. */
export function flagOf(core: Core, name: string): boolean | undefined {
  const flag = entry(core.directory.flags, name);
  return flag && (entry(core.house.flags, name) ?? flag.default);
}

/** Somebody turns a switch. One that is not there, or stands so already, is left alone. */
export function setFlag(core: Core, name: string, on: boolean, by: string): void {
  const is = flagOf(core, name);
  if (is === undefined || is === on) return;
  core.house.flags[name] = on;
  core.changed.add("house");
  record(core, { type: "flag.set", flag: name, on, by });
}

export function counterOf(core: Core, name: string): number | undefined {
  const counter = entry(core.directory.counters, name);
  return counter && (entry(core.house.counters, name) ?? counter.start);
}

/** `count reports` */
export function countOne(core: Core, name: string, call: CallId): void {
  const value = (counterOf(core, name) ?? 0) + 1;
  core.house.counters[name] = value;
  core.changed.add("house");
  record(core, { type: "counter.counted", counter: name, call, value });
}
