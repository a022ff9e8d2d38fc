import type { Agent as Person } from "../../language/index.ts";
import type { Agent } from "../agent.ts";

/** How one of several free agents is chosen: terms in order, then who has less in hand, the last tie by agent id. `key` names it. */
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
  inHand: number;
}

export function makeChooser(terms: ChooserTerm[]): Chooser {
  const used = terms.length > 0 ? terms : [{ name: "longest_idle" }];
  return { key: used.map((term) => (term.skill ? `${term.name}(${term.skill})` : term.name)).join(","), terms: used };
}

export function choosesByLot({ terms }: Chooser): boolean {
  return terms.some((term) => term.name === "random");
}

/** The key holds while the agent stays ready with nothing in hand. Who lacks what is asked for comes last. */
export function seatOf(agent: Agent, person: Person | undefined, chooser: Chooser): Seat {
  const key = chooser.terms.map((term) => termKey(agent, person, term));
  return { agent: agent.id, key, inHand: agent.work.length };
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
      // With something in hand he is not idle at all: after all who are, less in hand first.
      return agent.idleSince + agent.work.length * BEYOND_TIME;
  }
}

/** More than any instant, and small enough to be counted up exactly. */
const BEYOND_TIME = 2 ** 45;

export function compareSeats(a: Seat, b: Seat): number {
  for (let term = 0; term < a.key.length; term++) {
    const left = a.key[term] ?? Infinity;
    const right = b.key[term] ?? Infinity;
    if (left !== right) return left < right ? -1 : 1;
  }
  if (a.inHand !== b.inHand) return a.inHand - b.inHand;
  return a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0;
}
