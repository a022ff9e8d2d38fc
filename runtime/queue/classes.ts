import { BUSY, REACHABLE, READY, roomOf, STAFFED } from "../agent.ts";
import type { Chooser, Seat } from "./choosers.ts";
import { compareSeats } from "./choosers.ts";
import { invariant } from "../defect.ts";
import type { Millis } from "../events.ts";
import { limits } from "../limits.ts";
import { Lines } from "./lines.ts";
import { Ordered } from "./ordered.ts";
import { agesOf, type Condition, conditionKey, fits, type Person, readsOf } from "./skills.ts";
import type { Plan } from "../strategy/program.ts";
import type { Headcount } from "../strategy/world.ts";

/*
 * Each distinct skill expression is one class. Who belongs to it is kept up to date, not searched for: a change of a person
 * looks only at the classes that read what has changed. A class knows the calls that wait for it, and its ready agents in the
 * order of each chooser that somebody uses with it.
 */

export interface SkillClass {
  key: string;
  condition: Condition;
  members: Set<string>;
  counts: Record<Headcount, number>;
  /** How many calls those who are logged in may hold at once. */
  room: number;
  /** Calls the matcher may take now. */
  lines: Lines;
  /** Calls for which this is everybody who could ever take them. */
  hopeful: Set<string>;
  /** Ready agents, by key of the chooser. */
  pools: Map<string, Pool>;
}

export interface Pool {
  chooser: Chooser;
  seats: Ordered<Seat>;
}

/** Whom a plan calls: its people as they were frozen, the class of each step, and that of all who could be meant in time. */
export interface Called {
  readonly people: readonly (Condition | undefined)[];
  readonly stepClasses: (string | null)[];
  readonly everybody?: string;
}

export class Classes {
  private readonly classes = new Map<string, SkillClass>();
  /** So that a condition which never changes is spelled out once. */
  private readonly byCondition = new WeakMap<Condition, SkillClass>();
  private readonly byRead = new Map<string, Set<SkillClass>>();
  private readonly unions = new Map<string, string>();
  private readonly memberships = new Map<string, SkillClass[]>();
  private sweepAt: number = limits.classes;
  private readonly people: Map<string, Person>;
  /** What each plan called last. */
  called = new WeakMap<Plan, Called>();
  /** Times in a state that classes ask about, ascending. */
  ages: readonly Millis[] = [];

  constructor(people: Map<string, Person>) {
    this.people = people;
  }

  get size(): number {
    return this.classes.size;
  }

  get(key: string): SkillClass {
    const found = this.classes.get(key);
    invariant(found, `class ${key}`);
    return found;
  }

  [Symbol.iterator](): Iterator<SkillClass> {
    return this.classes.values();
  }

  person(id: string): Person | undefined {
    return this.people.get(id);
  }

  /** The classes an agent belongs to. */
  of(agent: string): readonly SkillClass[] {
    return this.memberships.get(agent) ?? [];
  }

  /** The class of a condition; a new one counts its members as they are. */
  intern(condition: Condition, countsOfAgent: (agent: string) => number): SkillClass {
    const seen = this.byCondition.get(condition);
    if (seen && this.classes.get(seen.key) === seen) return seen;
    const key = conditionKey(condition);
    const known = this.classes.get(key);
    if (known) {
      this.byCondition.set(condition, known);
      return known;
    }
    const made: SkillClass = {
      key,
      condition,
      members: new Set(),
      counts: { ready: 0, staffed: 0, reachable: 0, busy: 0 },
      room: 0,
      lines: new Lines(),
      hopeful: new Set(),
      pools: new Map(),
    };
    this.classes.set(key, made);
    this.askFor(agesOf(condition));
    for (const read of readsOf(condition)) {
      const readers = this.byRead.get(read);
      if (readers) readers.add(made);
      else this.byRead.set(read, new Set([made]));
    }
    for (const person of this.people.values()) {
      if (!fits(condition, person)) continue;
      this.join(made, person.id, countsOfAgent(person.id));
    }
    return made;
  }

  /** The class of everybody in any of the classes. */
  union(keys: readonly string[], countsOfAgent: (agent: string) => number): SkillClass {
    const name = keys.join("\n");
    const key = this.unions.get(name);
    if (key !== undefined) return this.get(key);
    const made = this.intern({ is: "any", of: keys.map((each) => this.get(each).condition) }, countsOfAgent);
    this.unions.set(name, made.key);
    return made;
  }

  /** A person is new or has changed: only the classes that read what is different look again. */
  put(person: Person, counts: number): void {
    const before = this.people.get(person.id);
    this.people.set(person.id, person);
    const concerned = new Set<SkillClass>();
    for (const read of differences(before, person)) {
      for (const each of this.byRead.get(read) ?? []) concerned.add(each);
    }
    for (const each of concerned) {
      const belongs = fits(each.condition, person);
      if (belongs && !each.members.has(person.id)) this.join(each, person.id, counts);
      if (!belongs && each.members.has(person.id)) this.part(each, person.id, counts);
    }
  }

  /** He belongs nowhere any more. */
  drop(person: string, counts: number): void {
    for (const each of this.of(person)) this.part(each, person, counts);
    this.people.delete(person);
  }

  /** Forgets the classes that nobody waits for, so that conditions made of callers' data cannot fill the memory. */
  sweep(used: ReadonlySet<string>): void {
    const gone = new Set<SkillClass>();
    for (const each of this.classes.values()) if (!used.has(each.key)) gone.add(each);
    for (const { key } of gone) this.classes.delete(key);
    this.called = new WeakMap();
    for (const [read, readers] of this.byRead) {
      for (const each of gone) readers.delete(each);
      if (readers.size === 0) this.byRead.delete(read);
    }
    for (const [name, key] of this.unions) if (!this.classes.has(key)) this.unions.delete(name);
    for (const [agent, classes] of this.memberships) {
      this.memberships.set(
        agent,
        classes.filter((each) => !gone.has(each)),
      );
    }
    this.ages = [];
    for (const { condition } of this.classes.values()) this.askFor(agesOf(condition));
    this.sweepAt = Math.max(limits.classes, this.classes.size * 2);
  }

  /** Whether so many have come that a sweep is due. */
  get crowded(): boolean {
    return this.classes.size >= this.sweepAt;
  }

  private askFor(ages: readonly Millis[]): void {
    if (ages.every((age) => this.ages.includes(age))) return;
    this.ages = [...new Set([...this.ages, ...ages])].toSorted((a, b) => a - b);
  }

  private join(made: SkillClass, agent: string, counts: number): void {
    made.members.add(agent);
    addCounts(made, counts, 1);
    const classes = this.memberships.get(agent);
    if (classes) classes.push(made);
    else this.memberships.set(agent, [made]);
  }

  private part(left: SkillClass, agent: string, counts: number): void {
    left.members.delete(agent);
    addCounts(left, counts, -1);
    this.memberships.set(
      agent,
      this.of(agent).filter((each) => each !== left),
    );
  }
}

/** Adds to the head counts whose bits are set, and to the room. */
export function addCounts(made: SkillClass, counts: number, by: 1 | -1): void {
  const { counts: to } = made;
  made.room += by * roomOf(counts);
  if (counts & READY) to.ready += by;
  if (counts & STAFFED) to.staffed += by;
  if (counts & REACHABLE) to.reachable += by;
  if (counts & BUSY) to.busy += by;
}

/** What a condition could read differently of the two. */
function differences(before: Person | undefined, after: Person): string[] {
  const skills = new Set([...Object.keys(before?.skills ?? {}), ...Object.keys(after.skills)]);
  const groups = new Set([...(before?.groups ?? []), ...after.groups]);
  const reads = [...skills]
    .filter((skill) => before?.skills[skill] !== after.skills[skill])
    .map((skill) => `skill ${skill}`);
  for (const group of groups) if (before?.groups.has(group) !== after.groups.has(group)) reads.push(`group ${group}`);
  const sites = new Set([...(before?.sites ?? []), ...after.sites]);
  for (const site of sites) if (before?.sites.has(site) !== after.sites.has(site)) reads.push(`site ${site}`);
  if (before?.kind !== after.kind) reads.push("kind");
  if (before?.age !== after.age) reads.push("age");
  if (before === undefined) reads.push(`agent ${after.id}`);
  return reads;
}

export function makePool(chooser: Chooser, seats: Iterable<Seat>): Pool {
  const pool: Pool = { chooser, seats: new Ordered(compareSeats) };
  for (const seat of seats) pool.seats.add(seat);
  return pool;
}
