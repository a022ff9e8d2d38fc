import type { JsonSchema } from "./json-schema.ts";
import { file, text, wholeNumber, word } from "./kinds.ts";
import * as lines from "./schema-lines.ts";
import * as people from "./schema-people.ts";
import * as rest from "./schema-rest.ts";
import { either, key, type Key, listOf, mapOf, propertiesOf, record } from "./shape.ts";

/*
 * Every key of a directory, as its author writes it. The reader, the JSON Schema and the reference in the docs all come out of these
 * tables: a key is added here and then given a place in `directory.ts`.
 */

const column = (what: string, otherwise: string, example: string) =>
  key(text, `the heading of the column with ${what}`, { otherwise, example });

/** Which columns of an export hold what. Without `columns`, those that are called as the keys of an agent are. */
export const columns = record("`columns`", {
  id: column("the name of the entry, which no other has", "id", "Login"),
  name: column("his name", "name", "Full Name"),
  extension: column("his extension", "extension", "Phone"),
  device: column("his phone", "device", "Station"),
  kind: column("`agent` or `worker`", "kind", "Role"),
  redirect: column("the number at which he takes calls elsewhere", "redirect", "Mobile"),
  greeting: column("the prompt that callers hear when he has picked up", "greeting", "Greeting"),
  auto_login: column("`yes` or `no`", "auto_login", "Auto"),
  wrap_up: column("his time after a call, with its unit", "wrap_up", "ACW"),
  capacity: column("how many calls he may hold at once", "capacity", "Lines"),
  supervisor: column("`yes` or `no`", "supervisor", "Supervisor"),
  skills: key(
    either(text, mapOf(text, word)),
    "the heading of one column with skills and levels (`billing:7, cards:3`), or by skill the heading of the column with its level",
    { otherwise: "skills", example: "{ billing: Billing, language_en: English }" },
  ),
});

/** What stands beside the agents where others come out of an export; it is taken out before the agents are read. */
export const agentsFrom = {
  from: key(listOf(file), "an export, or several, that lists agents: CSV with headings, as a path from this file", {
    example: "agents.csv",
  }),
  columns: key(columns, "which of its columns holds what; without it, headings are taken that are keys of an agent", {
    example: '{ id: Login, name: "Full Name", extension: Phone, skills: { billing: Billing } }',
  }),
};

/** An agent may be called `from`: then what stands there is a map. */
const agents: typeof people.agents = {
  ...people.agents,
  schema: {
    ...people.agents.schema,
    properties: Object.fromEntries(
      Object.entries(propertiesOf(agentsFrom)).map(([name, one]) => [name, { anyOf: [one, people.agent.schema] }]),
    ),
  },
};

/** Top-level keys, in the order in which one reads about them. */
export const top = {
  site: key(people.site, "the house itself", {
    otherwise: "{}",
    example: "{ name: hotel, zone: Europe/Lisbon, country: PT, languages: [pt, en] }",
  }),
  defaults: key(people.defaults, "what holds where a device, an agent or a strategy says nothing else", {
    otherwise: "{}",
    example: "{ ring_for: 20s, wrap_up: 30s, entry_route: group Operators }",
  }),
  skills: key(people.skills, "the skills there are", {
    otherwise: "{}",
    example: "{ scale: 0..10, names: [billing, cards], languages: [en, es] }",
  }),
  tiers: key(listOf(word), "strict classes of calls, the strictest first; `normal` is always among them", {
    otherwise: "[normal]",
    example: "[emergency, urgent, vip, normal]",
  }),
  states: key(people.states, "states of agents besides the usual ones", {
    otherwise: "{}",
    example: "{ lunch: { class: not_ready, label: { en: Lunch, es: Comida } } }",
  }),
  groups: key(people.groups, "who belongs together; everybody is in the group `Everyone`", {
    otherwise: "{}",
    example: '{ ITTier2: { members: [otto, tom], mailbox: it }, SupportCore: { where: "support >= 5" } }',
  }),
  agents: key(agents, "people who take calls, here or in an export: `{ from: agents.csv, columns: { … } }`", {
    otherwise: "{}",
    example: '{ otto: { name: Otto, extension: "6177", skills: { support: 6 } } }',
  }),
  devices: key(people.devices, "phones of which more is to be said than the extension of an agent", {
    otherwise: "{}",
    example: "{ d6177: { trunk: pbx, no_answer: { after: 25s, then: [mailbox it] } } }",
  }),
  trunks: key(lines.trunks, "lines to carriers, exchanges and other systems", {
    otherwise: "{}",
    example: '{ pstn: { to: "sip:gw1.example", numbers: e164 } }',
  }),
  trunk_groups: key(lines.trunkGroups, "several trunks under one name, which serves wherever a trunk does", {
    otherwise: "{}",
    example: "{ denver: { trunks: [denver_a, denver_b], order: rotate } }",
  }),
  sites: key(lines.sites, "other sites that calls can be sent to by how long one waits there", {
    otherwise: "{}",
    example: '{ denver: { trunks: denver, poll: "https://denver.example/ewt", every: 2s } }',
  }),
  media_sites: key(lines.mediaSites, "where media can be relayed other than by this run", {
    otherwise: "{}",
    example: '{ madrid: { at: "192.0.2.9:9023", secret: { env: MADRID } } }',
  }),
  bots: key(lines.bots, "bots that a call can be given to", {
    otherwise: "{}",
    example: "{ helpdesk: { trunk: livehub, user: helpdesk } }",
  }),
  mailboxes: key(people.mailboxes, "where messages are left", {
    otherwise: "{}",
    example: '{ it: { owner: group ITTier1, on: pbx, deposit: "2000" }, own: { owner: agent otto } }',
  }),
  prompts: key(rest.prompts, "what callers hear; a prompt is `NAME.LANGUAGE.wav`, else `NAME.wav`", {
    otherwise: "{}",
    example: "{ folder: prompts, lengths: { default: 4s } }",
  }),
  flags: key(rest.flags, "switches that people turn while calls run", {
    otherwise: "{}",
    example: '{ storm: { default: no, who: [supervisor], dial: "*28" } }',
  }),
  counters: key(rest.counters, "figures that strategies count up", {
    otherwise: "{}",
    example: "{ outage_reports: { start: 0, reset: daily } }",
  }),
  numbers: key(rest.numbers, "lists of numbers and of heads of numbers; a number alone can be rung", {
    otherwise: "{}",
    example: '{ new_jersey: ["+1201*", "+1973*"], duty_engineer: "+15095550139" }',
  }),
  hosts: key(lines.hosts, "the only places that `fetch` and `send` may go to", {
    otherwise: "{}",
    example: '{ crm: { url: "https://crm.example", token: { env: CRM_TOKEN } } }',
  }),
  holidays: key(rest.holidays, "lists of holidays by date, for `holidays NAME` in a calendar", {
    otherwise: "{}",
    example: "{ spain: { 2026-12-25: christmas, 2027-01-06: epiphany } }",
  }),
  desk: key(rest.desk, "the agents' page", { otherwise: "{}", example: "{ languages: [en, es], states: [lunch] }" }),
  webhooks: key(rest.webhooks, "where event records are sent", {
    otherwise: "{}",
    example: '{ ops: { url: "https://ops.example", events: [call.ended] } }',
  }),
};

const format = wholeNumber("the version of the format", 1, 1);

/** The version stands beside the other keys; nothing else is to be read out of it. */
export const version: Key<unknown> = key(format, "the version of this format", { otherwise: "1" });

/** A file of a directory as JSON Schema, for editors. What only several keys together tell, it does not know. */
export const directorySchema: JsonSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Cordboard directory",
  type: ["object", "null"],
  properties: propertiesOf({ directory: version, ...top }),
  additionalProperties: false,
};

/** The whole directory as read, before defaults and references. */
export type Raw = { [K in keyof typeof top]?: NonNullable<ReturnType<(typeof top)[K]["shape"]["read"]>> };
