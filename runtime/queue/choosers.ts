import type { Agent as Person } from "../../language/index.ts";
import type { Agent } from "../agent.ts";

/** How one of several free agents is chosen: terms in order, the last tie by agent id. `key` names it. */
export interface Chooser {
  key: string;
  terms: ChooserTerm[];
}

export interface ChooserTerm {
  name: string;
  skill?: string;
}

/** An agent's place among the ready ones of a class: the smaller key is chosen first. */
export interface Seat {
  agent: string;
  key: number[];
}

export function makeChooser(terms: ChooserTerm[]): Chooser {
  const used = terms.length > 0 ? terms : [{ name: "longest_idle" }];
  return { key: used.map((term) => (term.skill ? `${term.name}(${term.skill})` : term.name)).join(","), terms: used };
}

export function choosesByLot({ terms }: Chooser): boolean {
  return terms.some((term) => term.name === "random");
}

/** The key holds while the agent stays ready. Who lacks what is asked for comes last. */
export function seatOf(agent: Agent, person: Person | undefined, chooser: Chooser): Seat {
  return { agent: agent.id, key: chooser.terms.map((term) => termKey(agent, person, term)) };
}

function termKey(agent: Agent, person: Person | undefined, term: ChooserTerm): number {
  switch (term.name) {
    case "best_skill":
      return -(person?.skills[term.skill ?? ""] ?? -Infinity);
    case "least_occupied":
      return agent.busyMs;
    case "fewest_calls":
      return agent.calls;
    case "round_robin":
      return agent.offeredAt;
    case "random":
      return agent.lot;
    default:
      return agent.idleSince;
  }
}

export function compareSeats(a: Seat, b: Seat): number {
  for (let term = 0; term < a.key.length; term++) {
    const left = a.key[term] ?? Infinity;
    const right = b.key[term] ?? Infinity;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0;
}
