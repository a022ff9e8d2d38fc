import type { Directory } from "../language/index.ts";
import { newAgent, READY } from "./agent.ts";
import { claim, reclass, resize, unclaim } from "./agents.ts";
import { type Core, record } from "./core.ts";
import { peopleOf, sitesOf } from "./people.ts";
import { countsOfAgent, lookAtAges } from "./queue/ages.ts";
import { lookForHope } from "./queue/hope.ts";
import type { Program } from "./strategy/program.ts";
import { leaveSeats } from "./queue/seats.ts";
import { askPhone, reseat } from "./seating.ts";

/** New calls use the program, calls under way keep theirs. People are live: who is new comes in, who is gone is offline. */
export function replaceProgram(core: Core, program: Program): void {
  core.program = program;
  core.programs.set(program.hash, program);
  const before = core.directory;
  core.directory = program.directory;
  const used = new Set([...core.tables.call.values()].map((call) => call.program));
  for (const hash of core.programs.keys()) if (hash !== program.hash && !used.has(hash)) core.programs.delete(hash);
  replacePeople(core, before);
  const strategies = program.codes.filter(({ source }) => source).map(({ name }) => name);
  record(core, { type: "strategy.loaded", hash: program.hash, strategies });
}

function replacePeople(core: Core, before: Directory): void {
  const { agents } = core.directory;
  for (const id of core.tables.agent.keys()) {
    if (Object.hasOwn(agents, id)) {
      unclaim(core, id, ["directory"], "directory");
      reclass(core, id);
      resize(core, id);
    } else {
      claim(core, id, { source: "directory", state: "offline", reason: "removed" });
      core.classes.drop(id, countsOfAgent(core, id));
    }
  }
  for (const entry of Object.values(agents)) {
    if (core.tables.agent.has(entry.id)) continue;
    core.tables.agent.set(entry.id, newAgent(entry, core.directory, core.now));
    if (core.upDevices.has(entry.device)) askPhone(core, entry.id);
  }
  for (const person of peopleOf(core.directory).values()) {
    leaveSeats(core, person.id);
    const device = core.tables.agent.get(person.id)?.device;
    const isAway = device !== undefined && device !== agents[person.id]?.device;
    const sites = isAway ? sitesOf(core.directory, device) : person.sites;
    core.classes.put({ ...person, sites }, countsOfAgent(core, person.id));
    reseat(core, person.id, before);
    if (countsOfAgent(core, person.id) & READY) core.freeAgents.add(person.id);
    core.comeOrGone.add(person.id);
  }
  lookAtAges(core);
  core.changed.add("directory");
  for (const { id, queued } of core.tables.call.values()) {
    core.inHand = id;
    if (queued?.joined) lookForHope(core, id);
  }
  core.inHand = undefined;
}
