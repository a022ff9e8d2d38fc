import { type Call, newCall } from "../call.ts";
import type { Core } from "../core.ts";
import type { Millis } from "../events.ts";
import type { Queue } from "../figures.ts";
import type { Block, Step } from "../strategy/program.ts";
import type { Scope } from "../strategy/world.ts";
import type { SkillClass } from "./classes.ts";
import { planOf } from "./conditions.ts";
import type { Condition } from "./skills.ts";
import { classesInUse, classOf, position, waitingIn } from "./statistics.ts";

/*
 * Expected waiting time. A call's turn comes when as many services have started as calls stand before it, so it is its position times the
 * gap between two starts. The gap is known in two ways: from the work there is (how long a call takes, over how many can be held at once), and from the
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

/** Of a waiting call. 0 while somebody is ready for it or a phone rings for it, Infinity where nobody can be reached who may ever take it. */
export function expectedWait(core: Core, call: Call): Millis {
  if (call.queued?.joined && call.offers.length > 0) return 0;
  return call.queued?.joined
    ? waitLike(core, call, position(core, call) ?? 1, core.now - call.queued.enteredAt)
    : Infinity;
}

/** Of a call that came to the queue now: if it waited for whom the first one waits for; where nobody waits, by the text. */
export function expectedWaitIn(core: Core, name: string): Millis {
  const waiting = waitingIn(core, name);
  const first = waiting.bySince.first && core.tables.call.get(waiting.bySince.first.call);
  return first ? waitLike(core, first, waiting.lines.size + 1, 0) : waitByText(core, name);
}

/** For whom this one waits now, or, if nobody of them can be reached, for those of its steps, so long after entering. */
function waitLike(core: Core, call: Call, place: number, elapsedMs: Millis): Millis {
  const { queued } = call;
  if (!queued) return Infinity;
  const classCalled = (key: string | null | undefined): SkillClass | undefined =>
    key ? core.classes.get(key) : undefined;
  const people = classCalled(queued.class);
  const wait = people ? waitOf(core, queued.name, people, place) : Infinity;
  if (wait !== Infinity) return wait;
  return firstOf(planOf(core, call).steps, (step, index) => {
    const inMs = Math.max(0, step.atMs - elapsedMs);
    return waitFor(core, queued.name, { step, inMs, place, people: classCalled(queued.stepClasses[index]) });
  });
}

/**
 * For the people of the steps that the text has, as far as they can be told before a call is there to be asked. Steps whose condition
 * does not hold now are passed over, unless only they have somebody who can be reached.
 */
function waitByText(core: Core, name: string): Millis {
  const block = core.program.blocks.get(name);
  if (!block) return Infinity;
  if (core.classes.crowded) core.classes.sweep(classesInUse(core));
  const { steps } = block.plan;
  const nobody = nobodysScope(core, block);
  const wait = (step: Step): Millis => {
    const people = step.people && classOf(core, step.people(nobody()) ?? ANYBODY);
    return waitFor(core, name, { step, inMs: step.atMs, place: 1, people });
  };
  const holds = (step: Step): boolean => !step.when || step.when.condition(nobody()) !== false;
  const holding = firstOf(steps, (step) => (holds(step) ? wait(step) : Infinity));
  return holding === Infinity ? firstOf(steps, wait) : holding;
}

/** Whom a step asks for of which nothing is known yet. */
const ANYBODY: Condition = { is: "all", of: [] };

/** Nothing is known of the call yet, and what would lead back to this queue is left open. */
function nobodysScope({ directory, now, world }: Core, { slots }: Block): () => Scope {
  const language = directory.site.languages[0] ?? "";
  const call = newCall({ id: "", program: "", home: 0, slots, from: "", to: "", language, arrivedAt: now });
  const open = { ...world, expectedWaitOf: () => Infinity };
  return () => ({ call, locals: call.locals, world: open, failure: undefined, open: true });
}

/** What can be told of the first step, in the order of their times, of which something can. */
function firstOf(steps: readonly Step[], tell: (step: Step, index: number) => Millis): Millis {
  for (const [index, step] of steps.entries()) {
    const wait = tell(step, index);
    if (wait !== Infinity) return wait;
  }
  return Infinity;
}

interface Coming {
  step: Step;
  inMs: Millis;
  place: number;
  people: SkillClass | undefined;
}

/** For the people of a step whose time is still to come; parties outside can always be called. */
function waitFor(core: Core, name: string, { step, inMs, place, people }: Coming): Millis {
  const wait = people ? waitOf(core, name, people, place) : Infinity;
  return wait === Infinity && step.outside.length > 0 ? inMs : Math.max(inMs, wait);
}

/** Of a call that only these people could take, whatever its queue. */
export function expectedWaitFor(core: Core, { counts, lines, room }: SkillClass): Millis {
  if (counts.reachable === 0) return Infinity;
  if (counts.ready > 0) return 0;
  let handled = 0;
  let handledMs = 0;
  for (const { today } of core.tables.queue.values()) {
    handled += today.handled;
    handledMs += today.handledMs;
  }
  const handling = handled === 0 ? USUAL_HANDLING_MS : handledMs / handled;
  return ((lines.size + 1) * handling) / Math.max(1, room);
}

function waitOf(core: Core, name: string, people: SkillClass, place: number): Millis {
  const { ready, reachable } = people.counts;
  if (reachable === 0) return Infinity;
  return ready > 0 && place === 1 ? 0 : place * gapOf(core, name, people);
}

function gapOf(core: Core, name: string, people: SkillClass): Millis {
  const queue = core.tables.queue.get(name);
  if (!queue) return USUAL_HANDLING_MS / Math.max(1, people.room);
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
  return handling / Math.max(1, people.room);
}

/** A foreseen wait has come to its end: by how much it was wrong. */
export function compareForeseen(queue: Queue, foreseen: Millis, waited: Millis): void {
  queue.foresight.calls++;
  queue.foresight.missedByMs += Math.abs(foreseen - waited);
}
