import { type CheckedProgram, entrances, nameOf } from "../../language/index.ts";
import {
  type DayOptions,
  filesOf,
  planOf,
  readCalls,
  readLengths,
  type RecordedCall,
  type TrafficPlan,
} from "../../runtime/index.ts";
import type { Site } from "../model.ts";
import type { Trouble } from "../scene/model.ts";

/* Days of traffic, as `cordboard simulate` plays them. */

type Traffic = CheckedProgram["traffic"][number];

/** Monday noon, so that weekly hours are in force as on most days. */
const DAY_PLAYED = Date.UTC(2026, 10, 23, 12);

/** All that a day is made of, or why there can be none. Files that the block names are those of the page, from the strategy's folder. */
export function dayOptions(
  checked: CheckedProgram,
  block: Traffic,
  { files, prompts: lengths = {} }: Site,
): Omit<DayOptions, "replication"> | Trouble {
  const read = readFiles(block, files);
  if ("error" in read) return { ...read, path: block.source.path, range: block.traffic.name.range };
  const { plan, recorded } = read;
  const strategy = checked.strategies.find((one) => nameOf(one.strategy) === plan.strategy)?.strategy;
  const { lengthsMs, defaultLengthMs } = checked.directory.prompts;
  return {
    checked,
    plan,
    recorded,
    to: entrances(strategy ? [strategy] : [], checked.directory.site.country)[0]?.from ?? "",
    date: DAY_PLAYED,
    promptMs: (name, language) => lengths[`${name}.${language}`] ?? lengths[name] ?? lengthsMs[name] ?? defaultLengthMs,
  };
}

function readFiles(
  { source, traffic }: Traffic,
  files: Site["files"],
): { plan: TrafficPlan; recorded: Record<string, RecordedCall[]> } | { error: string } {
  const folder = source.path.slice(0, source.path.lastIndexOf("/") + 1);
  const timings = new Set(filesOf({ ...traffic, lines: traffic.lines.filter(({ kind }) => kind === "timing") }));
  const lengths: Record<string, number[]> = {};
  const recorded: Record<string, RecordedCall[]> = {};
  for (const name of filesOf(traffic)) {
    const text = files.find(({ path }) => path === folder + name.replace(/^\.\//, ""))?.text;
    if (text === undefined)
      return { error: `this traffic is read from “${name}”, which is not on the page: import it` };
    const read = timings.has(name) ? readLengths(text, name) : readCalls(text, name);
    if ("error" in read) return read;
    if ("calls" in read) recorded[name] = read.calls;
    else lengths[name] = read;
  }
  return { plan: planOf(traffic, lengths), recorded };
}
