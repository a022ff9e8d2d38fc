import type { Call, Queued } from "../call.ts";
import { arm, callOf, change, type Core, disarm, record } from "../core.ts";
import type { CallId, Millis } from "../events.ts";
import { limits } from "../limits.ts";
import { isInForce, planOf, takeCallsToReview } from "./conditions.ts";
import type { Step } from "../strategy/program.ts";
import { unionOf } from "./statistics.ts";
import { codeOf, placeOf } from "../strategy/frames.ts";

/*
 * Whom a waiting call waits for. The targets in force are a pure function of the time since entering the block and of the
 * conditions now: the steps whose time has come and whose condition holds, in order; `only` drops those before it. A call
 * stands in the line of the class of these targets until as many people are rung for it as may be at once.
 */

/** Takes in the steps whose time has come, and sets the deadline of the next. */
export function advanceSteps(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { queued } = call;
  if (!queued) return;
  const { steps } = planOf(core, call);
  let { step } = queued;
  for (let next = steps[step]; next && queued.enteredAt + next.atMs <= core.now; next = steps[step]) {
    step++;
    if (step > 1) record(core, { type: "call.step", call: id, queue: queued.name, step });
  }
  change(core, "call", id, (changing) => {
    if (changing.queued) changing.queued.step = step;
    const next = steps[step];
    if (next) arm(core, changing, "step", queued.enteredAt + next.atMs);
    if (steps.some((each, index) => goesByClock(each, index < step))) {
      arm(core, changing, "poll", core.now + limits.conditionPoll);
    }
  });
  takeStand(core, id);
}

/** Whether a condition that counts now reads the clock; of a step whose time has not come, where it may come as soon as something holds. */
function goesByClock({ when, asSoonAs }: Step, hasCome: boolean): boolean {
  if (!hasCome && !asSoonAs) return false;
  return when?.reads.has("clock") === true || (!hasCome && asSoonAs?.reads.has("clock") === true);
}

/** People who are rung for it now; parties outside ring beside them. */
export function peopleRung({ offers }: Call): number {
  return offers.reduce((count, { agent }) => count + (agent === undefined ? 0 : 1), 0);
}

/** Puts the call where it belongs now: in the line of the class in force, or, while as many ring as may, in none. */
export function takeStand(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { queued } = call;
  if (!queued) return;
  const inForce = stepsInForce(core, call, queued);
  const wanted = classOfSteps(core, queued, inForce);
  const free =
    queued.joined && !call.away && peopleRung(call) < queued.most && !isHeld(core, call, queued) && !isResting(call);
  const { place } = queued;
  const stays = queued.inLine && free && queued.class === wanted;
  if (queued.inLine && !stays && queued.class !== undefined) core.classes.get(queued.class).lines.delete(place);
  if (!stays && free && wanted !== undefined) core.classes.get(wanted).lines.add(place, core.now);
  if (free && (!stays || !sameSteps(inForce, queued.inForce))) core.freeCalls.add(id);
  change(core, "call", id, (changing) => {
    if (!changing.queued) return;
    changing.queued.inForce = inForce;
    changing.queued.class = wanted;
    changing.queued.inLine = free && wanted !== undefined;
    if (changing.queued.heldUntil !== undefined && !isInside(core, changing, queued.depth)) {
      changing.queued.heldUntil = undefined;
      disarm(core, changing, "hold");
    }
  });
}

/** Nobody is offered this callback now: it is being made, or was tried in vain a short while ago. */
export function isResting({ callback }: Call): boolean {
  return callback !== undefined && (callback.placing === true || callback.resting === true);
}

/** Whether it may not be interrupted now: what runs beside the queue, or what that has called, stands in such a part. */
function isHeld(core: Core, call: Call, { depth, heldUntil }: Queued): boolean {
  return (heldUntil === undefined || core.now < heldUntil) && isInside(core, call, depth);
}

function isInside(core: Core, call: Call, depth: number): boolean {
  for (let above = depth; above <= call.frames.length; above++) {
    const { uninterrupted } = codeOf(core, call, above);
    const pc = call.frames[above]?.pc ?? placeOf(call);
    if (uninterrupted.some(({ from, to }) => from <= pc && pc < to)) return true;
  }
  return false;
}

/** Out of the line, whatever the reason; the place in the queue is another matter. */
export function leaveLine(core: Core, id: CallId): void {
  const { queued } = callOf(core, id);
  if (queued?.inLine && queued.class !== undefined) core.classes.get(queued.class).lines.delete(queued.place);
  core.freeCalls.delete(id);
  change(core, "call", id, (call) => {
    if (call.queued) call.queued.inLine = false;
  });
}

function stepsInForce(core: Core, call: Call, queued: Queued): number[] {
  const { steps } = planOf(core, call);
  let inForce: number[] = [];
  for (const [index, step] of steps.entries()) {
    if (!isInForce(core, call, step, index < queued.step)) continue;
    if (step.verb === "only") inForce = [];
    inForce.push(index);
  }
  return inForce;
}

function sameSteps(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((step, nth) => step === b[nth]);
}

function classOfSteps(core: Core, queued: Queued, steps: number[]): string | undefined {
  const keys: string[] = [];
  for (const step of steps) {
    const key = queued.stepClasses[step];
    if (key) keys.push(key);
  }
  return keys.length < 2 ? keys[0] : unionOf(core, keys).key;
}

/** After something changed that conditions read: calls whose targets are others now move. */
export function reviewConditions(core: Core): void {
  for (const id of takeCallsToReview(core)) {
    core.inHand = id;
    const call = callOf(core, id);
    if (call.queued && !sameSteps(stepsInForce(core, call, call.queued), call.queued.inForce)) takeStand(core, id);
  }
}

/** Sets the deadline at which an offer that must rest now may be made again, if there is one. */
export function armRetry(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const { coolDownMs } = core.directory.defaults;
  let next = Infinity;
  const consider = (at: Millis): void => {
    if (at > core.now && at < next) next = at;
  };
  for (const agent in call.failures) {
    const at = call.failures[agent] ?? 0;
    consider(at + coolDownMs);
    consider(at + limits.pairRest);
  }
  for (const outside in call.queued?.rang) consider(call.queued.rang[outside] ?? Infinity);
  if (next !== Infinity) change(core, "call", id, (changing) => arm(core, changing, "retry", next));
}
