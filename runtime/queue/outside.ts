import type { Call } from "../call.ts";
import type { Party } from "../commands.ts";
import { callOf, change, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { asDuration } from "../strategy/needed.ts";
import { scopeOf } from "../strategy/frames.ts";
import { makeOffer } from "./offers.ts";
import type { Outside } from "../strategy/program.ts";
import { planOf } from "./conditions.ts";
import { armRetry } from "./stand.ts";
import { isThing, phoneOf } from "../strategy/things.ts";
import { inOrder, leadingTo, outbound } from "../strategy/trunks.ts";
import type { Scope } from "../strategy/world.ts";

/*
 * Parties outside in a queue's targets: rung when nobody of ours is free, one after another, once for each time their step says
 * `again`, while the call keeps its place and waits on for our people.
 */

export function ringOutside(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { queued } = call;
  // Two strangers outside are not called for one another.
  if (call.callback && !call.answered) return;
  if (!queued?.joined || call.offers.some(({ agent }) => agent === undefined)) return;
  const { steps } = planOf(core, call);
  for (const index of queued.inForce) {
    for (const [number, outside] of (steps[index]?.outside ?? []).entries()) {
      const key = `${index}.${number}`;
      const next = queued.rang[key];
      if (next === null || (next !== undefined && next > core.now)) continue;
      if (ring(core, call, outside, key)) return;
    }
  }
  armRetry(core, id);
}

/** Makes the offer, or finds that there is no way to make it; either way it counts as rung. */
function ring(core: Core, call: Call, outside: Outside, key: string): boolean {
  const scope = scopeOf(core, call, call.queued?.depth);
  const queued = call.queued;
  const party = partyOf(core, outside, scope);
  const ringMs = outside.ringFor ? asDuration(outside.ringFor(scope), scope) : queued?.ringMs;
  const again = outside.againEvery ? core.now + Math.max(1000, asDuration(outside.againEvery(scope), scope)) : null;
  change(core, "call", call.id, (changing) => {
    if (changing.queued) changing.queued.rang[key] = again === Infinity ? null : again;
  });
  if (queued === undefined || party === undefined || scope.failure) return false;
  makeOffer(core, call.id, { party, ringMs, queue: queued.name, showing: queued.showing });
  return true;
}

/** Who is rung, and through which trunks; undefined when no trunk that is up leads there. */
function partyOf(core: Core, { kind, target }: Outside, scope: Scope): Party | undefined {
  const value = target(scope);
  const number = kind === "number" ? phoneOf(value, core.directory) : scope.call.to;
  if (number === undefined) return undefined;
  const trunks =
    kind === "trunk" && isThing(value, "trunk")
      ? leadingTo(core, number, inOrder(core, [value.name], "priority", "outside"))
      : outbound(core, number);
  return trunks.length === 0 ? undefined : { kind: "number", number, trunks };
}
