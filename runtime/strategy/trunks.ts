import type { Order } from "../../language/index.ts";
import type { Core } from "../core.ts";
import { draw } from "../random.ts";
import { entry } from "./things.ts";

/** Trunks as they are tried, groups by their own order, each once. */
export function inOrder(core: Core, named: readonly string[], order: Order, turn: string): string[] {
  const first = startOf(core, named.length, order, turn);
  const turned = [...named.slice(first), ...named.slice(0, first)];
  const trunks = turned.flatMap((name) => {
    const group = entry(core.directory.trunkGroups, name);
    return group ? inOrder(core, group.trunks, group.order, `trunk group\n${name}`) : [name];
  });
  return [...new Set(trunks)];
}

function startOf(core: Core, count: number, order: Order, turn: string): number {
  if (order === "priority" || count < 2) return 0;
  if (order === "random") return draw(core.seed, turn, ++core.last.lot) % count;
  const last = entry(core.house.turns, turn) ?? -1;
  core.house.turns[turn] = (last + 1) % count;
  return (last + 1) % count;
}

export function isUp(core: Core, trunk: string): boolean {
  return !core.downTrunks.has(trunk);
}

/** The trunks that outside numbers leave by, without those that are down. */
export function outbound(core: Core): string[] {
  return inOrder(core, core.directory.defaults.outbound, "priority", "outbound").filter((trunk) => isUp(core, trunk));
}
