import { isReady } from "./agent.ts";
import { change, type Core } from "./core.ts";
import type { Millis } from "./events.ts";
import { newDay } from "./figures.ts";
import { leaveSeats } from "./queue/seats.ts";
import { instantIn, wallIn, type Zone } from "./zone.ts";

/*
 * Figures over time are of today, by the clocks of the site. A day turns with the first event after midnight: nothing wakes up for it.
 */

/** The next midnight in a zone. */
export function midnightAfter(zone: Zone, at: Millis): Millis {
  const { year, month, day } = wallIn(zone, at);
  return instantIn(zone, { year, month, day: day + 1, minutes: 0 });
}

export function turnDay(core: Core): void {
  const { house, tables } = core;
  const midnight = house.dayEnds;
  house.dayEnds = midnightAfter(core.world.zone(core.directory.site.zone), core.now);
  for (const name of tables.queue.keys()) change(core, "queue", name, (queue) => void (queue.today = newDay()));
  for (const { id } of tables.agent.values()) {
    const ready = change(core, "agent", id, (agent) => {
      agent.calls = 0;
      agent.busyMs = 0;
      for (const each of agent.work) each.since = Math.max(each.since, midnight);
      agent.staffedMs = 0;
      if (agent.staffedSince !== undefined) agent.staffedSince = Math.max(agent.staffedSince, midnight);
      return isReady(agent);
    });
    // Choosers go by these figures, so everybody is seated anew.
    if (!ready) continue;
    leaveSeats(core, id);
    core.freeAgents.add(id);
  }
  core.changed.add("people").add("queues");
}
