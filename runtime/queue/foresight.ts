import type { Call } from "../call.ts";
import type { Core } from "../core.ts";
import type { Millis } from "../events.ts";
import type { Queue } from "../figures.ts";
import type { SkillClass } from "./classes.ts";
import { position, waitingIn } from "./statistics.ts";

/*
 * Expected waiting time. A call's turn comes when as many services have started as calls stand before it, so it is its position times the
 * gap between two starts. The gap is known in two ways: from the work there is (how long a call takes, over how many people), and from the
 * gaps that were seen; the more were seen, the more these count.
 */

/** So many gaps are remembered, for so long. */
const GAPS = 32;
const REMEMBERED_MS = 30 * 60_000;
/** What a call takes before anybody has finished one. */
const USUAL_HANDLING_MS = 180_000;

/** A call of the queue has been joined to who took it. */
export function serviceStarted(queue: Queue, now: Millis): void {
  queue.starts.push(now);
  if (queue.starts.length > GAPS + 1) queue.starts.shift();
}

/** Of a waiting call. 0 while somebody is ready for it, Infinity where nobody could be reached. */
export function expectedWait(core: Core, call: Call): Millis {
  const { queued } = call;
  if (!queued?.joined || queued.class === undefined) return Infinity;
  return waitOf(core, queued.name, core.classes.get(queued.class), position(core, call) ?? 1);
}

/** Of a call that came to the queue now, if it waited for whom the first one waits for. Infinity where nobody waits. */
export function expectedWaitIn(core: Core, name: string): Millis {
  const waiting = waitingIn(core, name);
  const first = waiting.bySince.first;
  const key = first && core.tables.call.get(first.call)?.queued?.class;
  return key === undefined ? Infinity : waitOf(core, name, core.classes.get(key), waiting.lines.size + 1);
}

/** Of a call that only these people could take, whatever its queue. */
export function expectedWaitFor(core: Core, { counts, lines }: SkillClass): Millis {
  if (counts.reachable === 0) return Infinity;
  if (counts.ready > 0) return 0;
  let handled = 0;
  let handledMs = 0;
  for (const { today } of core.tables.queue.values()) {
    handled += today.handled;
    handledMs += today.handledMs;
  }
  const handling = handled === 0 ? USUAL_HANDLING_MS : handledMs / handled;
  return ((lines.size + 1) * handling) / Math.max(1, counts.staffed);
}

function waitOf(core: Core, name: string, people: SkillClass, place: number): Millis {
  const { ready, reachable } = people.counts;
  if (reachable === 0) return Infinity;
  return ready > 0 && place === 1 ? 0 : place * gapOf(core, name, people);
}

function gapOf(core: Core, name: string, people: SkillClass): Millis {
  const queue = core.tables.queue.get(name);
  if (!queue) return USUAL_HANDLING_MS / Math.max(1, people.counts.staffed);
  const starts = queue.starts.filter((at) => at >= core.now - REMEMBERED_MS);
  const seen = Math.max(0, starts.length - 1);
  const byWork = gapByWork(queue, people);
  if (seen === 0) return byWork;
  const gap = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / seen;
  const weight = seen / GAPS;
  return weight * gap + (1 - weight) * byWork;
}

/** People who serve other queues too are not told apart here: the gaps that were seen are longer for it. */
function gapByWork({ today }: Queue, people: SkillClass): Millis {
  const handling = today.handled === 0 ? USUAL_HANDLING_MS : today.handledMs / today.handled;
  return handling / Math.max(1, people.counts.staffed);
}

/** A foreseen wait has come to its end: by how much it was wrong. */
export function compareForeseen(queue: Queue, foreseen: Millis, waited: Millis): void {
  queue.foresight.calls++;
  queue.foresight.missedByMs += Math.abs(foreseen - waited);
}
