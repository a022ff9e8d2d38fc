import { type Agent, countsOf, isReady } from "../agent.ts";
import { type Core, change } from "../core.ts";
import { leaveSeats, takeSeats } from "./seats.ts";

/*
 * `state_age > 5m`: who belongs to such a class changes with nothing but time. So each agent has one deadline, at the next time in his
 * state that some class asks about; where no class asks, there is none.
 */

/** What an agent counts as, a bit for each head count. */
export function countsOfAgent(core: Core, id: string): number {
  const agent = core.tables.agent.get(id);
  return agent ? countsOf(agent) : 0;
}

/** A class asks about another time. */
export function lookAtAges(core: Core): void {
  for (const id of core.tables.agent.keys()) lookAtAge(core, id);
}

/** He has another state, or has been in his for another time that some class asks about. */
export function lookAtAge(core: Core, id: string): void {
  const agent = core.tables.agent.get(id);
  if (!agent || (core.classes.ages.length === 0 && !agent.aging)) return;
  if (takeAge(core, agent)) {
    if (isReady(agent)) core.freeAgents.add(id);
    core.comeOrGone.add(id);
  }
  const next = core.classes.ages.find((age) => agent.stateSince + age > core.now);
  change(core, "agent", id, (changing) => {
    if (changing.aging) core.deadlines.cancel(changing.aging);
    delete changing.aging;
    if (next !== undefined) changing.aging = core.deadlines.add(changing.stateSince + next, { what: "age", agent: id });
  });
}

/** Moves him between the classes, with his seats; whether that was anything new. */
export function takeAge(core: Core, { id, stateSince }: Agent): boolean {
  const person = core.classes.person(id);
  const age = core.classes.ages.findLast((each) => stateSince + each <= core.now) ?? 0;
  if (!person || person.age === age) return false;
  const isSeated = core.seats.has(id);
  leaveSeats(core, id);
  core.classes.put({ ...person, age }, countsOfAgent(core, id));
  if (isSeated) takeSeats(core, id);
  return true;
}
