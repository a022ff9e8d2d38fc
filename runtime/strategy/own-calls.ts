import { claim, unclaim } from "../agents.ts";
import { ON_THE_PHONE } from "../agent.ts";
import { callOf, change, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { sittingAt } from "../seating.ts";

/*
 * Who calls from the phone that he is logged in at has it in use as long as that call stands: no call is offered to him meanwhile, his own least
 * of all.
 */

const SOURCE = "phone";

export function takesPhone(core: Core, id: CallId, device: string): void {
  const callers = sittingAt(core, device).map((agent) => agent.id);
  if (callers.length === 0) return;
  change(core, "call", id, (call) => void (call.callers = callers));
  for (const agent of callers) claim(core, agent, { source: SOURCE, state: "not_ready", reason: ON_THE_PHONE });
}

/** The call is over, or he has left it: unless his phone has another, it is free. */
export function leavesPhone(core: Core, id: CallId): void {
  const { callers } = callOf(core, id);
  if (!callers) return;
  change(core, "call", id, (call) => void (call.callers = undefined));
  const busy = new Set([...core.tables.call.values()].flatMap((call) => (call.ended ? [] : (call.callers ?? []))));
  for (const agent of callers) if (!busy.has(agent)) unclaim(core, agent, [SOURCE], SOURCE);
}
