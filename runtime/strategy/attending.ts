import { claim, unclaim } from "../agents.ts";
import { callOf, change, type Core } from "../core.ts";
import type { CallId } from "../events.ts";

const SOURCE = "guest";

/** Who listens to a call of others, or talks in it, is on his phone: he counts as not ready as long as that lasts, in whichever call. */
export function attends(core: Core, who: string): void {
  if (!core.tables.agent.has(who)) return;
  claim(core, who, { source: SOURCE, state: "not_ready", reason: "attending" });
}

/** He has left a call: unless he attends another, he is free. */
export function leaves(core: Core, who: string): void {
  if (!core.tables.agent.has(who)) return;
  for (const { ended, guests, listeners } of core.tables.call.values())
    if (!ended && (guests?.includes(who) || listeners?.includes(who))) return;
  unclaim(core, who, [SOURCE], SOURCE);
}

/** The call is over, or whoever attended it is gone. */
export function freeGuests(core: Core, id: CallId): void {
  const { guests = [], listeners = [] } = callOf(core, id);
  const all = [...guests, ...listeners];
  if (all.length === 0) return;
  change(core, "call", id, (call) => {
    call.guests = undefined;
    call.listeners = undefined;
  });
  for (const who of all) leaves(core, who);
}
