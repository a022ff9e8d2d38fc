import type { Entrance, Entry, Strategy } from "../../language/index.ts";
import type { Call } from "../call.ts";
import type { Core } from "../core.ts";
import { patternText } from "./entries.ts";
import { lowerExpression } from "./expressions.ts";
import { scopeOf } from "./frames.ts";
import { limits } from "../limits.ts";
import type { AtMost } from "./program.ts";

/*
 * `at most 100 calls else reject 486`: the calls that came by one entry line and still live are counted by the pattern that took them.
 */

const noNames = { slotOf: () => undefined, calendarCalled: () => undefined };

export function atMostOf(strategies: readonly Strategy[]): Map<Entry, AtMost> {
  const all = strategies.flatMap(({ entries }) => entries);
  return new Map(
    all.flatMap((entry): [Entry, AtMost][] => {
      const { atMost } = entry;
      if (!atMost) return [];
      return [[entry, { calls: lowerExpression(atMost.calls, noNames), code: lowerExpression(atMost.code, noNames) }]];
    }),
  );
}

/** The code with which a call is refused because its entry has taken as many as it may; undefined where it is let in. */
export function refusedBy(core: Core, call: Call, { strategy, pattern }: Entrance): number | undefined {
  const entry = strategy.entries.find(({ patterns }) => patterns.includes(pattern));
  const atMost = entry && core.program.atMost.get(entry);
  if (!entry || !atMost) return undefined;
  const scope = scopeOf(core, call);
  const most = atMost.calls(scope);
  const code = atMost.code(scope);
  const texts = new Set(entry.patterns.map((each) => patternText({ pattern: each })));
  let living = 0;
  for (const text of texts) living += core.admitted.get(text) ?? 0;
  if (typeof most !== "number" || living < most) return undefined;
  return typeof code === "number" ? code : limits.fullCode;
}

export function countIn(core: Core, { entry, callback }: Call): void {
  if (entry !== undefined && !callback) core.admitted.set(entry, (core.admitted.get(entry) ?? 0) + 1);
}

export function countOut(core: Core, { entry, callback }: Call): void {
  const left = entry === undefined ? 0 : (core.admitted.get(entry) ?? 0) - 1;
  if (entry === undefined || callback) return;
  if (left > 0) core.admitted.set(entry, left);
  else core.admitted.delete(entry);
}
