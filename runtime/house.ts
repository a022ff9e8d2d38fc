import { type Core, record } from "./core.ts";
import type { CallId } from "./events.ts";

/*
 * Switches and counters, which all calls share.
 */

/** `count reports` */
export function countOne(core: Core, counter: string, call: CallId): void {
  const value = (core.house.counters[counter] ?? 0) + 1;
  core.house.counters[counter] = value;
  record(core, { type: "counter.counted", counter, call, value });
}
