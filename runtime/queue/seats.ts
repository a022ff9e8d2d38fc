import { type Chooser, type Seat, seatOf } from "./choosers.ts";
import { makePool, type Pool, type SkillClass } from "./classes.ts";
import type { Core } from "../core.ts";

/** Where the ready agents of a class sit, in the order of a chooser. Made when the first call asks for it. */
export function poolOf(core: Core, of: SkillClass, chooser: Chooser): Pool {
  const known = of.pools.get(chooser.key);
  if (known) return known;
  const seats: Seat[] = [];
  for (const member of of.members) {
    if (core.seats.has(member)) seats.push(seatFor(core, member, chooser));
  }
  const pool = makePool(chooser, seats);
  of.pools.set(chooser.key, pool);
  return pool;
}

/** Puts a ready agent into all pools of his classes. */
export function takeSeats(core: Core, agent: string): void {
  if (core.seats.has(agent)) return;
  core.seats.set(agent, new Map());
  for (const each of core.classes.of(agent)) {
    for (const pool of each.pools.values()) pool.seats.add(seatFor(core, agent, pool.chooser));
  }
}

export function leaveSeats(core: Core, agent: string): void {
  const seats = core.seats.get(agent);
  if (!seats) return;
  core.seats.delete(agent);
  for (const each of core.classes.of(agent)) {
    for (const [key, pool] of each.pools) {
      const seat = seats.get(key);
      if (seat) pool.seats.delete(seat);
    }
  }
}

/** By what he is like now. */
export function seatAnew(core: Core, agent: string): void {
  if (!core.seats.has(agent)) return;
  leaveSeats(core, agent);
  takeSeats(core, agent);
}

/** The same seat in every class, so that it is found again when he leaves. */
function seatFor(core: Core, id: string, chooser: Chooser): Seat {
  const seats = core.seats.get(id);
  const known = seats?.get(chooser.key);
  if (known) return known;
  const agent = core.tables.agent.get(id);
  const seat = agent ? seatOf(agent, core.directory.agents[id], chooser) : { agent: id, key: [], inHand: 0 };
  seats?.set(chooser.key, seat);
  return seat;
}
