import type { Call } from "../call.ts";
import { callOf, type Conditional, type Core } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId } from "../events.ts";
import type { Plan, Step, When } from "../strategy/program.ts";
import { codeOf, scopeOf } from "../strategy/frames.ts";

/*
 * Conditions of timeline steps are looked at again when something changed that they read, and by the clock where they read it.
 * Those that read nothing of their own call are the same for all calls of a plan: they are evaluated once, and only when one flips
 * are the calls looked at.
 */

/** The plan of the queue block that a call is in. */
export function planOf(core: Core, call: Call): Plan {
  const op = codeOf(core, call, call.queued?.depth).ops[call.queued?.pc ?? -1];
  invariant(op?.op === "queue", `${call.id} is in no queue`);
  return op.plan;
}

export function watchConditions(core: Core, id: CallId): void {
  const plan = planOf(core, callOf(core, id));
  if (!plan.steps.some(({ when, asSoonAs }) => when ?? asSoonAs)) return;
  const known = core.conditional.get(plan);
  if (known) known.calls.add(id);
  else core.conditional.set(plan, { calls: new Set([id]) });
}

export function unwatchConditions(core: Core, id: CallId): void {
  const plan = planOf(core, callOf(core, id));
  const known = core.conditional.get(plan);
  if (known?.calls.delete(id) && known.calls.size === 0) core.conditional.delete(plan);
}

export function conditionsOf({ when, asSoonAs }: Step): When[] {
  return [when, asSoonAs].filter((each) => each !== undefined);
}

/** Whether its time, of which so many steps' has come, or what it waits for has come, and its condition holds. */
export function isInForce(core: Core, call: Call, step: Step, hasCome: boolean): boolean {
  if (!hasCome && !(step.asSoonAs && holds(core, call, step.asSoonAs))) return false;
  return !step.when || holds(core, call, step.when);
}

/** A condition that cannot be evaluated does not hold. */
function holds(core: Core, call: Call, when: When): boolean {
  const scope = scopeOf(core, call, call.queued?.depth);
  return when.condition(scope) === true && scope.failure === undefined;
}

/** Waiting calls in the order in which they came, so that nothing depends on how a set of them was filled. */
export function inSequence(core: Core, calls: Iterable<CallId>): CallId[] {
  const sequence = (id: CallId): number => core.tables.call.get(id)?.queued?.place.sequence ?? 0;
  return [...calls].toSorted((a, b) => sequence(a) - sequence(b));
}

/** The calls for which a condition may have changed since the last look. */
export function takeCallsToReview(core: Core): CallId[] {
  if (core.conditional.size === 0 && core.rewritten.size === 0) {
    if (core.changed.size > 0) core.changed.clear();
    return [];
  }
  const calls = new Set([...core.rewritten].filter((id) => core.tables.call.get(id)?.queued));
  for (const [{ steps }, watched] of core.conditional) {
    const concerned = steps
      .flatMap(conditionsOf)
      .filter(({ reads }) => [...core.changed].some((read) => reads.has(read)));
    if (concerned.length === 0) continue;
    const now = sharedConditions(core, steps, watched);
    if (now !== watched.last || concerned.some(readsCall)) for (const id of watched.calls) calls.add(id);
    watched.last = now;
  }
  core.changed.clear();
  core.rewritten.clear();
  return inSequence(core, calls);
}

function readsCall({ reads }: When): boolean {
  return reads.has("call");
}

/** What the conditions are now that are the same for all calls, asked for any one of them. */
function sharedConditions(core: Core, steps: Step[], { calls: [any] }: Conditional): string {
  if (any === undefined) return "";
  core.inHand = any;
  const call = callOf(core, any);
  return steps
    .flatMap(conditionsOf)
    .map((when) => !readsCall(when) && holds(core, call, when))
    .join();
}
