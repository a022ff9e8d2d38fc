import type { Call, Place } from "../call.ts";
import { planOf } from "./conditions.ts";
import { callOf, type Core } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId, Millis } from "../events.ts";
import { lookForHope, othersReachable } from "./hope.ts";
import { limits } from "../limits.ts";
import { comparePlaces } from "./lines.ts";
import { makeOffer } from "./offers.ts";
import { ringOutside } from "./outside.ts";
import { poolOf, takeSeats } from "./seats.ts";
import { armRetry, leaveLine, takeStand } from "./stand.ts";

/*
 * Between events no ready agent and no waiting call that he could take exist side by side. So only what an event has set free
 * needs a look: an agent compares the heads of his classes, a call the head of its class, and the highest call in order is
 * served first.
 */

/** Pairs what the event has set free until nothing more fits. */
export function match(core: Core): void {
  if (core.freeAgents.size === 1 && core.freeCalls.size === 0) return matchOne(core);
  const agents = [...core.freeAgents].filter((id) => core.tables.agent.get(id)?.state === "ready");
  core.freeAgents.clear();
  for (const id of agents) takeSeats(core, id);
  const calls = waitingOf(core, core.freeCalls);
  core.freeCalls.clear();
  const heads = new Map<string, Place>();
  for (const id of agents) setHead(core, heads, id);
  for (;;) {
    const place = firstOf(core, calls, heads);
    if (place === undefined) return;
    core.inHand = place.call;
    const agent = bestAgent(core, place.call);
    invariant(agent !== undefined || place === calls[0], `${place.call} fits an agent whom it cannot find`);
    if (agent !== undefined) offerTo(core, place.call, agent);
    else ringOutside(core, place.call);
    if (calls[0] === place) calls.shift();
    for (const [id, head] of heads) if (head === place || id === agent) setHead(core, heads, id);
  }
}

/** One agent and nothing else: whom he can take could not be taken by anybody else who is ready. */
function matchOne(core: Core): void {
  const [id] = core.freeAgents;
  core.freeAgents.clear();
  if (id === undefined || core.tables.agent.get(id)?.state !== "ready") return;
  const place = bestCall(core, id);
  if (place) offerTo(core, place.call, id);
  else takeSeats(core, id);
}

/** The places of the calls that still stand in line, in order. */
function waitingOf(core: Core, calls: Iterable<CallId>): Place[] {
  const places: Place[] = [];
  for (const id of calls) {
    const queued = core.tables.call.get(id)?.queued;
    if (queued?.joined && callOf(core, id).offers.length === 0) places.push(queued.place);
  }
  return places.toSorted((a, b) => comparePlaces(a, b, core.now));
}

function firstOf(core: Core, calls: Place[], heads: Map<string, Place>): Place | undefined {
  let best = calls[0];
  for (const head of heads.values()) {
    if (best === undefined || comparePlaces(head, best, core.now) < 0) best = head;
  }
  return best;
}

function setHead(core: Core, heads: Map<string, Place>, agent: string): void {
  const head = core.seats.has(agent) ? bestCall(core, agent) : undefined;
  if (head) heads.set(agent, head);
  else heads.delete(agent);
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

/** Whether nothing between this call and this agent forbids an offer now. */
function mayMeet(core: Core, id: CallId, agent: string): boolean {
  const call = callOf(core, id);
  return call.queued !== undefined && !call.queued.exclude.includes(agent) && rested(core, call, agent);
}

/** After a failed offer the same two are left alone for a while; for a shorter one if there is nobody else. */
function rested(core: Core, call: Call, agent: string): boolean {
  const failedAt: Millis | undefined = call.failures[agent];
  if (failedAt === undefined || core.now >= failedAt + limits.pairRest) return true;
  if (core.now < failedAt + core.directory.defaults.coolDownMs) return false;
  const { queued } = call;
  return queued?.class !== undefined && othersReachable(core, queued.class, [...queued.exclude, agent]) === 0;
}

function offerTo(core: Core, id: CallId, agent: string): void {
  core.inHand = id;
  const { queued } = callOf(core, id);
  invariant(queued, `${id} is offered out of no queue`);
  const device = core.directory.agents[agent]?.device ?? agent;
  const { name, ringMs, showing } = queued;
  makeOffer(core, id, { party: { kind: "agent", agent, device }, agent, ringMs, queue: name, showing });
  leaveLine(core, id);
}

/** After a failed offer, and when a rest is over: back in line, and another look. */
export function tryAgain(core: Core, id: CallId): void {
  takeStand(core, id);
  core.freeCalls.add(id);
  armRetry(core, id);
  lookForHope(core, id);
}
