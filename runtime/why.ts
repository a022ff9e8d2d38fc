import { claimedState, isReady } from "./agent.ts";
import type { Call, Queued } from "./call.ts";
import { type Cause, causeText } from "./causes.ts";
import type { Core } from "./core.ts";
import type { CallId, Millis } from "./events.ts";
import { formatDuration } from "./strategy/format.ts";
import { restsUntil } from "./queue/matching.ts";
import { comparePlaces, scoreAt } from "./queue/lines.ts";
import { type Unanswered, unanswered } from "./queue/offers.ts";
import { type Condition, fits, type Person } from "./queue/skills.ts";
import { peopleRung } from "./queue/stand.ts";
import { waitingIn } from "./queue/statistics.ts";

/*
 * Why a call waits, agent by agent: what stands between the two now. From the same data as the matcher decides by.
 */

export interface Why {
  call: CallId;
  queue: string;
  /** Since entering the block. */
  waitedMs: Millis;
  /** In the queue, from 1. */
  position: number;
  tier: string;
  score: number;
  /** Those that are served before it, first of all first; at most ten. */
  ahead: { call: CallId; tier: string; score: number; since: Millis }[];
  /** Whom it waits for now, in words; absent where no step is in force. */
  targets?: string;
  /** Phones that ring for it. */
  ringing: string[];
  agents: WhyNot[];
}

/** What stands between a call and an agent. */
export interface WhyNot {
  agent: string;
  name: string;
  /** Nearest first; without any, the two would be joined. */
  reasons: string[];
  /** The same as codes with values, for pages in other languages. */
  causes: Cause[];
  /** How long his phone rings for this call and what becomes of him if he lets it, each with who says so. */
  unanswered: Unanswered;
}

/** undefined: the call waits in no queue. */
export function why(core: Core, id: CallId): Why | undefined {
  const call = core.tables.call.get(id);
  if (!call?.queued?.joined) return undefined;
  const { queued } = call;
  const waiting = waitingIn(core, queued.name);
  const before = [...waiting.lines]
    .filter((place) => comparePlaces(place, queued.place, core.now) < 0)
    .toSorted((a, b) => comparePlaces(a, b, core.now));
  const inForce = queued.class === undefined ? undefined : core.classes.get(queued.class);
  return {
    call: id,
    queue: queued.name,
    waitedMs: core.now - queued.enteredAt,
    position: before.length + 1,
    tier: tierOf(core, queued.place.tier),
    score: scoreAt(queued.place, core.now),
    ahead: before.slice(0, 10).map((place) => ({
      call: place.call,
      tier: tierOf(core, place.tier),
      score: scoreAt(place, core.now),
      since: place.since,
    })),
    ...(inForce && { targets: inForce.key }),
    ringing: call.offers.map(({ agent, number }) => agent ?? number ?? ""),
    agents: Object.keys(core.directory.agents).map((agent) => whyNot(core, call, queued, agent)),
  };
}

function tierOf({ directory }: Core, tier: number): string {
  return directory.tiers[tier] ?? "normal";
}

function whyNot(core: Core, call: Call, queued: Queued, id: string): WhyNot {
  const name = core.directory.agents[id]?.name ?? id;
  const causes = [...targeted(core, queued, id), ...between(core, call, id), ...himself(core, id)];
  return {
    agent: id,
    name,
    reasons: causes.map(causeText),
    causes,
    unanswered: unanswered(core, { agent: id, device: core.tables.agent.get(id)?.device, ringMs: queued.ringMs }),
  };
}

/** Whether he is among the targets in force, and if not, what he lacks and when that changes. */
function targeted(core: Core, queued: Queued, id: string): Cause[] {
  const { stepClasses, inForce } = queued;
  if (inForce.some((step) => belongs(core, stepClasses[step], id))) return [];
  const later = stepClasses.findIndex((key, step) => !inForce.includes(step) && belongs(core, key, id));
  if (later === -1) return [lackOf(core, queued, id)];
  return [{ code: later < queued.step ? "step_condition" : "later_step", step: later + 1 }];
}

function belongs(core: Core, key: string | null | undefined, id: string): boolean {
  return typeof key === "string" && core.classes.get(key).members.has(id);
}

function lackOf(core: Core, { stepClasses }: Queued, id: string): Cause {
  const person = core.classes.person(id);
  const first = stepClasses.find((key) => key !== null);
  const missing = first && person && missingIn(core.classes.get(first).condition, person);
  return missing || { code: "no_step" };
}

/** The first part of a condition that a person does not satisfy, with what he has. */
function missingIn(condition: Condition, person: Person): Cause | undefined {
  if (fits(condition, person)) return undefined;
  switch (condition.is) {
    case "all":
      return condition.of.map((part) => missingIn(part, person)).find((cause) => cause !== undefined);
    case "any":
      return { code: "any", of: condition.of.flatMap((part) => missingIn(part, person) ?? []) };
    case "not":
      return { code: "left_out" };
    case "skill": {
      const { skill, op, level } = condition;
      const has = Object.hasOwn(person.skills, skill) ? person.skills[skill] : undefined;
      return { code: "skill", skill, op, level, has };
    }
    case "kind":
      return { code: "kind", wanted: condition.kind, kind: person.kind };
    case "group":
      return { code: "group", name: condition.group };
    case "site":
      return { code: "site", name: condition.site };
    case "age":
      return { code: "age", ms: condition.atLeast };
    default:
      return { code: "agent", name: condition.agent };
  }
}

/** What happened between the two. */
function between(core: Core, call: Call, id: string): Cause[] {
  const causes: Cause[] = [];
  const { queued, offers } = call;
  if (offers.some(({ agent }) => agent === id)) causes.push({ code: "rings_here" });
  else if (queued && peopleRung(call) >= queued.most) causes.push({ code: "rings_elsewhere" });
  else if (queued && !queued.inLine) causes.push({ code: "not_interruptible" });
  if (queued?.exclude.includes(id)) causes.push({ code: "excluded" });
  const until = restsUntil(core, call, id);
  if (until > core.now) causes.push({ code: "rest", seconds: Math.ceil((until - core.now) / 1000) });
  return causes;
}

/** What he is doing. */
function himself(core: Core, id: string): Cause[] {
  const agent = core.tables.agent.get(id);
  if (!agent) return [{ code: "not_known" }];
  if (isReady(agent)) return [];
  const { stateSince, work, capacity, claims } = agent;
  // With room for another call it is something else that keeps him from it.
  const state = work.length < capacity ? claimedState(claims) : agent.state;
  const calls = work.flatMap((each) => ("call" in each ? [each.call] : []));
  const because = Object.entries(claims).flatMap(([source, claim]) =>
    claim.state === state ? [claim.reason ?? source] : [],
  );
  return [{ code: "state", state, seconds: Math.floor((core.now - stateSince) / 1000), calls, because }];
}

/** As a person reads it. */
export function whyText(found: Why): string {
  const { call, queue, position, tier, score, ahead, targets, ringing, agents } = found;
  const lines = [
    `${call} waits in queue ${queue} for ${Math.floor(found.waitedMs / 1000)} s, place ${position}, tier ${tier}, ${Math.round(score * 10) / 10} points`,
    targets === undefined ? "  waits for nobody: no step is in force" : `  waits for ${targets}`,
    ...ringing.map((who) => `  rings at ${who}${ringText(agents.find(({ agent }) => agent === who))}`),
    ...ahead.map(
      (other) => `  before it ${other.call}, tier ${other.tier}, ${Math.round(other.score * 10) / 10} points`,
    ),
    ...agents.map(
      ({ agent, reasons }) => `  ${agent}: ${reasons.length === 0 ? "free to take it" : reasons.join("; ")}`,
    ),
  ];
  return lines.join("\n");
}

function ringText(who: WhyNot | undefined): string {
  if (!who) return "";
  const { ring, makes } = who.unanswered;
  return ` for ${formatDuration(ring.value)} (${ring.level}), then ${makes.value.state} (${makes.level})`;
}
