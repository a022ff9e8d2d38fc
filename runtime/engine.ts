import { isReady, newAgent } from "./agent.ts";
import { Classes } from "./queue/classes.ts";
import type { Command } from "./commands.ts";
import { type Core, type Drive, inPlace, type Library, type Ways } from "./core.ts";
import { Deadlines } from "./deadlines.ts";
import { midnightAfter, turnDay } from "./day.ts";
import { invariant } from "./defect.ts";
import { rescueCall } from "./strategy/defective.ts";
import type { CallId, Event, Millis } from "./events.ts";
import { fallDue } from "./dues.ts";
import { happen } from "./happenings.ts";
import { flagOf } from "./house.ts";
import { reviewHope } from "./queue/hope.ts";
import { limits } from "./limits.ts";
import { type MailboxView, mailboxView } from "./mailboxes.ts";
import { match } from "./queue/matching.ts";
import { peopleOf } from "./people.ts";
import { away, type AwayCall } from "./restarting.ts";
import type { Program } from "./strategy/program.ts";
import type { EventRecord } from "./records.ts";
import { type Snapshot, takeSnapshot, takeUp } from "./snapshot.ts";
import { reviewConditions } from "./queue/stand.ts";
import type { Value } from "./values.ts";
import { worldOf } from "./world.ts";
import { shownEvent } from "./strategy/secrets.ts";
import { drive } from "./strategy/strategy.ts";
import type { Zones } from "./zone.ts";
import { zonesFor } from "./zone-data.ts";
import { type Why, why } from "./why.ts";
import {
  agentView,
  type AgentView,
  callGlance,
  type CallGlance,
  callView,
  type CallView,
  queueView,
  type QueueView,
} from "./views.ts";

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
  /** An event, before it is told, as others may see it: the same, or, where it holds secrets of a call, another without them. */
  shown(event: Event): Event;
  /** Everything that decides about what comes, as data that JSON can write. */
  snapshot(): Snapshot;
  /**
   * After a defect: sends the call that was in hand by default, or, where it showed one before, ends it as well as it can be ended, so that
   * the others go on. Where none was, what was to be looked at is dropped: better a match missed than the same defect for ever.
   */
  abandon(now: Millis): Outcome;
  calls(): CallView[];
  /** The same calls, as a list of them needs it. */
  glance(): CallGlance[];
  agents(): AgentView[];
  queues(): QueueView[];
  /** The switches of the directory, as they stand. */
  flags(): Record<string, boolean>;
  /** A mailbox of the directory, with whoever hears it. */
  mailbox(id: string): MailboxView | undefined;
  call(id: CallId): CallView | undefined;
  agent(id: string): AgentView | undefined;
  /** Calls that are not yet found again after `run.restarted`. */
  away(): AwayCall[];
  /** Why a call waits, agent by agent; undefined where it waits in no queue. */
  why(id: CallId): Why | undefined;
}

export interface EngineOptions {
  program: Program;
  now: Millis;
  /** For everything that is drawn. */
  seed?: number;
  /** How clocks are set in the zones of the program; of this machine where absent. */
  zones?: Zones;
  /** Where `program.loaded` finds its program; asked when that is told, so it may grow. */
  library?: Library;
  /** Figures that a test states, by how they are written: `ewt(queue Vip)`. */
  stated?: Readonly<Record<string, Value>>;
  ways?: Ways;
  /** How recipes are run; in place unless somebody wants to see every state. */
  drive?: Drive;
}

export interface RestoreOptions extends Pick<EngineOptions, "drive" | "stated"> {
  /** Has the program of the snapshot and those that its calls entered with. */
  library: Library;
}

export function createEngine(options: EngineOptions): Engine {
  const core = newCore(options);
  const { directory } = core;
  core.house.dayEnds = midnightAfter(core.world.zone(directory.site.zone), core.now);
  for (const entry of Object.values(directory.agents)) {
    const agent = newAgent(entry, directory, core.now);
    core.tables.agent.set(agent.id, agent);
    if (isReady(agent)) core.freeAgents.add(agent.id);
  }
  settle(core);
  return engineOf(core);
}

/**
 * An engine that goes on where another stood when it gave the snapshot: told the same, it does the same. The snapshot itself is
 * left as it is. Throws `Defect` when a program is missing or the snapshot is of another version.
 */
export function restoreEngine(snapshot: Snapshot, options: RestoreOptions): Engine {
  const program = options.library.get(snapshot.program);
  invariant(program, `no program ${snapshot.program}`);
  const core = newCore(
    { ...options, program, now: snapshot.now, seed: snapshot.seed, zones: snapshot.house.zones },
    snapshot.lastDeadline,
  );
  takeUp(core, snapshot);
  return engineOf(core);
}

function engineOf(core: Core): Engine {
  return {
    accept(event, now) {
      passTime(core, now);
      happen(core, event);
      settle(core);
      return flush(core);
    },
    nextDeadline: () => (isSettled(core) ? core.deadlines.next() : core.now),
    abandon(now) {
      core.now = Math.max(core.now, now);
      if (core.inHand === undefined) for (const work of toLookAt(core)) work.clear();
      else {
        rescueCall(core, core.inHand);
        core.changed.add("queues");
      }
      return flush(core);
    },
    shown: (event) => shownEvent(core, event),
    snapshot: () => takeSnapshot(core),
    calls: () => [...core.tables.call.values()].flatMap((call) => (call.ended ? [] : callView(core, call))),
    glance: () => [...core.tables.call.values()].flatMap((call) => (call.ended ? [] : callGlance(core, call))),
    agents: () => [...core.tables.agent.values()].map(agentView),
    queues: () => [...core.tables.queue.values()].map((queue) => queueView(core, queue)),
    flags: () =>
      Object.fromEntries(Object.keys(core.directory.flags).map((name) => [name, flagOf(core, name) === true])),
    mailbox: (id) => mailboxView(core, id),
    call: (id) => {
      const call = core.tables.call.get(id);
      return call && !call.ended ? callView(core, call) : undefined;
    },
    away: () => away(core),
    why: (id) => why(core, id),
    agent: (id) => {
      const agent = core.tables.agent.get(id);
      return agent && agentView(agent);
    },
  };
}

function newCore(options: EngineOptions, lastDeadline?: number): Core {
  const {
    program,
    now,
    seed = 1,
    library = new Map<string, Program>(),
    drive: recipes = inPlace,
    stated = {},
  } = options;
  const { directory } = program;
  const zones = options.zones ?? zonesFor(program.zones, now);
  const core: Core = {
    now,
    seed,
    program,
    programs: new Map([[program.hash, program]]),
    library,
    directory,
    tables: { call: new Map(), agent: new Map(), queue: new Map() },
    drive: recipes,
    get world() {
      return world;
    },
    deadlines: new Deadlines(lastDeadline),
    classes: new Classes(peopleOf(directory)),
    waiting: new Map(),
    admitted: new Map(),
    downTrunks: new Set(),
    upDevices: new Set(),
    seats: new Map(),
    conditional: new Map(),
    freeCalls: new Set(),
    freeAgents: new Set(),
    comeOrGone: new Set(),
    resumed: [],
    spent: new Map(),
    inHand: undefined,
    changed: new Set(),
    rewritten: new Set(),
    house: { splits: {}, flags: {}, counters: {}, turns: {}, zones, siteWaits: {}, dayEnds: 0 },
    stated,
    ways: options.ways,
    last: { record: 0, sequence: 0, lot: 0, chosenLot: 0 },
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
  if (core.now >= core.house.dayEnds) turnDay(core);
  for (let due = core.deadlines.take(core.now); due; due = core.deadlines.take(core.now)) {
    fallDue(core, due);
    core.inHand = undefined;
  }
}

/** Conditions, matching and strategies, until nothing more follows from what has happened. */
function settle(core: Core): void {
  // Each look that is not the last has led to an offer, so there cannot be more in a row than agents can take.
  for (let looks = 0; !isSettled(core); looks++) {
    core.inHand = undefined;
    invariant(looks <= core.tables.agent.size * limits.capacity + limits.settleLooks, "an event that never settles");
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
function isSettled({ resumed, changed, rewritten, freeAgents, freeCalls, comeOrGone }: Core): boolean {
  if (resumed.length > 0) return false;
  return changed.size + rewritten.size + freeAgents.size + freeCalls.size + comeOrGone.size === 0;
}

type Work = Pick<Set<unknown>, "size" | "clear">;

/** What has happened that somebody must look at before the event is done. */
function toLookAt({ changed, rewritten, freeAgents, freeCalls, comeOrGone }: Core): Work[] {
  return [changed, rewritten, freeAgents, freeCalls, comeOrGone];
}

function flush(core: Core): Outcome {
  const { commands, records } = core;
  if (core.spent.size > 0) core.spent.clear();
  core.commands = [];
  core.records = [];
  return { commands, records };
}
