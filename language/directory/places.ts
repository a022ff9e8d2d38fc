import type { Places } from "./directory.ts";
import type { Raw } from "./schema.ts";
import type { Named } from "./shape.ts";
import type { Place } from "./node.ts";

/** Where each thing of the directory stands, by the noun of strategies: `mailbox it`, `skill billing`. A number is among `numbers`. */
export function placesOf(raw: Raw): Places {
  const places = new Map<string, Place>();
  const things: Record<string, (Named<unknown>[] | undefined)[]> = {
    group: [raw.groups],
    agent: [raw.agents],
    device: [raw.devices],
    trunk: [raw.trunks, raw.trunk_groups],
    site: [raw.sites],
    media_site: [raw.media_sites],
    bot: [raw.bots],
    mailbox: [raw.mailboxes],
    flag: [raw.flags],
    counter: [raw.counters],
    numbers: [raw.numbers],
    host: [raw.hosts],
    holidays: [raw.holidays],
    state: [raw.states],
    webhook: [raw.webhooks],
  };
  for (const [noun, lists] of Object.entries(things)) {
    for (const { name, place } of lists.flatMap((list) => list ?? [])) places.set(`${noun} ${name}`, place);
  }
  for (const { value, place } of raw.skills?.names ?? []) places.set(`skill ${value}`, place);
  for (const { value, place } of raw.skills?.languages ?? []) places.set(`skill language_${value}`, place);
  for (const { value, place } of raw.tiers ?? []) places.set(`tier ${value}`, place);
  return places;
}
