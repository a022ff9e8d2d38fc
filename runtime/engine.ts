import { isReady, newAgent } from "./agent.ts";
import { Classes } from "./queue/classes.ts";
import type { Command } from "./commands.ts";
import { type Core, type Drive, inPlace } from "./core.ts";
import { Deadlines } from "./deadlines.ts";
import { invariant } from "./defect.ts";
import { giveUpCall } from "./strategy/ending.ts";
import type { CallId, Event, Millis } from "./events.ts";
import { fallDue, happen } from "./happenings.ts";
import { reviewHope } from "./queue/hope.ts";
import { limits } from "./limits.ts";
import { match } from "./queue/matching.ts";
import { peopleOf } from "./people.ts";
import type { Program } from "./strategy/program.ts";
import type { EventRecord } from "./records.ts";
import { replaceProgram } from "./reload.ts";
import { reviewConditions } from "./queue/stand.ts";
import { worldOf } from "./queue/statistics.ts";
import { drive } from "./strategy/strategy.ts";
import { agentView, type AgentView, callView, type CallView, queueView, type QueueView } from "./views.ts";

/** What an event has brought forth: asked of the outside, and told to whoever watches. Both in order. */
export interface Outcome {
  commands: Command[];
  records: EventRecord[];
}

/**
 * The deterministic core: the same events at the same times give the same commands and records, for ever. It does nothing by
 * itself, reads no clock and holds no resource; a host delivers events and performs commands.
 */
export interface Engine {
  /** Takes an event that happened at `now`, which never runs backwards. Throws nothing but `Defect`, our own mistake. */
  accept(event: Event, now: Millis): Outcome;
  /** When `time.passed` must be delivered at the latest; undefined: nothing is due. */
  nextDeadline(): Millis | undefined;
  /** New calls use this program; calls under way keep theirs. Agents and groups are taken over at once. */
  load(program: Program, now: Millis): Outcome;
  /**
   * After a defect: ends the call that was in hand as well as it can be ended, so that the others go on. Where none was, what was
   * to be looked at is dropped: better a match missed than the same defect for ever.
   */
  abandon(now: Millis): Outcome;
  calls(): CallView[];
  agents(): AgentView[];
  queues(): QueueView[];
  call(id: CallId): CallView | undefined;
  agent(id: string): AgentView | undefined;
}

export interface EngineOptions {
  program: Program;
  now: Millis;
  /** For everything that is drawn. */
  seed?: number;
  /** How recipes are run; in place unless somebody wants to see every state. */
  drive?: Drive;
}

export function createEngine(options: EngineOptions): Engine {
  const core = newCore(options);
  settle(core);
  return {
    accept(event, now) {
      passTime(core, now);
      happen(core, event);
      settle(core);
      return flush(core);
    },
    nextDeadline: () => (isSettled(core) ? core.deadlines.next() : core.now),
    load(program, now) {
      passTime(core, now);
      replaceProgram(core, program);
      settle(core);
      return flush(core);
    },
    abandon(now) {
      core.now = Math.max(core.now, now);
      if (core.inHand === undefined) for (const work of toLookAt(core)) work.clear();
      else {
        giveUpCall(core, core.inHand);
        core.changed.add("queues");
      }
      return flush(core);
    },
    calls: () => [...core.tables.call.values()].map((call) => callView(core, call)),
    agents: () => [...core.tables.agent.values()].map(agentView),
    queues: () => [...core.tables.queue.values()].map((queue) => queueView(core, queue)),
    call: (id) => {
      const call = core.tables.call.get(id);
      return call && callView(core, call);
    },
    agent: (id) => {
      const agent = core.tables.agent.get(id);
      return agent && agentView(agent);
    },
  };
}

function newCore({ program, now, seed = 1, drive: recipes = inPlace }: EngineOptions): Core {
  const { directory } = program;
  const people = Object.values(directory.agents);
  const agents = new Map(people.map((entry) => [entry.id, newAgent(entry, directory, now)]));
  const core: Core = {
    now,
    seed,
    program,
    programs: new Map([[program.hash, program]]),
    directory,
    tables: { call: new Map(), agent: agents, queue: new Map() },
    drive: recipes,
    get world() {
      return world;
    },
    deadlines: new Deadlines(),
    classes: new Classes(peopleOf(directory)),
    waiting: new Map(),
    downTrunks: new Set(),
    seats: new Map(),
    conditional: new Map(),
    freeCalls: new Set(),
    freeAgents: new Set([...agents.values()].filter(isReady).map(({ id }) => id)),
    comeOrGone: new Set(),
    resumed: [],
    inHand: undefined,
    changed: new Set(),
    rewritten: new Set(),
    lastSequence: 0,
    lastLot: 0,
    chosenLot: 0,
    lastRecord: 0,
    commands: [],
    records: [],
  };
  const world = worldOf(core);
  return core;
}

/** Everything that fell due up to now, in the order of its instants. */
function passTime(core: Core, now: Millis): void {
  core.now = Math.max(core.now, now);
  core.inHand = undefined;
  for (let due = core.deadlines.take(core.now); due; due = core.deadlines.take(core.now)) {
    fallDue(core, due);
    core.inHand = undefined;
  }
}

/** Conditions, matching and strategies, until nothing more follows from what has happened. */
function settle(core: Core): void {
  // Each look that is not the last has led to an offer, so there cannot be more in a row than agents.
  for (let looks = 0; !isSettled(core); looks++) {
    core.inHand = undefined;
    invariant(looks <= core.tables.agent.size + limits.settleLooks, "an event that never settles");
    if (core.comeOrGone.size > 0) reviewHope(core);
    if (core.changed.size + core.rewritten.size > 0) reviewConditions(core);
    core.inHand = undefined;
    if (core.freeAgents.size + core.freeCalls.size > 0) match(core);
    const id = core.resumed.shift();
    if (id === undefined) continue;
    looks = 0;
    drive(core, id);
  }
}

/** Only after a defect is something left to do between events. */
function isSettled(core: Core): boolean {
  return core.resumed.length === 0 && toLookAt(core).every(({ size }) => size === 0);
}

type Work = Pick<Set<unknown>, "size" | "clear">;

/** What has happened that somebody must look at before the event is done. */
function toLookAt({ changed, rewritten, freeAgents, freeCalls, comeOrGone }: Core): Work[] {
  return [changed, rewritten, freeAgents, freeCalls, comeOrGone];
}

function flush(core: Core): Outcome {
  const { commands, records } = core;
  core.commands = [];
  core.records = [];
  return { commands, records };
}
