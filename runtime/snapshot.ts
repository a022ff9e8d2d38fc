import { type Agent, isReady } from "./agent.ts";
import type { Call, CallDue } from "./call.ts";
import { copy } from "./copy.ts";
import { callOf, type Core, type House, type Last } from "./core.ts";
import { invariant } from "./defect.ts";
import type { CallId, Millis } from "./events.ts";
import type { Queue } from "./figures.ts";
import { countsOfAgent, takeAge } from "./queue/ages.ts";
import { planOf } from "./queue/conditions.ts";
import { takePlace } from "./queue/queue.ts";
import { classesInUse } from "./queue/statistics.ts";
import { takeSeats } from "./queue/seats.ts";
import type { Condition } from "./queue/skills.ts";

import { countIn } from "./strategy/admission.ts";
import type { Read } from "./strategy/reads.ts";

/*
 * The state of an engine between two events, as data that JSON can write. Calls, agents and queues are the truth; lines, seats,
 * classes and the heap of deadlines are made from them again. Programs stand in it by hash, and are handed in.
 */

const VERSION = 2;

export interface Snapshot {
  snapshot: typeof VERSION;
  now: Millis;
  seed: number;
  /** Hash of the one for new calls. */
  program: string;
  calls: Call[];
  agents: Agent[];
  queues: Queue[];
  /** Skill expressions that somebody waits for. */
  conditions: Condition[];
  /** Of plans, each named by a call that waits by it: what those of its conditions were that are the same for all. */
  shared: { call: CallId; last?: string }[];
  downTrunks: string[];
  upDevices: string[];
  last: Last;
  house: House;
  lastDeadline: number;
  /** Nothing, but after a defect. */
  unsettled: {
    freeCalls: CallId[];
    freeAgents: string[];
    comeOrGone: string[];
    resumed: CallId[];
    changed: Read[];
    rewritten: CallId[];
  };
}

export function takeSnapshot(core: Core): Snapshot {
  const { call, agent, queue } = core.tables;
  return copy({
    snapshot: VERSION,
    now: core.now,
    seed: core.seed,
    program: core.program.hash,
    calls: [...call.values()],
    agents: [...agent.values()],
    queues: [...queue.values()],
    conditions: [...classesInUse(core)].map((key) => core.classes.get(key).condition),
    shared: [...core.conditional.values()].flatMap(({ calls: [any], last }) =>
      any === undefined ? [] : [{ call: any, last }],
    ),
    downTrunks: [...core.downTrunks],
    upDevices: [...core.upDevices],
    last: core.last,
    house: core.house,
    lastDeadline: core.deadlines.lastId,
    unsettled: {
      freeCalls: [...core.freeCalls],
      freeAgents: [...core.freeAgents],
      comeOrGone: [...core.comeOrGone],
      resumed: [...core.resumed],
      changed: [...core.changed],
      rewritten: [...core.rewritten],
    },
  });
}

/** Fills a new core, and finds the way to everything again. */
export function takeUp(core: Core, snapshot: Snapshot): void {
  invariant(snapshot.snapshot === VERSION, `a snapshot of version ${String(snapshot.snapshot)}`);
  const { calls, agents, queues, conditions, shared, downTrunks, upDevices, last, house, unsettled } = copy(snapshot);
  Object.assign(core.last, last);
  Object.assign(core.house, house);
  fill(core.downTrunks, downTrunks);
  fill(core.upDevices, upDevices);
  for (const each of queues) core.tables.queue.set(each.name, each);
  for (const each of agents) core.tables.agent.set(each.id, each);
  for (const condition of conditions) core.classes.intern(condition, (id) => countsOfAgent(core, id));
  for (const each of calls) takeUpCall(core, each);
  for (const each of shared) {
    const watched = core.conditional.get(planOf(core, callOf(core, each.call)));
    if (watched) watched.last = each.last;
  }
  fill(core.freeAgents, unsettled.freeAgents);
  fill(core.freeCalls, unsettled.freeCalls);
  fill(core.comeOrGone, unsettled.comeOrGone);
  fill(core.changed, unsettled.changed);
  fill(core.rewritten, unsettled.rewritten);
  core.resumed.push(...unsettled.resumed);
  for (const each of agents) takeUpAgent(core, each);
}

function takeUpCall(core: Core, call: Call): void {
  const { id, queued } = call;
  core.tables.call.set(id, call);
  if (!call.ended) countIn(core, call);
  if (!core.programs.has(call.program)) {
    const program = core.library.get(call.program);
    invariant(program, `no program ${call.program}`);
    core.programs.set(program.hash, program);
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys forgets what they are keys of
  for (const what of Object.keys(call.due) as CallDue[]) {
    const deadline = call.due[what];
    if (deadline) core.deadlines.put(deadline, { what, call: id });
  }
  for (const { deadline, id: offer } of call.offers) core.deadlines.put(deadline, { what: "offer", call: id, offer });
  if (!queued?.joined) return;
  takePlace(core, id, queued);
  if (queued.inLine && queued.class !== undefined) core.classes.get(queued.class).lines.add(queued.place, core.now);
}

function takeUpAgent(core: Core, agent: Agent): void {
  const { id, claims, work, aging } = agent;
  for (const [source, { deadline }] of Object.entries(claims)) {
    if (deadline) core.deadlines.put(deadline, { what: "claim", agent: id, source });
  }
  if (aging) core.deadlines.put(aging, { what: "age", agent: id });
  takeAge(core, agent);
  for (const each of work) {
    if (each.kind === "wrap_up") core.deadlines.put(each.deadline, { what: "wrap_up", agent: id });
  }
  if (isReady(agent) && !core.freeAgents.has(id)) takeSeats(core, id);
}

function fill<T>(set: Set<T>, items: readonly T[]): void {
  for (const item of items) set.add(item);
}
