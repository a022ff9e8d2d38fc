import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { knownCountry, normalise } from "../phone.ts";
import { readDestination } from "./destination.ts";
import type { Directory } from "./directory.ts";
import { type Raw, userName } from "./schema.ts";
import type { Found, Named } from "./shape.ts";
import type { Place } from "./yaml.ts";

type Say = (severity: "error" | "warning", code: string, place: Place, message: string, hint?: string) => void;

/** Every name leads somewhere, every level is on the scale, and nobody was forgotten. */
export function checkReferences(raw: Raw, directory: Directory, diagnostics: Diagnostic[]): void {
  const say: Say = (severity, code, place, message, hint) =>
    diagnostics.push({ code, severity, message, ...place, hint });
  const refer = (what: string, found: Found<string> | undefined, table: Record<string, unknown>) => {
    if (found && !Object.hasOwn(table, found.value)) diagnostics.push(unknownName(what, found, Object.keys(table)));
  };
  checkSite(raw, say);
  for (const { value } of raw.groups ?? []) {
    for (const member of value.members ?? []) refer("agent", member, directory.agents);
    refer("mailbox", value.mailbox, directory.mailboxes);
  }
  for (const { value } of raw.agents ?? []) refer("device", value.device, directory.devices);
  for (const { value } of raw.devices ?? []) refer("trunk", value.trunk, directory.trunks);
  for (const found of raw.defaults?.outbound ?? []) refer("trunk", found, directory.trunks);
  for (const { value } of raw.mailboxes ?? []) refer("trunk", value.on, directory.trunks);
  checkDestination(raw.defaults?.entry_route, directory, diagnostics);
  checkEntryRoute(raw.defaults?.entry_route, directory, say);
  for (const { value } of raw.mailboxes ?? []) checkDestination(value.owner, directory, diagnostics);
  checkSkills(raw, directory, diagnostics, say);
  checkLines(raw, directory, say);
  checkForgotten(raw, directory, say);
}

export function unknownName(what: string, found: Found<string>, known: string[]): Diagnostic {
  const near = nearest(found.value, known);
  return {
    code: "D111",
    severity: "error",
    message: `there is no ${what} \`${found.value}\``,
    ...found.place,
    hint: near === undefined ? `add it to the directory` : `did you mean \`${near}\`?`,
    fix:
      near === undefined
        ? undefined
        : { title: `write \`${near}\``, edits: [{ ...found.place, text: JSON.stringify(near) }] },
  };
}

function checkSite({ site, skills }: Raw, say: Say): void {
  if (site?.zone && !knownZone(site.zone.value)) {
    const hint = "a name of the time zone database: `Europe/Madrid`";
    say("error", "D109", site.zone.place, `there is no time zone \`${site.zone.value}\``, hint);
  }
  if (site?.country && !knownCountry(site.country.value)) {
    const hint = "write outside numbers with `+` and the country code";
    say("warning", "D122", site.country.place, `how \`${site.country.value}\` dials is not known here`, hint);
  }
  const [low, high] = (skills?.scale?.value ?? "0..10").split("..").map(Number);
  if (skills?.scale && Number(low) >= Number(high)) {
    say("error", "D113", skills.scale.place, "a scale begins with its lowest level", "`0..10`");
  }
}

function knownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function checkDestination(found: Found<string> | undefined, directory: Directory, diagnostics: Diagnostic[]): void {
  if (!found) return;
  const to = readDestination(found.value);
  if (!to) {
    const hint = "write `group NAME`, `mailbox NAME`, `agent NAME` or a number in quotes";
    const message = `\`${found.value}\` does not say what it is`;
    diagnostics.push({ code: "D112", severity: "error", message, ...found.place, hint });
  } else if (to.kind !== "number") {
    const table = { group: directory.groups, mailbox: directory.mailboxes, agent: directory.agents }[to.kind];
    if (Object.hasOwn(table, to.name)) return;
    const unknown = unknownName(to.kind, { value: to.name, place: found.place }, Object.keys(table));
    diagnostics.push({ ...unknown, fix: undefined });
  }
}

/** The last net: it must be able to take a call. */
function checkEntryRoute(found: Found<string> | undefined, directory: Directory, say: Say): void {
  const { entryRoute, outbound } = directory.defaults;
  if (!found || !entryRoute) return;
  if (entryRoute.kind === "number" && outbound.length === 0) {
    const hint = "name trunks: `outbound: [NAME]`";
    say("error", "D115", found.place, `no trunk leads outside, so \`${found.value}\` can never be reached`, hint);
  }
  if (entryRoute.kind !== "mailbox" || !Object.hasOwn(directory.mailboxes, entryRoute.name)) return;
  const mailbox = directory.mailboxes[entryRoute.name];
  if (mailbox?.on !== undefined && mailbox.deposit !== undefined) return;
  const message = `no message can be left in mailbox \`${entryRoute.name}\`: nothing says on which system it is`;
  say("error", "D115", found.place, message, "write its `on: TRUNK` and `deposit: NUMBER`");
}

function checkSkills(raw: Raw, directory: Directory, diagnostics: Diagnostic[], say: Say): void {
  const { scale, names, languages } = directory.skills;
  const known = new Set([...names, ...languages.map((language) => `language_${language}`)]);
  for (const agent of raw.agents ?? []) {
    for (const { name, place, value } of agent.value.skills ?? []) {
      if (raw.skills?.names && !known.has(name)) {
        diagnostics.push(unknownName("skill", { value: name, place }, [...known]));
      } else if (value.value < scale.low || value.value > scale.high) {
        const message = `\`${value.value}\` is off the scale, which goes from ${scale.low} to ${scale.high}`;
        say("error", "D113", value.place, message);
      }
    }
  }
}

function checkLines(raw: Raw, directory: Directory, say: Say): void {
  for (const trunk of raw.trunks ?? []) {
    if (saysNothing(trunk.value, "to")) {
      say(
        "error",
        "D114",
        trunk.place,
        `trunk \`${trunk.name}\` does not say where it leads`,
        'write `to: "sip:host"`',
      );
    }
  }
  const pbxs = (raw.trunks ?? []).filter((trunk) => directory.trunks[trunk.name]?.roles.includes("pbx"));
  const [first, second] = pbxs;
  if (first && second) {
    const message = `\`${first.name}\` is the \`pbx\` already: agents without a device are on it, not on \`${second.name}\``;
    say("warning", "D123", second.place, message);
  }
  for (const agent of raw.agents ?? []) {
    const device = directory.devices[directory.agents[agent.name]?.device ?? ""];
    if (device && !userName.test(device.user)) {
      const message = `\`${device.user}\` cannot be the user name of a phone, and agent \`${agent.name}\` has no extension`;
      say("error", "D116", agent.place, message, "write its `extension`");
    }
  }
  const holders = new Map<string, Named<unknown>>();
  for (const agent of raw.agents ?? []) {
    const extension = agent.value.extension;
    if (!extension) continue;
    const phone = normalise(extension.value, directory.site.country);
    const holder = holders.get(phone);
    if (holder) {
      const message = `\`${extension.value}\` is the extension of \`${holder.name}\` already, who gets the calls to it`;
      say("warning", "D124", extension.place, message);
    } else holders.set(phone, agent);
  }
}

/** A list is absent or empty; one whose items could not be read has said so. */
function saysNothing<T extends object>(value: T, key: keyof T & string): boolean {
  const list: unknown = value[key];
  return !(key in value) || (Array.isArray(list) && list.length === 0);
}

function checkForgotten(raw: Raw, directory: Directory, say: Say): void {
  for (const group of raw.groups ?? []) {
    if (!saysNothing(group.value, "members")) continue;
    say("warning", "D120", group.place, `nobody is in group \`${group.name}\``, "list agents in its `members`");
  }
  const named = new Set(Object.values(directory.groups).map((group) => group.mailbox));
  for (const mailbox of raw.mailboxes ?? []) {
    if (mailbox.value.owner || named.has(mailbox.name)) continue;
    const message = `nobody owns mailbox \`${mailbox.name}\`: what callers leave there may never be heard`;
    say("warning", "D121", mailbox.place, message, "write its `owner`: `group NAME` or `agent NAME`");
  }
}
