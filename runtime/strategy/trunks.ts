import { isClosed, mayBeCalled, type Order, routeOf, trunksIn } from "../../language/index.ts";
import type { Party } from "../commands.ts";
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

/** Whether the directory lets this number be called by the trunk. */
export function allows({ directory }: Core, trunk: string, number: string): boolean {
  const line = entry(directory.trunks, trunk);
  return (
    !isClosed(number, directory) &&
    mayBeCalled(number, line?.outbound?.allowed, line?.country ?? directory.site.country)
  );
}

/** No trunk of the directory may ever lead there. */
export function isBarred(core: Core, number: string): boolean {
  return !trunksFor(core, number).some((trunk) => allows(core, trunk, number));
}

/** No trunk leads there now; nobody's turn is taken by asking. */
export function isOutOfReach(core: Core, number: string): boolean {
  return leadingTo(core, number, trunksFor(core, number)).length === 0;
}

function trunksFor({ directory }: Core, number: string): string[] {
  return routeOf(number, directory).flatMap((name) => trunksIn(name, directory));
}

/** Of these trunks those by which the number can be called now: up, open to it, and with a channel left. */
export function leadingTo(core: Core, number: string, trunks: readonly string[]): string[] {
  return trunks.filter((trunk) => isUp(core, trunk) && allows(core, trunk, number) && hasChannel(core, trunk));
}

/** The trunks by which an outside number can be called now. */
export function outbound(core: Core, number: string): string[] {
  return leadingTo(core, number, inOrder(core, routeOf(number, core.directory), "priority", "outbound"));
}

function hasChannel(core: Core, trunk: string): boolean {
  const channels = entry(core.directory.trunks, trunk)?.channels;
  return channels === undefined || callsOn(core, trunk) < channels;
}

/**
 * Legs on the trunk now: callers who came by it, and whoever is rung or talks over it; of several trunks that are tried for one leg, the
 * first. Looks at all calls, and so is asked only of trunks whose channels are counted.
 */
export function callsOn(core: Core, trunk: string): number {
  let found = 0;
  for (const call of core.tables.call.values()) {
    if (call.ended) continue;
    const waitsForCallback = call.callback !== undefined && !call.answered;
    if (call.trunk === trunk && !waitsForCallback) found++;
    if (call.party?.trunk === trunk) found++;
    if (call.dialler?.trunk === trunk) found++;
    for (const offer of call.offers) if (offer.trunk === trunk) found++;
  }
  return found;
}

/** The same party, where his phone is behind a group of trunks with those that are tried now: that live and have a channel left, if any does. */
export function overTrunks(core: Core, party: Party): Party {
  const group = party.kind === "agent" ? entry(core.directory.devices, party.device)?.trunk : undefined;
  if (group === undefined || !entry(core.directory.trunkGroups, group)) return party;
  const all = inOrder(core, [group], "priority", "phone");
  const open = all.filter((trunk) => isUp(core, trunk) && hasChannel(core, trunk));
  return { ...party, trunks: open.length > 0 ? open : all };
}

/** Over which trunk a party is reached first; a phone that registers with us is on none. */
export function trunkOf({ directory }: Core, party: Party): string | undefined {
  return party.trunks
    ? party.trunks[0]
    : party.kind === "agent"
      ? entry(directory.devices, party.device)?.trunk
      : undefined;
}
