import type { Call, Queued } from "../call.ts";
import { arm, callOf, change, changed, type Core, disarm, record } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId } from "../events.ts";
import { newQueue } from "../figures.ts";
import { compareForeseen, expectedWait, serviceStarted } from "./foresight.ts";
import { type Frozen, freezePlan } from "./freeze.ts";
import { lookForHope } from "./hope.ts";
import { capAt, newPlace } from "./lines.ts";
import type { QueueOp } from "../strategy/program.ts";
import { unwatchConditions, watchConditions } from "./conditions.ts";
import { advanceSteps, leaveLine } from "./stand.ts";
import { calledBy, classesInUse, position, waitingIn } from "./statistics.ts";
import type { Failure } from "../strategy/world.ts";

/*
 * Being in a queue: a place among all calls of its name, a timeline of targets, and, when nothing rings, a stand in the line of
 * the class in force, where the matcher finds it.
 */

/** Puts the call into the queue of the operation. The place is taken once and never moves but by the rules. */
export function enterQueue(core: Core, id: CallId, op: QueueOp): Failure | undefined {
  if (core.classes.crowded) core.classes.sweep(classesInUse(core));
  const call = callOf(core, id);
  const frozen = freezePlan(core, call, op.plan);
  if ("error" in frozen) return frozen;
  const queued = newQueued(core, call, op, frozen);
  if (!core.tables.queue.has(queued.name)) core.tables.queue.set(queued.name, newQueue(queued.name));
  change(core, "queue", queued.name, (queue) => {
    queue.today.entered++;
  });
  change(core, "call", id, (changing) => {
    for (const slot of op.onces) changing.locals[slot] = null;
    changing.queued = queued;
  });
  joinQueue(core, id);
  return undefined;
}

function newQueued(core: Core, call: Call, { plan }: QueueOp, frozen: Frozen): Queued {
  const { stepClasses, everybody } = calledBy(core, plan, frozen.people);
  return {
    name: plan.name,
    pc: call.pc,
    depth: call.frames.length,
    enteredAt: core.now,
    giveUpAt: frozen.giveUpMs === Infinity ? undefined : core.now + frozen.giveUpMs,
    place: newPlace(frozen.place, call.id, ++core.last.sequence),
    ringMs: frozen.ringMs,
    most: frozen.most,
    exclude: frozen.exclude,
    showing: frozen.showing,
    stepClasses,
    everybody,
    step: 0,
    inForce: [],
    class: undefined,
    joined: false,
    foreseen: undefined,
    heldUntil: undefined,
    inLine: false,
    rang: {},
    roundAt: core.now,
    shortRounds: 0,
  };
}

/** Takes the place in the queue: on entering, and again when a call could not be joined to who answered it. */
export function joinQueue(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { queued } = call;
  invariant(queued, `${id} joins no queue`);
  const { place } = queued;
  takePlace(core, id, queued);
  changed(core, "queues");
  const cap = capAt(place);
  change(core, "call", id, (changing) => {
    if (changing.queued) changing.queued.joined = true;
    if (queued.giveUpAt !== undefined) arm(core, changing, "give_up", queued.giveUpAt);
    if (cap !== undefined && cap > core.now) arm(core, changing, "cap", cap);
  });
  advanceSteps(core, id);
  foresee(core, id);
  lookForHope(core, id);
}

/** Tells what wait is to be expected, and remembers the first such word, to be held to it. */
function foresee(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { queued } = call;
  if (!queued) return;
  const waitMs = expectedWait(core, call);
  const ewt = waitMs === Infinity ? undefined : Math.round(waitMs);
  if (ewt !== undefined) {
    change(core, "call", id, (changing) => {
      if (changing.queued) changing.queued.foreseen ??= { at: core.now, waitMs: ewt };
    });
  }
  record(core, { type: "call.queued", call: id, queue: queued.name, position: position(core, call) ?? 1, ewt });
}

/** Stands in every order in which it is looked for. */
export function takePlace(core: Core, id: CallId, { name, place, everybody }: Queued): void {
  const waiting = waitingIn(core, name);
  waiting.lines.add(place, core.now);
  waiting.bySince.add(place);
  if (everybody !== undefined) core.classes.get(everybody).hopeful.add(id);
  watchConditions(core, id);
}

const queueDues = ["step", "give_up", "cap", "nobody", "retry", "poll", "hold"] as const;

/** Gives the place up. What the block froze stays with the call, so that it can join again. */
export function leaveQueue(core: Core, id: CallId, outcome: string): void {
  const { queued } = callOf(core, id);
  if (!queued?.joined) return;
  const { name, place, everybody } = queued;
  leaveLine(core, id);
  const waiting = waitingIn(core, name);
  waiting.lines.delete(place);
  waiting.bySince.delete(place);
  changed(core, "queues");
  if (everybody !== undefined) core.classes.get(everybody).hopeful.delete(id);
  unwatchConditions(core, id);
  change(core, "call", id, (call) => {
    for (const what of queueDues) disarm(core, call, what);
    if (call.queued) call.queued.joined = false;
  });
  record(core, { type: "call.dequeued", call: id, queue: name, outcome });
}

/** Once for each call that entered: answered when the two are joined, since whoever picks up may fail to be. */
export function countLeft(core: Core, { name, place, foreseen }: Queued, outcome: "answered" | "abandoned"): void {
  change(core, "queue", name, (queue) => {
    const { today } = queue;
    today[outcome]++;
    if (outcome === "abandoned") return;
    const waited = core.now - place.since;
    const seconds = Math.ceil(waited / 1000);
    today.answeredWaitMs += waited;
    today.waits[seconds] = (today.waits[seconds] ?? 0) + 1;
    serviceStarted(queue, core.now);
    if (foreseen) compareForeseen(queue, foreseen.waitMs, core.now - foreseen.at);
  });
}

/** The score has reached its cap: from now on the place stands among those that rise no more. */
export function capPlace(core: Core, id: CallId): void {
  const { queued } = callOf(core, id);
  if (!queued) return;
  const inLine = queued.inLine && queued.class !== undefined ? core.classes.get(queued.class).lines : undefined;
  for (const lines of [waitingIn(core, queued.name).lines, inLine]) {
    lines?.delete(queued.place);
    lines?.add(queued.place, core.now);
  }
}
