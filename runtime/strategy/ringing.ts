import type { Call } from "../call.ts";
import type { Party } from "../commands.ts";
import { type Agent, isReachable, ON_THE_PHONE } from "../agent.ts";
import { makeChooser } from "../queue/choosers.ts";
import { callOf, change, command, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { asDuration, asFields, asName } from "./needed.ts";
import { makeOffer } from "../queue/offers.ts";
import { limits } from "../limits.ts";
import { scopeOf } from "./frames.ts";
import { hasAccepted } from "./previewing.ts";
import type { RingOp } from "./program.ts";
import { masked } from "./secrets.ts";
import { poolOf } from "../queue/seats.ts";
import { classOf } from "../queue/statistics.ts";
import { agentAt, entry, isThing, phoneOf } from "./things.ts";
import { startTreatment } from "./treatments.ts";
import { outbound } from "./trunks.ts";
import { textOf, type Value } from "../values.ts";
import { fail, type Failure, type Scope } from "./world.ts";

/** What can be told of a party without ringing it. */
export type AtOnce = "busy" | "unreachable";

/** Starts the attempt, or tells how it ended before it began. */
export function startRing(core: Core, id: CallId, { ring }: RingOp): AtOnce | Failure | undefined {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const target = ring.target(scope);
  const at = ring.at?.(scope) ?? null;
  const ringMs = ring.length ? asDuration(ring.length(scope), scope) : undefined;
  const prompt = ring.confirmed && asName(ring.confirmed.prompt(scope), scope);
  const showing = ring.showing && masked(core, call, asFields(ring.showing(scope)));
  const found = scope.failure ? [] : partiesOf(core, target, at, scope, ring.all);
  if (scope.failure) return scope.failure;
  const parties = eachOnce(found.filter((each) => typeof each !== "string"));
  if (parties.length === 0) return found.includes("busy") ? "busy" : "unreachable";
  soundRingback(core, id);
  const confirm = ring.confirmed && { key: ring.confirmed.key, prompt: prompt ?? "" };
  const { noAnswerMakes, overflows } = ring;
  for (const party of ring.all ? parties.slice(0, limits.ringsAtOnce) : parties.slice(0, 1)) {
    makeOffer(core, id, { ...party, ringMs, showing, noAnswerMakes, overflows, confirm });
  }
  change(core, "call", id, (changing) => {
    changing.wait = { for: "ring" };
  });
  return undefined;
}

/** After the answer the caller hears what sounds already, else ringback; before it his own network rings for him. */
export function soundRingback(core: Core, id: CallId): void {
  const { answered, treatment } = callOf(core, id);
  if (!answered || treatment) return;
  const task = change(core, "call", id, (call) => startTreatment(core, call, "ringback"));
  command(core, { type: "ringback", call: id, task });
}

export type Rung = { party: Party; agent?: string };

/** Who stands in two groups has one phone. */
function eachOnce(parties: Rung[]): Rung[] {
  const byWho = new Map(parties.map((each) => [each.agent ?? JSON.stringify(each.party), each]));
  return [...byWho.values()];
}

/** Of a list everybody, of a group with `all` the members who are ready. */
function partiesOf(core: Core, target: Value, at: Value, scope: Scope, all: boolean): (Rung | AtOnce)[] {
  if (typeof target === "object" && target?.is === "list")
    return target.items.flatMap((each) => partiesOf(core, each, at, scope, all));
  if (all && isThing(target, "group")) return readyOf(core, scope.call, target.name, at);
  const one = partyOf(core, target, at, scope);
  return one === undefined ? [] : [one];
}

function readyOf(core: Core, call: Call, group: string, at: Value): (Rung | AtOnce)[] {
  const members = classOf(core, { is: "group", group });
  const ready = [...poolOf(core, members, makeChooser([])).seats].map((seat) => agentParty(core, call, seat.agent, at));
  return ready.length > 0 ? ready : [members.counts.reachable > 0 ? "busy" : "unreachable"];
}

/** A number that is somebody's extension is that person: no trunk leads to him, and he may be busy. */
export function partyOf(core: Core, target: Value, at: Value, scope: Scope): Rung | AtOnce | undefined {
  if (isThing(target, "agent")) return agentParty(core, scope.call, target.name, at);
  if (isThing(target, "group")) return groupParty(core, scope.call, target.name, at);
  const number = phoneOf(target, core.directory);
  if (number === undefined) {
    fail(scope, "no_such_target", "nobody to ring");
    return undefined;
  }
  const person = agentAt(number, core.directory);
  return isThing(person, "agent") ? agentParty(core, scope.call, person.name, at) : numberParty(core, number);
}

/** A person is rung whether ready or not; only a phone that is in use or gone tells its outcome at once. */
function agentParty(core: Core, call: Call, id: string, at: Value): { party: Party; agent: string } | AtOnce {
  const agent = core.tables.agent.get(id);
  if (!agent || !entry(core.directory.agents, id) || !isReachable(agent)) return "unreachable";
  if (!hasRoom(agent, call)) return "busy";
  const party = deviceParty(core, agent, at);
  return typeof party === "string" ? party : { party, agent: id };
}

/** For who has accepted a call there is the room that he keeps for it; work after a call gives way; nobody is rung twice for one call, or for his own. */
function hasRoom({ id, work, capacity, claims }: Agent, call: Call): boolean {
  const accepted = hasAccepted(call, id);
  const others = work.flatMap((each) => ("offer" in each && each.offer !== accepted ? [each.call] : []));
  const own = claims.phone?.reason === ON_THE_PHONE ? 1 : 0;
  return others.length + own < capacity && !others.includes(call.id) && !call.callers?.includes(id);
}

function deviceParty(core: Core, agent: Agent, at: Value): Party | AtOnce {
  const device = at === null ? agent.device : textOf(at);
  if (device !== undefined && entry(core.directory.devices, device)) return { kind: "agent", agent: agent.id, device };
  const outside = numberParty(core, phoneOf(at, core.directory) ?? agent.device);
  return typeof outside === "string" ? outside : outside.party;
}

function numberParty(core: Core, number: string): { party: Party } | AtOnce {
  const trunks = outbound(core, number);
  return trunks.length === 0 ? "unreachable" : { party: { kind: "number", number, trunks } };
}

/** The member who has been ready longest. */
function groupParty(core: Core, call: Call, group: string, at: Value): { party: Party; agent: string } | AtOnce {
  const members = classOf(core, { is: "group", group });
  const first = poolOf(core, members, makeChooser([])).seats.find(({ agent }) => {
    const person = core.tables.agent.get(agent);
    return person !== undefined && hasRoom(person, call);
  });
  if (first) return agentParty(core, call, first.agent, at);
  return members.counts.reachable > 0 ? "busy" : "unreachable";
}
