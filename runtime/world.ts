import type { Core } from "./core.ts";
import { invariant } from "./defect.ts";
import type { Millis } from "./events.ts";
import { counterOf, flagOf } from "./house.ts";
import { limits } from "./limits.ts";
import type { SkillClass } from "./queue/classes.ts";
import { expectedWait, expectedWaitFor, expectedWaitIn } from "./queue/foresight.ts";
import { classOf, position } from "./queue/statistics.ts";
import { findEntry, patternText } from "./strategy/entries.ts";
import { entry } from "./strategy/things.ts";
import { callsOn } from "./strategy/trunks.ts";
import { durationMs } from "./values.ts";
import type { Headcount, World } from "./strategy/world.ts";

/** What expressions may ask of an engine. */
export function worldOf(core: Core): World {
  return {
    get now() {
      return core.now;
    },
    get directory() {
      return core.directory;
    },
    zone: (name) => {
      const zone = core.house.zones[name];
      invariant(zone, `no zone ${name}`);
      return zone;
    },
    agentState: (id) => core.tables.agent.get(id)?.state,
    headcount: (what, noun, name) => headcount(core, what, noun, name),
    flag: (name) => flagOf(core, name),
    counter: (name) => counterOf(core, name),
    waiting: (queue) => core.waiting.get(queue)?.lines.size ?? 0,
    longestWait: (queue) => longestWait(core, queue),
    position: (call) => position(core, call),
    today: (queue) => core.tables.queue.get(queue)?.today,
    agent: (id) => core.tables.agent.get(id),
    expectedWait: (call) => expectedWait(core, call),
    expectedWaitOf: (noun, name) => expectedWaitOf(core, noun, name),
    callsBy: (number) => callsBy(core, number),
    callsOn: (trunk) => callsOn(core, trunk),
    siteWait: (site) => siteWait(core, site),
    stated: (figure) => entry(core.stated, figure),
  };
}

function headcount(core: Core, what: Headcount, noun: string, name: string): number | undefined {
  return peopleOf(core, noun, name)?.counts[what];
}

function peopleOf(core: Core, noun: string, name: string): SkillClass | undefined {
  if (noun === "group" && entry(core.directory.groups, name)) return classOf(core, { is: "group", group: name });
  if (noun === "agent" && entry(core.directory.agents, name)) return classOf(core, { is: "agent", agent: name });
  return undefined;
}

function longestWait(core: Core, queue: string): number {
  const first = core.waiting.get(queue)?.bySince.first;
  return first ? core.now - first.since : 0;
}

function expectedWaitOf(core: Core, noun: string, name: string): Millis {
  if (noun === "queue") return expectedWaitIn(core, name);
  const people = peopleOf(core, noun, name);
  return people ? expectedWaitFor(core, people) : Infinity;
}

/** Of the pattern that takes this number. */
function callsBy(core: Core, number: string): number {
  const entrance = findEntry(core.program.entries, number);
  return (entrance && core.admitted.get(patternText(entrance))) ?? 0;
}

function siteWait({ house, now, stated }: Core, site: string): Millis | undefined {
  const wait = durationMs(entry(stated, `site ${site}`) ?? null);
  if (wait !== undefined) return wait;
  const told = entry(house.siteWaits, site);
  return told && now - told.at <= limits.siteWaitAge ? told.waitMs : undefined;
}
