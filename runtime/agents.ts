import {
  type Agent,
  byRestriction,
  capacityOf,
  type Card,
  type Claim,
  countsOf,
  customOf,
  effectiveState,
  type InHand,
  isReady,
  isStaffed,
  REACHABLE,
  READY,
  reasonsOf,
  type Work,
} from "./agent.ts";
import type { Offer } from "./call.ts";
import { cardOf } from "./card.ts";
import { change, changed, type Core, record } from "./core.ts";
import type { CallId, Millis, OfferId } from "./events.ts";
import { lookAtAge } from "./queue/ages.ts";
import { addCounts } from "./queue/classes.ts";
import { draw } from "./random.ts";
import { leaveSeats, seatAnew } from "./queue/seats.ts";
import { entry } from "./strategy/things.ts";

/*
 * Every change of an agent goes through `move`: it runs the recipe, finds the effective state, keeps the head counts of his
 * classes and his seats, and tells the matcher when he became ready or has more room.
 */

function move(core: Core, id: string, source: string, recipe: (agent: Agent) => void): void {
  const { before, after } = change(core, "agent", id, (agent) => {
    const before = standing(agent);
    recipe(agent);
    if (agent.work.length > 1) agent.work.sort(byRestriction);
    agent.state = effectiveState(agent);
    countStaffed(agent, core.now);
    if (agent.state !== before.state || customOf(agent) !== before.custom) agent.stateSince = core.now;
    if (isReady(agent) && (before.counts & READY) === 0) agent.lot = lot(core, id);
    return { before, after: standing(agent) };
  });
  if (after.counts !== before.counts) recount(core, id, before.counts, after.counts);
  if (after.counts !== before.counts || after.state !== before.state) changed(core, "people");
  const isAnother = after.state !== before.state || after.custom !== before.custom;
  if (isAnother) lookAtAge(core, id);
  if ((before.counts & READY) !== 0) moveSeats(core, id, before, after);
  const { state, custom, reasons, inHand } = after;
  const hasMore = before.inHand > inHand || (after.counts & ~before.counts & READY) !== 0;
  if ((isAnother || hasMore) && (after.counts & READY) !== 0) core.freeAgents.add(id);
  // Who has one call at most has it in hand or not: his state says it.
  const counted = after.capacity > 1 ? inHand : undefined;
  const isCounted = counted !== undefined && inHand !== before.inHand;
  if (!isAnother && !isCounted && reasons.join() === before.reasons.join()) return;
  record(core, { type: "agent.state", agent: id, state, custom, reasons, source, inHand: counted });
}

type Standing = ReturnType<typeof standing>;

/** Of who was ready: he is no more, or chosen by other figures, as whoever is ready with something in hand. */
function moveSeats(core: Core, id: string, before: Standing, after: Standing): void {
  if ((after.counts & READY) === 0) {
    core.freeAgents.delete(id);
    leaveSeats(core, id);
  } else if (before.inHand + after.inHand > 0) seatAnew(core, id);
}

/** How long he has been logged in today. */
function countStaffed(agent: Agent, now: Millis): void {
  if (isStaffed(agent)) agent.staffedSince ??= now;
  else if (agent.staffedSince !== undefined) {
    agent.staffedMs += now - agent.staffedSince;
    agent.staffedSince = undefined;
  }
}

/**
 * A lot for `choose by random`. How far lots lie beyond the last one that was chosen follows the one distribution without memory
 * (the exponential), so that who was passed over before is neither more nor less likely than who has just become ready.
 */
function lot(core: Core, id: string): number {
  return core.last.chosenLot - Math.log((draw(core.seed, id, ++core.last.lot) + 1) / 2 ** 32);
}

function standing(agent: Agent) {
  const { state, capacity, work } = agent;
  return {
    state,
    custom: customOf(agent),
    counts: countsOf(agent),
    reasons: reasonsOf(agent),
    capacity,
    inHand: work.length,
  };
}

/** The head counts of all his classes. */
function recount(core: Core, id: string, before: number, after: number): void {
  for (const each of core.classes.of(id)) {
    addCounts(each, before, -1);
    addCounts(each, after, 1);
  }
  if ((before ^ after) & REACHABLE) core.comeOrGone.add(id);
}

/** What a source says of an agent. The engine's own claims end by themselves after `forMs`. */
export interface Made {
  source: string;
  state: Claim["state"];
  custom?: string;
  reason?: string;
  forMs?: number;
}

/** A source says what it knows; its earlier claim is replaced. */
export function claim(core: Core, id: string, made: Made): void {
  move(core, id, made.source, (agent) => putClaim(core, agent, made));
}

function putClaim(core: Core, agent: Agent, { source, state, custom, reason, forMs }: Made): void {
  dropClaim(core, agent, source);
  const deadline =
    forMs === undefined ? undefined : core.deadlines.add(core.now + forMs, { what: "claim", agent: agent.id, source });
  agent.claims[source] = { state, custom, reason, deadline };
}

/** The directory may have given its own states other classes; what is in it no more counts as it did. */
export function reclass(core: Core, id: string): void {
  for (const [source, { state, custom, reason }] of Object.entries(core.tables.agent.get(id)?.claims ?? {})) {
    const counts = custom === undefined ? undefined : entry(core.directory.states, custom)?.class;
    if (counts !== undefined && counts !== state) claim(core, id, { source, state: counts, custom, reason });
  }
}

/** The directory may let him hold more calls, or fewer: what he has in hand he keeps. */
export function resize(core: Core, id: string): void {
  const person = entry(core.directory.agents, id);
  const capacity = person && capacityOf(person, core.directory);
  if (capacity === undefined || core.tables.agent.get(id)?.capacity === capacity) return;
  move(core, id, "directory", (agent) => void (agent.capacity = capacity));
}

/** Withdraws what a source said; nothing happens when it said nothing. */
export function unclaim(core: Core, id: string, sources: readonly string[], by: string): void {
  const agent = core.tables.agent.get(id);
  if (!agent || !sources.some((source) => Object.hasOwn(agent.claims, source))) return;
  move(core, id, by, (changing) => {
    for (const source of sources) dropClaim(core, changing, source);
    changing.idleSince = core.now;
  });
}

function dropClaim(core: Core, agent: Agent, source: string): void {
  const deadline = agent.claims[source]?.deadline;
  if (deadline !== undefined) core.deadlines.cancel(deadline);
  delete agent.claims[source];
}

/**
 * Takes the lease: from here on this room of the agent belongs to this offer and to nobody else. What he has of the same call gives way
 * to it; where there is no room, work after a call does.
 */
export function lease(
  core: Core,
  id: string,
  call: CallId,
  { id: offer, queue, device }: Pick<Offer, "id" | "queue" | "device">,
): void {
  move(core, id, "engine", (agent) => {
    const at = givesWay(agent, call);
    const before = at === -1 ? undefined : endWork(core, agent, at);
    const brokenInto = before?.kind === "wrap_up" && { wrapUpUntil: before.deadline.at, card: before.card };
    agent.work.push({ kind: "ringing", since: core.now, call, offer, queue, device, ...brokenInto });
    agent.offeredAt = core.now;
  });
}

function givesWay({ work, capacity }: Agent, call: CallId): number {
  const its = work.findIndex((each) => "call" in each && each.call === call);
  return its !== -1 || work.length < capacity ? its : work.findIndex(({ kind }) => kind === "wrap_up");
}

export function talk(core: Core, id: string, offer: OfferId): void {
  const at = held(core, id, offer)?.at;
  if (at === undefined) return;
  move(core, id, "engine", (agent) => {
    const its = agent.work[at];
    if (its?.kind === "ringing") its.kind = "talking";
  });
}

/** He holds who is at the other end of this offer, or talks with him again. */
export function holds(core: Core, id: string, offer: OfferId, kind: "hold" | "talking"): void {
  const its = held(core, id, offer);
  if (!its || its.work.kind === kind) return;
  move(core, id, "engine", (agent) => {
    const work = agent.work[its.at];
    if (work?.kind === "talking" || work?.kind === "hold") work.kind = kind;
  });
}

/** What he talks in is another call from here on. */
export function rehome(core: Core, id: string, offer: OfferId, now: Pick<InHand, "call" | "offer">): void {
  const at = held(core, id, offer)?.at;
  if (at === undefined) return;
  move(core, id, "engine", (agent) => {
    const its = agent.work[at];
    if (its && "offer" in its) Object.assign(its, now);
  });
}

/** He has been joined to a caller. */
export function countCall(core: Core, id: string): void {
  move(core, id, "engine", (agent) => {
    agent.calls++;
  });
}

/**
 * Gives the agent back without any work after it: punished by a claim, idle from now on, or idle since before the offer. Work
 * that the offer broke into goes on.
 */
export function release(core: Core, id: string, offer: OfferId, effect: Made | "idle from now" | "unharmed"): void {
  const its = held(core, id, offer);
  if (!its) return;
  const { wrapUpUntil: until, card } = its.work;
  move(core, id, "engine", (agent) => {
    endWork(core, agent, its.at);
    if (until !== undefined) startWrapUp(core, agent, { until, card });
    if (effect !== "unharmed") agent.idleSince = core.now;
    if (typeof effect === "object") putClaim(core, agent, effect);
  });
}

/** After a conversation: work after the call if the site grants any. */
export function wrapUp(core: Core, id: string, offer: OfferId): void {
  const its = held(core, id, offer);
  if (!its) return;
  const { queue, call } = its.work;
  const ms = core.directory.agents[id]?.wrapUpMs ?? core.directory.defaults.wrapUpMs;
  const card = ms > 0 ? cardOf(core, call) : undefined;
  move(core, id, "engine", (agent) => {
    if (queue !== undefined) change(core, "queue", queue, ({ today }) => void today.handled++);
    endWork(core, agent, its.at);
    agent.idleSince = core.now;
    startWrapUp(core, agent, { until: core.now + ms, queue, card });
  });
}

function startWrapUp(core: Core, agent: Agent, of: { until: Millis; queue?: string; card?: Card }): void {
  const { until, queue, card } = of;
  if (until <= core.now) return;
  const deadline = core.deadlines.add(until, { what: "wrap_up", agent: agent.id });
  agent.work.push({ kind: "wrap_up", since: core.now, queue, deadline, card });
}

/** All work after calls that ends up to then, also that of before an offer which the agent has in hand. */
export function endWrapUp(core: Core, id: string, upTo: Millis = Infinity): void {
  if (core.tables.agent.get(id)?.work.length === 0) return;
  move(core, id, "engine", (agent) => {
    for (let at = agent.work.length - 1; at >= 0; at--) {
      const each = agent.work[at];
      if (each && "offer" in each) {
        if ((each.wrapUpUntil ?? 0) > upTo) continue;
        delete each.wrapUpUntil;
        delete each.card;
      } else if (each && each.deadline.at <= upTo) {
        endWork(core, agent, at);
        agent.idleSince = core.now;
      }
    }
  });
}

function endWork(core: Core, agent: Agent, at: number): Work | undefined {
  const [ended] = agent.work.splice(at, 1);
  if (!ended) return undefined;
  if (ended.kind === "wrap_up") core.deadlines.cancel(ended.deadline);
  const { kind, queue } = ended;
  const ms = core.now - ended.since;
  agent.busyMs += ms;
  if (queue !== undefined && kind !== "ringing")
    change(core, "queue", queue, ({ today }) => void (today.handledMs += ms));
  return ended;
}

/** What an agent has in hand of this offer, and where. */
function held(core: Core, id: string, offer: OfferId): { work: InHand; at: number } | undefined {
  const { work = [] } = core.tables.agent.get(id) ?? {};
  for (const [at, each] of work.entries()) if ("offer" in each && each.offer === offer) return { work: each, at };
  return undefined;
}
