import {
  type Agent,
  type Claim,
  countsOf,
  customOf,
  effectiveState,
  isStaffed,
  REACHABLE,
  reasonsOf,
} from "./agent.ts";
import type { Offer } from "./call.ts";
import { change, changed, type Core, record } from "./core.ts";
import type { CallId, Millis, OfferId } from "./events.ts";
import { lookAtAge } from "./queue/ages.ts";
import { addCounts } from "./queue/classes.ts";
import { draw } from "./random.ts";
import { leaveSeats } from "./queue/seats.ts";
import { entry } from "./strategy/things.ts";

/*
 * Every change of an agent goes through `move`: it runs the recipe, finds the effective state, keeps the head counts of his
 * classes, and tells the matcher when he became ready.
 */

function move(core: Core, id: string, source: string, recipe: (agent: Agent) => void): void {
  const { before, after } = change(core, "agent", id, (agent) => {
    const before = standing(agent);
    recipe(agent);
    agent.state = effectiveState(agent);
    countStaffed(agent, core.now);
    if (agent.state !== before.state || customOf(agent) !== before.custom) agent.stateSince = core.now;
    if (agent.state === "ready" && before.state !== "ready") agent.lot = lot(core, id);
    return { before, after: standing(agent) };
  });
  if (after.counts !== before.counts) recount(core, id, before.counts, after.counts);
  if (after.counts !== before.counts || after.state !== before.state) changed(core, "people");
  const isAnother = after.state !== before.state || after.custom !== before.custom;
  if (isAnother) lookAtAge(core, id);
  if (!isAnother && after.reasons.join() === before.reasons.join()) return;
  const { state, custom, reasons } = after;
  record(core, { type: "agent.state", agent: id, state, custom, reasons, source });
  if (before.state === "ready" && state !== "ready") {
    core.freeAgents.delete(id);
    leaveSeats(core, id);
  }
  if (state === "ready") core.freeAgents.add(id);
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
  return { state: agent.state, custom: customOf(agent), counts: countsOf(agent), reasons: reasonsOf(agent) };
}

/** The head counts of all his classes. */
function recount(core: Core, id: string, before: number, after: number): void {
  for (const each of core.classes.of(id)) {
    addCounts(each, after & ~before, 1);
    addCounts(each, before & ~after, -1);
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

/** Takes the lease: from here on the agent belongs to this offer and to nobody else. */
export function lease(
  core: Core,
  id: string,
  call: CallId,
  { id: offer, queue, device }: Pick<Offer, "id" | "queue" | "device">,
): void {
  move(core, id, "engine", (agent) => {
    const wrapUpUntil = agent.work.kind === "wrap_up" ? agent.work.deadline.at : undefined;
    endWork(core, agent);
    agent.work = { kind: "ringing", call, offer, queue, device, wrapUpUntil };
    agent.offeredAt = core.now;
    agent.busySince = core.now;
  });
}

export function talk(core: Core, id: string, offer: OfferId): void {
  if (!holds(core, id, offer)) return;
  move(core, id, "engine", (agent) => {
    if (agent.work.kind === "ringing") agent.work.kind = "talking";
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
  if (!holds(core, id, offer)) return;
  move(core, id, "engine", (agent) => {
    const until = "offer" in agent.work ? agent.work.wrapUpUntil : undefined;
    endWork(core, agent);
    if (until !== undefined) startWrapUp(core, agent, until);
    if (effect !== "unharmed") agent.idleSince = core.now;
    if (typeof effect === "object") putClaim(core, agent, effect);
  });
}

/** After a conversation: work after the call if the site grants any. */
export function wrapUp(core: Core, id: string, offer: OfferId): void {
  if (!holds(core, id, offer)) return;
  const ms = core.directory.agents[id]?.wrapUpMs ?? core.directory.defaults.wrapUpMs;
  move(core, id, "engine", (agent) => {
    const queue = "offer" in agent.work ? agent.work.queue : undefined;
    if (queue !== undefined) change(core, "queue", queue, ({ today }) => void today.handled++);
    endWork(core, agent);
    agent.idleSince = core.now;
    startWrapUp(core, agent, core.now + ms, queue);
  });
}

function startWrapUp(core: Core, agent: Agent, until: Millis, queue?: string): void {
  if (until <= core.now) return;
  agent.work = { kind: "wrap_up", queue, deadline: core.deadlines.add(until, { what: "wrap_up", agent: agent.id }) };
  agent.busySince = core.now;
}

/** Also that of before an offer which the agent has in hand. */
export function endWrapUp(core: Core, id: string): void {
  if ((core.tables.agent.get(id)?.work.kind ?? "none") === "none") return;
  move(core, id, "engine", (agent) => {
    if ("offer" in agent.work) {
      delete agent.work.wrapUpUntil;
      return;
    }
    endWork(core, agent);
    agent.idleSince = core.now;
  });
}

function endWork(core: Core, agent: Agent): void {
  if (agent.work.kind === "wrap_up") core.deadlines.cancel(agent.work.deadline);
  if (agent.work.kind !== "none") {
    const ms = core.now - agent.busySince;
    agent.busyMs += ms;
    const { kind, queue } = agent.work;
    if (queue !== undefined && kind !== "ringing")
      change(core, "queue", queue, ({ today }) => void (today.handledMs += ms));
  }
  agent.work = { kind: "none" };
}

/** Whether this offer has the agent in hand. */
function holds(core: Core, id: string, offer: OfferId): boolean {
  const work = core.tables.agent.get(id)?.work;
  return work !== undefined && "offer" in work && work.offer === offer;
}
