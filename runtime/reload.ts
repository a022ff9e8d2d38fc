import { newAgent } from "./agent.ts";
import { claim, reclass, unclaim } from "./agents.ts";
import { type Core, record } from "./core.ts";
import { peopleOf } from "./people.ts";
import { countsOfAgent, lookAtAges } from "./queue/ages.ts";
import { lookForHope } from "./queue/hope.ts";
import type { Program } from "./strategy/program.ts";
import { leaveSeats } from "./queue/seats.ts";

/** New calls use the program, calls under way keep theirs. People are live: who is new comes in, who is gone is offline. */
export function replaceProgram(core: Core, program: Program): void {
  core.program = program;
  core.programs.set(program.hash, program);
  core.directory = program.directory;
  const used = new Set([...core.tables.call.values()].map((call) => call.program));
  for (const hash of core.programs.keys()) if (hash !== program.hash && !used.has(hash)) core.programs.delete(hash);
  replacePeople(core);
  const strategies = program.codes.filter(({ source }) => source).map(({ name }) => name);
  record(core, { type: "strategy.loaded", hash: program.hash, strategies });
}

function replacePeople(core: Core): void {
  const { agents } = core.directory;
  for (const id of core.tables.agent.keys()) {
    if (Object.hasOwn(agents, id)) {
      unclaim(core, id, ["directory"], "directory");
      reclass(core, id);
    } else {
      claim(core, id, { source: "directory", state: "offline", reason: "removed" });
      core.classes.drop(id, countsOfAgent(core, id));
    }
  }
  for (const entry of Object.values(agents)) {
    if (!core.tables.agent.has(entry.id)) core.tables.agent.set(entry.id, newAgent(entry, core.directory, core.now));
  }
  for (const person of peopleOf(core.directory).values()) {
    leaveSeats(core, person.id);
    core.classes.put(person, countsOfAgent(core, person.id));
    if (core.tables.agent.get(person.id)?.state === "ready") core.freeAgents.add(person.id);
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
