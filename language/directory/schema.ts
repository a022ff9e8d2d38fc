import {
  duration,
  type Found,
  later,
  listOf,
  mapOf,
  name,
  oneOf,
  phone,
  phones,
  record,
  textLike,
  text,
  level,
  onlyYet,
  yesNo,
} from "./shape.ts";

/*
 * Every key of a directory, as its author writes it. `later` marks what the language's design has and this version does not
 * act on. Top-level keys are in `top`; those of the design that are wholly unread are in `notYetRead`.
 */

const word = textLike("a name of one word", /^[A-Za-z_][A-Za-z0-9_]*$/, "letters, digits and `_`");
const language = textLike("a language", /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, "two letters: `en`");
const country = textLike("a country", /^[A-Z]{2}$/, "two capital letters: `ES`");
const scale = textLike("a scale", /^-?\d{1,4}\.\.-?\d{1,4}$/, "lowest and highest level: `0..10`");
export const userName = /^[A-Za-z0-9._*#+-]{1,64}$/;
const user = textLike("a user name", userName, "letters, digits and `. _ - + * #`");
const network = textLike(
  "an address or a network",
  /^[0-9A-Fa-f.:]{2,45}(\/\d{1,3})?$/,
  "an IP address, or a network as `192.0.2.0/24`",
);
/** `user` may stand before the host; a password may not. */
const uri = textLike(
  "a SIP URI",
  /^sips?:([A-Za-z0-9_.!~*'()&=+$,;?/%-]{1,64}@)?([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(;[A-Za-z0-9_.!~*'%+$&:/=-]{1,100}){0,8}$/,
  "write it as `sip:host`, `sip:host:5060` or `sip:host:5061;transport=tls`",
  "D110",
);

const site = record("`site`", { name, zone: name, country, languages: listOf(language) });

const defaults = record("`defaults`", {
  ring_for: duration,
  wrap_up: duration,
  after_no_answer: oneOf("ready", "not_ready", "logout"),
  cool_down: duration,
  entry_route: text,
  outbound: listOf(name),
});

const skills = record("`skills`", { scale, names: listOf(word), languages: listOf(language) });

const group = record("a group", { members: listOf(name), where: later, mailbox: name, auto_login: yesNo });

const agent = record("an agent", {
  name,
  extension: phone,
  device: name,
  kind: oneOf("agent", "worker"),
  skills: mapOf(level),
  redirect: phone,
  auto_login: yesNo,
  wrap_up: duration,
  login: later,
});

const device = record("a device", {
  user,
  trunk: name,
  // oxlint-disable-next-line unicorn/no-thenable -- a key of the file
  no_answer: record("`no_answer`", { after: duration, then: later }),
  auto_answer: yesNo,
});

const trunk = record("a trunk", {
  to: listOf(uri),
  order: onlyYet("priority", "rotate", "random"),
  roles: listOf(oneOf("pbx", "voicemail", "trunk")),
  inbound: record("`inbound`", { from: listOf(network), host: later, user: later, password: later }),
  outbound: later,
  trusted: later,
  numbers: later,
  no_ringback: later,
  no_answer: later,
  stop_on: later,
  uui: later,
  media: later,
});

const mailbox = record("a mailbox", { owner: text, on: name, deposit: phone, access: later, subscribe_as: later });

const prompts = record("`prompts`", { folder: text, lengths: mapOf(duration), say: later });

export const top = {
  site,
  defaults,
  skills,
  tiers: listOf(word),
  groups: mapOf(group),
  agents: mapOf(agent),
  devices: mapOf(device),
  trunks: mapOf(trunk),
  mailboxes: mapOf(mailbox),
  prompts,
  numbers: mapOf(listOf(phones)),
};

export const notYetRead = [
  "states",
  "trunk_groups",
  "sites",
  "bots",
  "flags",
  "counters",
  "hosts",
  "holidays",
  "desk",
  "webhooks",
];

/** The whole directory as read, before defaults and references. */
export type Raw = { [K in keyof typeof top]?: NonNullable<ReturnType<(typeof top)[K]>> };

export type RawAgent = NonNullable<Raw["agents"]>[number];
export type { Found };
