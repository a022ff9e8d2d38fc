import { hasInHand, isReady } from "../agent.ts";
import type { Call, Place } from "../call.ts";
import { isAwaited, reserve } from "./callbacks.ts";
import { choosesByLot } from "./choosers.ts";
import { planOf } from "./conditions.ts";
import { callOf, type Core } from "../core.ts";
import type { SkillClass } from "./classes.ts";
import { invariant } from "../defect.ts";
import type { CallId, Millis } from "../events.ts";
import { lookForHope, othersReachable } from "./hope.ts";
import { limits } from "../limits.ts";
import { comparePlaces } from "./lines.ts";
import { makeOffer } from "./offers.ts";
import { Ordered } from "./ordered.ts";
import { ringOutside } from "./outside.ts";
import { poolOf, takeSeats } from "./seats.ts";
import { armRetry, leaveLine, peopleRung, takeStand } from "./stand.ts";

/*
 * Between events no ready agent and no waiting call that he could take exist side by side. So only what an event has set free
 * needs a look: the heads of the classes of the agents who came free, and the calls themselves; the highest in order is served
 * first. Agents only become fewer meanwhile, so a call that finds nobody finds nobody later.
 */

/** Pairs what the event has set free until nothing more fits. */
export function match(core: Core): void {
  if (core.freeAgents.size === 1 && core.freeCalls.size === 0) return matchOne(core);
  if (core.freeCalls.size === 1 && core.freeAgents.size === 0) return matchCall(core);
  const open = takeFreeAgents(core);
  const calls = new Set(core.freeCalls);
  core.freeCalls.clear();
  const heads = new Ordered<Place>((a, b) => comparePlaces(a, b, core.now));
  for (const id of calls) addWaiting(core, heads, id);
  for (const each of open) addHead(core, heads, each);
  for (let place = heads.first; place; place = heads.first) {
    heads.delete(place);
    core.inHand = place.call;
    const { queued } = callOf(core, place.call);
    const agent = bestAgent(core, place.call);
    if (agent !== undefined) {
      offerTo(core, place.call, agent);
      addWaiting(core, heads, place.call);
    } else if (calls.has(place.call)) ringOutside(core, place.call);
    core.inHand = undefined;
    const its = queued?.class === undefined ? undefined : core.classes.get(queued.class);
    if (its && open.has(its)) addHead(core, heads, its);
  }
}

/** Gives the agents their seats; the classes in which somebody new is ready. */
function takeFreeAgents(core: Core): Set<SkillClass> {
  const open = new Set<SkillClass>();
  for (const id of core.freeAgents) {
    if (!isFree(core, id)) continue;
    takeSeats(core, id);
    for (const each of core.classes.of(id)) if (each.lines.size > 0) open.add(each);
  }
  core.freeAgents.clear();
  return open;
}

function isFree(core: Core, id: string): boolean {
  const agent = core.tables.agent.get(id);
  return agent !== undefined && isReady(agent);
}

/** Each call stands in one line, so when one is served only the head of its own class is another. */
function addHead(core: Core, heads: Ordered<Place>, { counts, lines }: SkillClass): void {
  if (counts.ready === 0) return;
  const head = lines.firstBefore(undefined, core.now, (place) => bestAgent(core, place.call) !== undefined);
  if (head) heads.add(head);
}

/** One agent and nothing else: whom he can take could not be taken by anybody else who is ready. He may have room for several. */
function matchOne(core: Core): void {
  const [id] = core.freeAgents;
  if (id === undefined) return;
  core.freeAgents.delete(id);
  while (isFree(core, id)) {
    const place = bestCall(core, id);
    if (!place) return takeSeats(core, id);
    offerTo(core, place.call, id);
  }
}

/** One call and nothing else: it takes whom it may, the best first, and then whoever is outside. */
function matchCall(core: Core): void {
  const [id] = core.freeCalls;
  if (id === undefined) return;
  core.freeCalls.delete(id);
  while (placeToFill(core, id)) {
    core.inHand = id;
    const agent = bestAgent(core, id);
    if (agent === undefined) {
      ringOutside(core, id);
      break;
    }
    offerTo(core, id, agent);
  }
  core.inHand = undefined;
}

function addWaiting(core: Core, heads: Ordered<Place>, id: CallId): void {
  const place = placeToFill(core, id);
  if (place) heads.add(place);
}

/** The place of a call for which somebody more may be rung. */
function placeToFill(core: Core, id: CallId): Place | undefined {
  const call = core.tables.call.get(id);
  if (!call?.queued?.joined || call.away || peopleRung(call) >= call.queued.most) return undefined;
  return call.queued.place;
}

/** The first call in order that waits for this agent and may have him. */
function bestCall(core: Core, agent: string): Place | undefined {
  let best: Place | undefined;
  const mayHave = (place: Place): boolean => mayMeet(core, place.call, agent);
  for (const { lines } of core.classes.of(agent)) {
    if (lines.size > 0) best = lines.firstBefore(best, core.now, mayHave);
  }
  return best;
}

/** The first agent, in the order of the queue's chooser, who is ready for this call. */
function bestAgent(core: Core, id: CallId): string | undefined {
  const call = callOf(core, id);
  if (!call.queued?.inLine || call.queued.class === undefined) return undefined;
  const pool = poolOf(core, core.classes.get(call.queued.class), planOf(core, call).chooser);
  return pool.seats.find((seat) => mayMeet(core, id, seat.agent))?.agent;
}

/** Whether nothing between this call and this agent forbids an offer now. Nobody is rung for one call twice. */
function mayMeet(core: Core, id: CallId, agent: string): boolean {
  const call = callOf(core, id);
  if (call.queued === undefined || call.queued.exclude.includes(agent) || !rested(core, call, agent)) return false;
  const person = core.tables.agent.get(agent);
  return person === undefined || !hasInHand(person, id);
}

/** After a failed offer the same two are left alone for a while; for a shorter one if there is nobody else. */
function rested(core: Core, call: Call, agent: string): boolean {
  return core.now >= restsUntil(core, call, agent);
}

/** The cool-down of the directory, and a minute at the least while somebody else can be reached. */
export function restsUntil(core: Core, { queued, failures }: Call, agent: string): Millis {
  const failedAt = failures[agent];
  if (failedAt === undefined) return -Infinity;
  const { coolDownMs } = core.directory.defaults;
  const longest = failedAt + Math.max(coolDownMs, limits.pairRest);
  if (core.now >= longest) return longest;
  const isAlone = queued?.class !== undefined && othersReachable(core, queued.class, [...queued.exclude, agent]) === 0;
  return isAlone ? failedAt + coolDownMs : longest;
}

function offerTo(core: Core, id: CallId, agent: string): void {
  core.inHand = id;
  const { queued } = callOf(core, id);
  invariant(queued, `${id} is offered out of no queue`);
  const device = core.tables.agent.get(agent)?.device ?? agent;
  const { name, ringMs, showing } = queued;
  if (isAwaited(callOf(core, id))) return reserve(core, id, agent);
  if (choosesByLot(planOf(core, callOf(core, id)).chooser)) {
    core.last.chosenLot = Math.max(core.last.chosenLot, core.tables.agent.get(agent)?.lot ?? 0);
  }
  makeOffer(core, id, { party: { kind: "agent", agent, device }, agent, ringMs, queue: name, showing });
  if (peopleRung(callOf(core, id)) >= queued.most) leaveLine(core, id);
}

/** After a failed offer, and when a rest is over: back in line, and another look. */
export function tryAgain(core: Core, id: CallId): void {
  takeStand(core, id);
  core.freeCalls.add(id);
  armRetry(core, id);
  lookForHope(core, id);
}
