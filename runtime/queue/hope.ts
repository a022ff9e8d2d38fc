import type { Call } from "../call.ts";
import { isReachable } from "../agent.ts";
import { arm, callOf, change, type Core, disarm } from "../core.ts";
import type { CallId } from "../events.ts";
import { limits } from "../limits.ts";
import { inSequence, planOf } from "./conditions.ts";

/*
 * `nobody`: none of the people of all steps, whatever their conditions say, could be reached for 5 s. Parties outside can always
 * be called, so a block that names one never ends this way.
 */

/** Starts or stops the 5 s. */
export function lookForHope(core: Core, id: CallId): void {
  const call = callOf(core, id);
  // Who is called back is not on the line: for him somebody may come back to work tomorrow.
  if (!call.queued || call.party || call.callback || call.away) return;
  const hope = hasHope(core, call);
  change(core, "call", id, (changing) => {
    if (hope) disarm(core, changing, "nobody");
    else if (changing.due.nobody === undefined) arm(core, changing, "nobody", core.now + limits.nobodyAfter);
  });
}

export function hasHope(core: Core, call: Call): boolean {
  const { queued } = call;
  if (!queued || planOf(core, call).steps.some((step) => step.outside.length > 0)) return true;
  return queued.everybody !== undefined && othersReachable(core, queued.everybody, queued.exclude) > 0;
}

/** Reachable members of a class but for some agents. */
export function othersReachable(core: Core, key: string, but: readonly string[]): number {
  const { members, counts } = core.classes.get(key);
  let count = counts.reachable;
  for (const id of new Set(but)) {
    const agent = core.tables.agent.get(id);
    if (agent && members.has(id) && isReachable(agent)) count--;
  }
  return count;
}

/**
 * After phones came or went: the calls that hope for these people look again. Only where few are left can an exclusion or a rest
 * decide, so classes with many reachable people need no look.
 */
export function reviewHope(core: Core): void {
  const concerned = new Set<CallId>();
  for (const agent of core.comeOrGone) {
    for (const { counts, hopeful } of core.classes.of(agent)) {
      if (counts.reachable > limits.fewPeople) continue;
      for (const call of hopeful) concerned.add(call);
    }
  }
  core.comeOrGone.clear();
  for (const call of inSequence(core, concerned)) {
    core.inHand = call;
    lookForHope(core, call);
    if (Object.keys(callOf(core, call).failures).length > 0) core.freeCalls.add(call);
  }
}
