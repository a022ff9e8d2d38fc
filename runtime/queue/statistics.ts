import type { Call, Place } from "../call.ts";
import type { Core, Waiting } from "../core.ts";
import { countsOfAgent, lookAtAges } from "./ages.ts";
import type { Called, SkillClass } from "./classes.ts";
import { Lines } from "./lines.ts";
import { Ordered } from "./ordered.ts";
import { type Condition, inTime } from "./skills.ts";
import type { Plan } from "../strategy/program.ts";

/** The class of a condition, made now if nobody asked for it before. */
export function classOf(core: Core, condition: Condition): SkillClass {
  const { ages } = core.classes;
  const found = core.classes.intern(condition, (id) => countsOfAgent(core, id));
  if (core.classes.ages !== ages) lookAtAges(core);
  return found;
}

/** The class of everybody in any of the classes. */
export function unionOf(core: Core, keys: readonly string[]): SkillClass {
  return core.classes.union(keys, (id) => countsOfAgent(core, id));
}

/** The classes that a plan calls. Where its targets say the same as for the call before, they are the same. */
export function calledBy(core: Core, plan: Plan, people: Called["people"]): Called {
  const last = core.classes.called.get(plan);
  if (last && people.every((each, step) => each === last.people[step])) return last;
  const stepClasses = people.map((each) => (each ? classOf(core, each).key : null));
  const inAll = [...new Set(people.flatMap((each) => (each ? classOf(core, inTime(each)).key : [])))];
  const everybody = inAll.length < 2 ? inAll[0] : unionOf(core, inAll).key;
  const called = { people, stepClasses, everybody };
  core.classes.called.set(plan, called);
  return called;
}

/** Keys of the classes that waiting calls name. */
export function classesInUse(core: Core): Set<string> {
  const used = new Set<string>();
  for (const { queued, preview } of core.tables.call.values()) {
    for (const key of [preview?.class, queued?.class, queued?.everybody, ...(queued?.stepClasses ?? [])])
      if (key) used.add(key);
  }
  return used;
}

/** The calls of a queue, from the first that enters. */
export function waitingIn(core: Core, queue: string): Waiting {
  let waiting = core.waiting.get(queue);
  if (waiting === undefined) {
    waiting = { lines: new Lines(), bySince: new Ordered(compareSince) };
    core.waiting.set(queue, waiting);
  }
  return waiting;
}

function compareSince(a: Place, b: Place): number {
  return a.since - b.since || a.sequence - b.sequence;
}

/** From 1, among all calls of the queue, whether a phone rings for them or not. */
export function position(core: Core, call: Call): number | undefined {
  const { queued } = call;
  if (!queued?.joined) return undefined;
  return waitingIn(core, queued.name).lines.countBefore(queued.place, core.now) + 1;
}
