import type { Directory } from "../language/index.ts";
import type { Agent } from "./agent.ts";
import type { Call, CallDue, Place } from "./call.ts";
import type { Seat } from "./queue/choosers.ts";
import type { Classes } from "./queue/classes.ts";
import type { Command } from "./commands.ts";
import type { Deadlines } from "./deadlines.ts";
import { invariant } from "./defect.ts";
import type { CallId, Millis, OfferId } from "./events.ts";
import type { Queue } from "./figures.ts";
import type { Lines } from "./queue/lines.ts";
import type { Ordered } from "./queue/ordered.ts";
import type { Plan, Program } from "./strategy/program.ts";
import type { Value } from "./values.ts";
import type { Read } from "./strategy/reads.ts";
import type { EventRecord, RecordBody } from "./records.ts";
import type { World } from "./strategy/world.ts";
import type { Zones } from "./zone.ts";

/** What has a deadline. */
export type Due =
  | { what: CallDue; call: CallId }
  | { what: "offer"; call: CallId; offer: OfferId }
  | { what: "claim"; agent: string; source: string }
  | { what: "wrap_up" | "age"; agent: string };

/** The calls of one queue, in the order of service and by first waiting. */
export interface Waiting {
  lines: Lines;
  bySince: Ordered<Place>;
}

export interface Conditional {
  calls: Set<CallId>;
  /** What those of its conditions were last that are the same for all its calls. */
  last?: string;
}

/** The latest number of everything that is counted up, so that nothing else decides about it. */
export interface Last {
  record: number;
  /** Of entering a queue. */
  sequence: number;
  /** How many lots were drawn, and the largest that was chosen. */
  lot: number;
  chosenLot: number;
}

/** `in`: the day, week or month in which it was counted. */
export interface Counted {
  value: number;
  in: string;
}

/** What belongs to the house and to no call, as plain data. */
export interface House {
  /** By what makes two splits one: how much each branch is behind its share. */
  splits: Record<string, number[]>;
  /** Of those that were turned or counted. */
  flags: Record<string, boolean>;
  counters: Record<string, Counted>;
  /** What sites said last of the wait there, and when. */
  siteWaits: Record<string, { waitMs: Millis; at: Millis }>;
  /** The midnight at which the figures of today begin anew. */
  dayEnds: Millis;
  /** Of trunks that take turns: whose turn it was last. */
  turns: Record<string, number>;
  /** Those that calendars of the programs need. */
  zones: Zones;
}

export interface Rows {
  call: Call;
  agent: Agent;
  queue: Queue;
}

export type Tables = { [K in keyof Rows]: Map<string, Rows[K]> };

/**
 * Runs a recipe on one object of a table. On the hot path on the object itself; where somebody looks, a driver that makes a new
 * object of it. Nothing may hold an object over a change, only its id.
 */
export type Drive = <T extends object, R>(
  kind: keyof Rows,
  table: Map<string, T>,
  id: string,
  recipe: (it: T) => R,
) => R;

export const inPlace: Drive = (_kind, table, id, recipe) => {
  const it = table.get(id);
  invariant(it, `nothing is called ${id}`);
  return recipe(it);
};

/** Told each operation that a call comes to, and the one that led there at once. */
export interface Ways {
  see(call: Call, before: number | undefined, at: Millis): void;
}

/** Programs by hash, handed in by the host. */
export type Library = Pick<ReadonlyMap<string, Program>, "get">;

/** The state of an engine, and what the event under way has brought forth so far. */
export interface Core {
  now: Millis;
  readonly seed: number;
  /** For new calls. */
  program: Program;
  readonly programs: Map<string, Program>;
  /** Where a program comes from that the host tells of. */
  readonly library: Library;
  directory: Directory;
  readonly tables: Tables;
  readonly drive: Drive;
  /** What expressions may ask of all this. */
  readonly world: World;
  readonly deadlines: Deadlines<Due>;
  readonly classes: Classes;
  /** All waiting calls, by queue. */
  readonly waiting: Map<string, Waiting>;
  /** Living calls by the entry pattern that took them. */
  readonly admitted: Map<string, number>;
  readonly downTrunks: Set<string>;
  /** Phones of our own registrar that have registered. */
  readonly upDevices: Set<string>;
  /** Where ready agents sit in the pools of their classes, by agent and chooser. */
  readonly seats: Map<string, Map<string, Seat>>;
  /** Calls in queues with steps that depend on a condition, by plan. */
  readonly conditional: Map<Plan, Conditional>;
  /** For the matcher to look at before the event is done. */
  readonly freeCalls: Set<CallId>;
  readonly freeAgents: Set<string>;
  /** Agents whose phones became reachable or ceased to be. */
  readonly comeOrGone: Set<string>;
  /** Calls whose strategy can go on, in order. */
  readonly resumed: CallId[];
  /** Statements that calls have run since the event under way was told. */
  readonly spent: Map<CallId, number>;
  /** The call that is being worked on, so that a defect ends it and no other. */
  inHand: CallId | undefined;
  /** What has changed since the conditions were looked at; of a call's own data, whose. */
  readonly changed: Set<Read>;
  readonly rewritten: Set<CallId>;
  readonly last: Last;
  /** Who wants to know which ways calls go. */
  readonly ways?: Ways;
  readonly house: House;
  /** Figures that a test states. */
  readonly stated: Readonly<Record<string, Value>>;
  commands: Command[];
  records: EventRecord[];
}

export function change<K extends keyof Rows, R>(core: Core, kind: K, id: string, recipe: (it: Rows[K]) => R): R {
  return core.drive(kind, core.tables[kind], id, recipe);
}

/** The call as it is now; not to be held over a change. */
export function callOf(core: Core, id: CallId): Call {
  const call = core.tables.call.get(id);
  invariant(call, `no call ${id}`);
  return call;
}

/** The strategy of a call may go on, from where it stands, as soon as everything else about the event is done. */
export function resume(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    call.wait = { for: "nothing" };
  });
  core.resumed.push(id);
}

/** Sets a deadline of a call; one of the same kind is replaced. */
export function arm(core: Core, call: Call, what: CallDue, at: Millis): void {
  disarm(core, call, what);
  call.due[what] = core.deadlines.add(at, { what, call: call.id });
}

export function disarm(core: Core, call: Call, what: CallDue): void {
  const deadline = call.due[what];
  if (deadline === undefined) return;
  core.deadlines.cancel(deadline);
  call.due[what] = undefined;
}

/** Something is another that conditions may read. Where no waiting call has any, nobody looks. */
export function changed(core: Core, what: Read): void {
  if (core.conditional.size > 0) core.changed.add(what);
}

export function command(core: Core, asked: Command): void {
  core.commands.push(asked);
}

/** `body` is taken as it is, so it must be made for this. */
export function record(core: Core, body: RecordBody): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it becomes one here
  const made = body as EventRecord;
  made.at = core.now;
  made.seq = ++core.last.record;
  core.records.push(made);
}
