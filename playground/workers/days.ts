import { type CheckedProgram, entrances, nameOf } from "../../language/index.ts";
import { type DayOptions, filesOf, planOf } from "../../runtime/index.ts";
import type { Site } from "../model.ts";

/* Days of traffic, as `cordboard simulate` plays them. */

type Traffic = CheckedProgram["traffic"][number]["traffic"];

/** Monday noon, so that weekly hours are in force as on most days. */
const DAY_PLAYED = Date.UTC(2026, 10, 23, 12);

/** All that a day is made of; what a block reads from files, a page does not have. */
export function dayOptions(
  checked: CheckedProgram,
  block: Traffic,
  lengths: Site["prompts"] = {},
): Omit<DayOptions, "replication"> {
  const plan = planOf(block, Object.fromEntries(filesOf(block).map((file) => [file, []])));
  const strategy = checked.strategies.find((one) => nameOf(one.strategy) === plan.strategy)?.strategy;
  const { lengthsMs, defaultLengthMs } = checked.directory.prompts;
  return {
    checked,
    plan,
    to: entrances(strategy ? [strategy] : [], checked.directory.site.country)[0]?.from ?? "",
    date: DAY_PLAYED,
    promptMs: (name, language) => lengths[`${name}.${language}`] ?? lengths[name] ?? lengthsMs[name] ?? defaultLengthMs,
  };
}
