import type { Page } from "./page.ts";

/** D1xx: the directory. */
export const directoryPages: Page[] = [
  {
    code: "D100",
    severity: "error",
    title: "text that is no YAML",
    what: "The file breaks the rules of YAML: lines that are indented unevenly, a bracket or a quote that is not closed, a tab. Or it, or a list of agents, is not text in UTF-8.",
    why: "Nothing of the file is known, so no call can be routed by it; a running service keeps the directory that it has.",
    wrong: `agents:
  ana: {}
 luc: {}
`,
    right: `agents:
  ana: {}
  luc: {}
`,
    mend: "Set the lines of one map under one another, with blanks only, and close what was opened.",
  },
  {
    code: "D101",
    severity: "error",
    title: "too large, too deep, or aliases that do not hold",
    what: "A file may have 16 MB; tags and `<<` mean nothing here; aliases (`*name`) serve their own file, stand outside what they repeat, and are written out within a bound.",
    why: "A file like this could stop the service that reads it.",
    wrong: `agents: &all { ana: *all }
`,
    right: `agents:
  ana: { skills: &basic { billing: 3 } }
  luc: { skills: *basic }
`,
    mend: "Write the value out.",
  },
  {
    code: "D102",
    severity: "error",
    title: "the same name twice",
    what: "A name stands once in its map, in all files together. Nothing overrides anything.",
    why: "Which of the two would count is not to be seen, and callers would reach the other one.",
    wrong: `agents:
  ana: { extension: "5100" }
  ana: { extension: "5101" }
`,
    right: `agents:
  ana: { extension: "5100" }
  luc: { extension: "5101" }
`,
    mend: "Take one of the two out, or give it another name.",
  },
  {
    code: "D103",
    severity: "error",
    title: "a key that is not known",
    what: "Each map has certain keys, and this is none of them. Most likely a letter is wrong.",
    why: "What it says would have no effect, and nobody would notice before a call does.",
    wrong: `agents:
  ana: { extention: "5100" }
`,
    right: `agents:
  ana: { extension: "5100" }
`,
    mend: "Take the key that the hint offers.",
  },
  {
    code: "D104",
    severity: "error",
    title: "another kind of value is expected",
    what: "A map, a list, a text, a number, `yes` or `no` is expected here, and something else stands here.",
    why: "What was meant is not known, so it would have no effect on calls.",
    wrong: `devices:
  ana: { auto_answer: maybe }
`,
    right: `devices:
  ana: { auto_answer: yes }
`,
    mend: "Write a value of the kind that the message names.",
  },
  {
    code: "D105",
    severity: "error",
    title: "a number or yes/no where a text is meant",
    what: "YAML reads `6177` as a number and `no` as a no. Extensions, phones and names are texts.",
    why: "`007` would become 7, `+34…` a sum, and the country Norway a no: calls would go elsewhere.",
    wrong: `agents:
  ana: { extension: 5100 }
`,
    right: `agents:
  ana: { extension: "5100" }
`,
    mend: "Put it in quotes.",
  },
  {
    code: "D106",
    severity: "error",
    title: "a secret in plain text",
    what: "Passwords and tokens never stand in the directory, but where to find them: `{ env: NAME }` or `{ file: PATH }`.",
    why: "Whoever reads the file or its history could place calls at your cost.",
    wrong: `trunks:
  pstn: { to: "sip:gw.example", outbound: { user: hotel, password: hunter2 } }
`,
    right: `trunks:
  pstn: { to: "sip:gw.example", outbound: { user: hotel, password: { env: PSTN_PASSWORD } } }
`,
    mend: "Move the secret into the environment or a file of its own, and name that. Change a secret that stood here.",
  },
  {
    code: "D107",
    severity: "error",
    title: "control characters, or a name that is none",
    what: "A text holds a line end or another control character, is longer than 500 characters, or a name is empty or longer than 200.",
    why: "It would break out of a SIP header, a record or a page.",
    wrong: `agents:
  ana: { name: "Ana\\nMaria" }
`,
    right: `agents:
  ana: { name: "Ana Maria" }
`,
    mend: "Write it in one line.",
  },
  {
    code: "D108",
    severity: "error",
    title: "a duration that is none",
    what: "Durations have a unit: `20s`, `1m30s`, `500ms`.",
    why: "Phones would ring for another time than was meant.",
    wrong: `defaults: { ring_for: 20 }
`,
    right: `defaults: { ring_for: 20s }
`,
    mend: "Write the unit.",
  },
  {
    code: "D109",
    severity: "error",
    title: "a time zone that does not exist",
    what: "Zones have the names of the time zone database: `Europe/Madrid`.",
    why: "Opening hours would be those of another place.",
    wrong: `site: { zone: Europe/Madird }
`,
    right: `site: { zone: Europe/Madrid }
`,
    mend: "Correct the name.",
  },
  {
    code: "D110",
    severity: "error",
    title: "no SIP URI",
    what: "A trunk leads to a SIP URI: `sip:host`, `sip:user@host:5060`, `sips:host`.",
    why: "No call could be sent there.",
    wrong: `trunks:
  pbx: { to: "pbx.example" }
`,
    right: `trunks:
  pbx: { to: "sip:pbx.example" }
`,
    mend: "Write `sip:` before the host.",
  },
  {
    code: "D111",
    severity: "error",
    title: "a name that leads nowhere",
    what: "An agent, group, device, trunk, mailbox or skill is named that the directory does not have.",
    why: "Whoever was meant is never rung, and messages land with nobody.",
    wrong: `groups: { Sales: { members: [anna] } }
agents: { ana: { extension: "5100" } }
`,
    right: `groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
`,
    mend: "Take the name that the hint offers, or add the thing.",
  },
  {
    code: "D112",
    severity: "error",
    title: "a destination that does not say what it is",
    what: "A destination is `group NAME`, `mailbox NAME`, `agent NAME`, or a number in quotes.",
    why: "A group and a mailbox may have one name, and the call would go to the wrong one.",
    wrong: `defaults: { entry_route: Sales }
groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
`,
    right: `defaults: { entry_route: group Sales }
groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
`,
    mend: "Write its kind before the name.",
  },
  {
    code: "D113",
    severity: "error",
    title: "a level off the scale",
    what: "Levels lie on the scale of `skills`, which begins with its lowest.",
    why: "Callers would be offered to the wrong people first.",
    wrong: `skills: { scale: 0..10 }
agents: { ana: { skills: { billing: 11 } } }
`,
    right: `skills: { scale: 0..10 }
agents: { ana: { skills: { billing: 10 } } }
`,
    mend: "Write a level of the scale, or widen the scale.",
  },
  {
    code: "D114",
    severity: "error",
    title: "a trunk that leads nowhere",
    what: "A trunk says in `to` where its calls are sent; one that only brings calls says in `inbound` how they are known.",
    why: "Every call that takes it fails.",
    wrong: `trunks:
  pbx: { roles: [pbx] }
`,
    right: `trunks:
  pbx: { to: "sip:pbx.example", roles: [pbx] }
`,
    mend: 'Write `to: "sip:host"`.',
  },
  {
    code: "D115",
    severity: "error",
    title: "an entry route that cannot hold",
    what: "The entry route takes the calls when no strategy can. Here no trunk leads to its number.",
    why: "It is the last net under every call, and it has a hole.",
    wrong: `defaults: { entry_route: "+34911000000" }
`,
    right: `defaults: { entry_route: "+34911000000", outbound: [pstn] }
trunks: { pstn: { to: "sip:gw.example" } }
`,
    mend: "Name the trunks that lead outside in `outbound`, or name a group or a mailbox.",
  },
  {
    code: "D116",
    severity: "error",
    title: "cannot be the user name of a phone",
    what: "A phone registers under its user, its extension or the agent's name, and this one holds what a SIP address cannot.",
    why: "The phone could never register, and its agent would never be rung.",
    wrong: `agents:
  "Ana B.": {}
`,
    right: `agents:
  "Ana B.": { extension: "5100" }
`,
    mend: "Give the agent an extension, or the device a user.",
  },
  {
    code: "D117",
    severity: "error",
    title: "no directory beside the strategies",
    what: "Strategies name people, trunks and mailboxes; a directory says who and where they are. None was found and none was named.",
    why: "Without it no name leads anywhere.",
    mend: "Write `directory.yaml` beside the strategies, or name one: `cordboard check PATH --directory PATH`.",
  },
  {
    code: "D118",
    severity: "error",
    title: "an export that cannot be read",
    what: "The file that `agents: { from: … }` names is not there, a quote in it does not pair, or a row has no name or too many cells.",
    why: "Agents of the file would be missing, or hold what stands in another column.",
    wrong: `agents: { from: agents.csv, columns: { id: Login } }
`,
    right: `agents: { ana: { extension: "5100" } }
`,
    mend: "Name the file by its path from the file that names it; put cells that hold a separator in quotes.",
  },
  {
    code: "D119",
    severity: "error",
    title: "a column that the export has not",
    what: "`columns` names a heading that is not in the first row of the file, or no column is known to name the agents.",
    why: "Agents would lack what the column holds.",
    mend: "Write the heading as it stands in the file.",
  },
  {
    code: "D120",
    severity: "warning",
    title: "nobody is in the group",
    what: "A group has no members.",
    why: "Calls for the group wait for nobody.",
    wrong: `groups: { Sales: { members: [] } }
`,
    right: `groups: { Sales: { members: [ana] } }
agents: { ana: { extension: "5100" } }
`,
    mend: "List agents in its `members`.",
  },
  {
    code: "D121",
    severity: "warning",
    title: "nobody owns the mailbox",
    what: "A mailbox has no owner and no group that names it.",
    why: "Messages are left in it, and nobody is told of them.",
    wrong: `mailboxes: { sales: {} }
`,
    right: `mailboxes: { sales: { owner: agent ana } }
agents: { ana: { extension: "5100" } }
`,
    mend: "Write its `owner`: `group NAME` or `agent NAME`.",
  },
  {
    code: "D122",
    severity: "warning",
    title: "a country whose dialling is not known",
    what: "Numbers are brought into one form by the rules of the site's country, and its rules are not known here.",
    why: "A national number does not equal the same number with its country code, so entries and lists may miss callers.",
    wrong: `site: { country: XX }
`,
    right: `site: { country: ES }
`,
    mend: "Write the two letters of the country, or write numbers with `+` and the country code everywhere.",
  },
  {
    code: "D123",
    severity: "warning",
    title: "two trunks of one role",
    what: "Only one trunk can be the `pbx`, and only one the `voicemail`; the first one counts.",
    why: "Phones are looked for behind the first trunk only.",
    wrong: `trunks:
  old: { to: "sip:old.example", roles: [pbx] }
  new: { to: "sip:new.example", roles: [pbx] }
`,
    right: `trunks:
  old: { to: "sip:old.example" }
  new: { to: "sip:new.example", roles: [pbx] }
`,
    mend: "Leave the role to one of them, and name the other one in the devices behind it.",
  },
  {
    code: "D124",
    severity: "warning",
    title: "one extension twice",
    what: "Two agents have the same extension.",
    why: "`agent_at` and calls to the number reach the first of them only.",
    wrong: `agents:
  ana: { extension: "5100" }
  luc: { extension: "5100" }
`,
    right: `agents:
  ana: { extension: "5100" }
  luc: { extension: "5101" }
`,
    mend: "Give one of them another extension.",
  },
  {
    code: "D125",
    severity: "warning",
    title: "no folder of prompts",
    what: "The folder that holds the recordings does not exist.",
    why: "Callers hear nothing, neither announcements nor music.",
    mend: "Make the folder `prompts` beside the directory, or name another one: `prompts: { folder: … }`.",
  },
  {
    code: "D126",
    severity: "error",
    title: "half of what must be said",
    what: "One part of an entry needs another, or shuts it out: a user name its password, a mailbox on another system the number to leave messages at, a host its URL.",
    why: "The trunk, mailbox or host could not be used, and the first call that needs it would be the one to find out.",
    wrong: `mailboxes: { it: { owner: group IT, on: pbx } }
groups: { IT: { members: [otto] } }
agents: { otto: { extension: "6177" } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx, voicemail] } }
`,
    right: `mailboxes: { it: { owner: group IT, on: pbx, deposit: "2000" } }
groups: { IT: { members: [otto] } }
agents: { otto: { extension: "6177" } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx, voicemail] } }
`,
    mend: "Write the other part, or leave this one out.",
  },
  {
    code: "D127",
    severity: "warning",
    title: "an entry that no strategy uses",
    what: "None of the strategies beside the directory, and nothing in the directory itself, uses the entry. It is told where all strategies of a folder are checked. A group, a mailbox or a switch that people may still use at their desks is told as a hint.",
    why: "Most often its name is mistyped where it should be used, or callers that it is for are not sent to it.",
    mend: "Take it out, or use it.",
  },
  {
    code: "D128",
    severity: "error",
    title: "a name that means something else",
    what: "A skill has the name of a word that strategies read otherwise, or a state is called like one that there is already.",
    why: "No strategy could ask for the skill, and people would see two states of one name.",
    wrong: `skills: { names: [billing, kind] }
`,
    right: `skills: { names: [billing, kindness] }
`,
    mend: "Choose another name.",
  },
  {
    code: "D129",
    severity: "error",
    title: "a group that depends on itself",
    what: "The `where` of a group asks who is in another group, and that one asks back.",
    why: "Who is in the group cannot be told, so nobody would be offered its calls by skill.",
    wrong: `agents: { otto: { skills: { support: 6 } } }
groups:
  Core: { members: [otto], where: group Night }
  Night: { members: [otto], where: group Core }
`,
    right: `agents: { otto: { skills: { support: 6 } } }
groups:
  Core: { where: "support >= 5" }
  Night: { members: [otto], where: group Core }
`,
    mend: "Write out in one of them whom it means.",
  },
  {
    code: "D130",
    severity: "warning",
    title: "a value that will not do",
    what: "The value is allowed, and what it is for does not work with it: waits of a site that are asked for too rarely, a user name that carriers refuse, or a state that nobody can leave.",
    why: "Calls go elsewhere than they would if the value were known, or a carrier turns them away.",
    wrong: `trunks: { denver: { to: "sip:denver.example" } }
sites: { denver: { trunks: denver, poll: "https://denver.example/ewt", every: 1m } }
`,
    right: `trunks: { denver: { to: "sip:denver.example" } }
sites: { denver: { trunks: denver, poll: "https://denver.example/ewt", every: 2s } }
`,
    mend: "Write a value that fits.",
  },
  {
    code: "D131",
    severity: "warning",
    title: "a number that does something else",
    what: "The `dial` of a flag is the `access` of a mailbox that is kept here, or the `dial` of another flag. The mailbox comes first, then the flag that stands first.",
    why: "Whoever dials it means one thing and gets another, and this flag cannot be turned by phone.",
    wrong: `flags: { storm: { dial: "*28" }, flood: { dial: "*28" } }
`,
    right: `flags: { storm: { dial: "*28" }, flood: { dial: "*29" } }
`,
    mend: "Give one of the two another number.",
  },
  {
    code: "D132",
    severity: "error",
    title: "a trunk that would be something else",
    what: "A run keeps what a trunk is for as long as it has one of that name: a line or a group of them, its `roles`, what its calls are known by (its addresses, or `host`, `user` or `token` of `inbound`), and who registers. A changed directory in which that differs is not taken over; all else about a trunk may change.",
    why: "Calls under way, registrations and the phones behind it stand on what it was: calls would come in by nobody's line, or unproven, and phones would be looked for where they are not.",
    running: `trunks: { carrier: { to: "sip:gw.example", inbound: { user: hotel, password: { env: CARRIER_IN } } } }
`,
    wrong: `trunks: { carrier: { to: "sip:gw.example", inbound: { from: 192.0.2.0/24 } } }
`,
    right: `trunks:
  carrier: { to: "sip:gw.example", inbound: { user: hotel, password: { env: CARRIER_IN } } }
  carrier_by_address: { to: "sip:gw.example", inbound: { from: 192.0.2.0/24 } }
`,
    mend: "Give what is new another name, and take the old one out when its calls are over; or restart the run.",
  },
];
