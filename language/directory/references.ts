import type { Diagnostic } from "../diagnostic.ts";
import type { Aim, Fate } from "./destination.ts";
import type { Directory } from "./directory.ts";
import { checkForgotten } from "./forgotten.ts";
import { checkHouse } from "./house.ts";
import { checkLines } from "./lines.ts";
import { unknownName } from "./say.ts";
import type { Raw } from "./schema.ts";
import type { Found } from "./shape.ts";

/** Every name leads somewhere; and what only the whole directory tells. */
export function checkReferences(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  checkNames(raw, directory, diagnostics);
  checkHouse(raw, directory, diagnostics);
  checkLines(raw, directory, diagnostics);
  checkForgotten(raw, directory, diagnostics);
}

/** What everybody may say of himself. */
const said = { ready: 1, not_ready: 1, offline: 1 };

function checkNames(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  const { agents, devices, groups, mailboxes, mediaSites, trunks, trunkGroups, hosts, states } = directory;
  const lines = { ...trunks, ...trunkGroups };
  const refer = (what: string, table: Record<string, unknown>, ...found: (Found<string> | undefined)[]): void => {
    for (const one of found) {
      if (one && !Object.hasOwn(table, one.value)) diagnostics.push(unknownName(what, one, Object.keys(table)));
    }
  };
  const aims = (found: Found<Aim | Fate>[] | undefined): void => {
    for (const one of found ?? []) checkAim(one, directory, diagnostics);
  };
  for (const one of raw.defaults?.outbound ?? []) refer("trunk", lines, ...("name" in one ? one.value : [one]));
  aims(raw.defaults?.entry_route && [raw.defaults.entry_route]);
  aims(raw.defaults?.no_answer?.then);
  for (const { value } of raw.groups ?? []) {
    refer("agent", agents, ...(value.members ?? []));
    refer("mailbox", mailboxes, value.mailbox);
  }
  for (const { value } of raw.agents ?? []) {
    refer("device", devices, value.device);
    aims(value.no_answer?.then);
  }
  for (const { value } of raw.devices ?? []) {
    refer("trunk", lines, value.trunk);
    aims(value.no_answer?.then);
  }
  for (const { value } of raw.mailboxes ?? []) {
    refer("trunk", lines, value.on);
    aims(value.owner && [value.owner]);
  }
  for (const { value } of raw.trunks ?? []) {
    if (value.media && "relay" in value.media) refer("media site", mediaSites, value.media.relay);
  }
  for (const { value } of raw.trunk_groups ?? []) refer("trunk", trunks, ...(value.trunks ?? []));
  for (const { value } of raw.sites ?? []) refer("trunk", lines, ...(value.trunks ?? []));
  for (const { value } of raw.bots ?? []) {
    refer("trunk", lines, value.trunk);
    refer("host", hosts, value.host);
  }
  for (const { value } of raw.flags ?? []) {
    for (const { value: who, place } of value.who ?? []) {
      if (who.kind === "group") refer("group", groups, { value: who.name, place });
      if (who.kind === "agent") refer("agent", agents, { value: who.name, place });
    }
  }
  refer("state", states, ...(raw.desk?.states ?? []));
  const chosen = { ...states, ...said };
  for (const { value } of raw.states ?? []) refer("state", chosen, ...(value.next ?? []), ...(value.from ?? []));
}

function checkAim({ value, place }: Found<Aim | Fate>, directory: Directory, diagnostics: Diagnostic[]): void {
  if (!("name" in value)) return;
  const noun = value.kind === "mailbox of group" ? "group" : value.kind;
  const table = {
    group: directory.groups,
    mailbox: directory.mailboxes,
    agent: directory.agents,
    number: directory.numbers,
  }[noun];
  if (!Object.hasOwn(table, value.name)) {
    // The place is that of the whole text: a fix would take its noun away.
    diagnostics.push({ ...unknownName(noun, { value: value.name, place }, Object.keys(table)), fix: undefined });
  } else if (value.kind === "mailbox of group" && directory.groups[value.name]?.mailbox === undefined) {
    const message = `group \`${value.name}\` has no mailbox`;
    const hint = `write \`mailbox: NAME\` at the group \`${value.name}\``;
    diagnostics.push({ code: "D111", severity: "error", message, ...place, hint });
  } else if (value.kind === "number" && !isOne(directory.numbers[value.name])) {
    const message = `\`${value.name}\` is a list of numbers, not one that can be rung`;
    diagnostics.push({ code: "D111", severity: "error", message, ...place });
  }
}

const isOne = (numbers: string[] | undefined): boolean => numbers?.length === 1 && !numbers[0]?.endsWith("*");
