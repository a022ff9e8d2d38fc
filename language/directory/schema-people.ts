import { destination, overflow, owner } from "./destination.ts";
import {
  capacity,
  country,
  digest,
  digestAbout,
  duration,
  labels,
  language,
  level,
  name,
  network,
  oneOf,
  phone,
  phones,
  ringback,
  scale,
  expression,
  user,
  word,
  yesNo,
} from "./kinds.ts";
import { secret } from "./secret.ts";
import { either, key, listOf, mapOf, record } from "./shape.ts";

/* Keys of a directory that concern the house and its people. */

export const site = record("`site`", {
  name: key(name, "what the site is called", { otherwise: "site", example: "hotel" }),
  zone: key(name, "its time zone, by the name in the time zone database", {
    otherwise: "UTC",
    example: "Europe/Lisbon",
  }),
  country: key(
    country,
    "its country, which tells how national numbers are dialled; without it only `+` numbers and those after `00` are outside",
    {
      example: "PT",
    },
  ),
  heard_from: key(
    listOf(network),
    "the addresses and networks, beside those of trunks and of this machine, whose SIP requests are answered; those of others get no answer at all; without it everybody gets one, if only a refusal",
    { example: "[10.0.0.0/8]" },
  ),
  languages: key(listOf(language), "what is spoken here, for prompts and `say`; a call starts with the first", {
    otherwise: "[en]",
    example: "[pt, en]",
  }),
});

const permissions = listOf(oneOf("redirect", "record"));

const afterNoAnswer = oneOf("ready", "not_ready", "logout");
const thenAbout =
  "where a call goes that nobody answered, tried in order; it serves calls that came by a default route, a transfer or the desk, never those of `queue` and `ring`";

/** The same at a device and at an agent. */
const noAnswer = record("`no_answer`", {
  after: key(duration, "how long it rings", { example: "25s" }),
  // oxlint-disable-next-line unicorn/no-thenable -- a key of the file
  then: key(
    listOf(overflow),
    `${thenAbout}; \`stay\` lets it ring on, \`recall\` takes it back to where it was given out, \`release\` ends it`,
    {
      example: "[mailbox it, recall]",
    },
  ),
  makes: key(afterNoAnswer, "what becomes of the agent who did not answer", { example: "logout" }),
});

export const defaults = record("`defaults`", {
  ring_for: key(duration, "how long a phone rings before it counts as not answered", { otherwise: "20s" }),
  after_no_answer: key(afterNoAnswer, "what becomes of the agent who did not answer", { otherwise: "not_ready" }),
  no_answer: key(
    record("`no_answer` of `defaults`", {
      // oxlint-disable-next-line unicorn/no-thenable -- a key of the file
      then: key(listOf(overflow), thenAbout, { otherwise: "[]", example: "[group Operators]" }),
    }),
    "what devices and agents say of themselves under the same key goes before; its `after` and `makes` are `ring_for` and `after_no_answer` here",
    { example: "{ then: [group Operators] }" },
  ),
  wrap_up: key(duration, "the time after a call in which an agent gets no other", { otherwise: "0s", example: "30s" }),
  capacity: key(capacity, "how many calls an agent may hold, or be rung for, at once", { otherwise: "1" }),
  may: key(
    permissions,
    "what agents may do at their desks beyond their calls: say at which number they take calls elsewhere; begin, pause and stop the recording of their calls",
    { otherwise: "[]", example: "[record]" },
  ),
  cool_down: key(
    duration,
    "how long the same call is not offered to the same agent again after a failed attempt; a minute at the least while somebody else of the queue can be reached",
    {
      otherwise: "10s",
    },
  ),
  ringback: key(
    record("`ringback` of `defaults`", {
      inbound: key(ringback, "those of a trunk that does not say itself", { otherwise: "pass", example: "tone183" }),
      outbound: key(ringback, "phones that register here", { otherwise: "instant180", example: "pass" }),
    }),
    "what callers hear before somebody answers, by who they are",
    { example: "{ outbound: pass }" },
  ),
  entry_route: key(
    destination,
    "where calls go whose strategy is missing or broken; without it they are refused with 503, so that the trunk fails over",
    {
      example: "group Operators",
    },
  ),
  default_route_for: key(
    duration,
    "how long a call waits in the group to which a default route led it, before the entry route takes it; and in that one's group, before it is ended",
    { otherwise: "10m" },
  ),
  outbound: key(
    either(listOf(name), mapOf(listOf(name), phones)),
    "the trunks or trunk groups by which calls to outside numbers leave, the first that works; or by number and head of numbers, of which the longest that fits holds, `[]` for those that nobody may call; a number that nothing fits is not called",
    {
      otherwise: "[]",
      example: '{ "+34*": [pstn], "+34803*": [], "+49*": [berlin, pstn], "*": [pstn] }',
    },
  ),
});

export const skills = record("`skills`", {
  scale: key(scale, "the lowest and the highest level", { otherwise: "0..10" }),
  names: key(listOf(word), "every skill but the languages; without it, those that agents have", {
    example: "[billing, cards]",
  }),
  languages: key(
    listOf(language),
    "the languages that are skills: `language(en)` in a strategy is `language_en` at an agent",
    {
      otherwise: "[]",
      example: "[en, es]",
    },
  ),
});

const state = record("a state", {
  class: key(oneOf("ready", "not_ready", "offline"), "what it counts as", { otherwise: "not_ready" }),
  label: key(labels, "what people are shown, in one text or by language; without it, the name", {
    example: "{ en: Lunch, es: Comida }",
  }),
  next: key(
    listOf(name),
    "what somebody in it may choose next at his desk: these states, `ready`, `not_ready`, `offline`; without it, all",
    { example: "[ready, offline]" },
  ),
  from: key(listOf(name), "the only ones in which somebody may choose it; without it, all", { example: "[not_ready]" }),
});

const group = record("a group", {
  members: key(listOf(name), "agents; who is in which group stands here and nowhere else", {
    otherwise: "[]",
    example: "[otto, tom]",
  }),
  where: key(expression, "a skill expression: whoever meets it is a member too, as long as he does", {
    example: '"support >= 5"',
  }),
  mailbox: key(name, "the mailbox of the group; without it, the only one that the group owns", { example: "it" }),
  auto_login: key(yesNo, "whether its members are logged in when the service starts", { otherwise: "no" }),
});

export const agent = record("an agent", {
  name: key(name, "what people call him; without it, the name of the entry", { example: "Otto Berg" }),
  extension: key(phone, "the number at which he is reached from inside", { example: '"6177"' }),
  device: key(
    name,
    "his phone, one of `devices`; without it, one of his own: his extension on the trunk with the role `pbx`, or registered with us where there is none",
    {
      example: "d6177",
    },
  ),
  kind: key(oneOf("agent", "worker"), "a knowledge worker is asked by `preview` and otherwise an agent like others", {
    otherwise: "agent",
  }),
  skills: key(mapOf(level), "skills with their levels; who does not have one has no level of it", {
    otherwise: "{}",
    example: "{ support: 6, language_de: 9 }",
  }),
  redirect: key(phone, "the number at which he takes calls elsewhere", { example: '"+49171555013"' }),
  greeting: key(
    name,
    "the prompt that a caller hears when he has picked up, before the two talk; none for a caller who has heard no `answer` yet",
    {
      example: "greetings/otto",
    },
  ),
  auto_login: key(yesNo, "whether he is logged in when the service starts; without it, what his groups say", {
    example: "yes",
  }),
  wrap_up: key(duration, "his time after a call in which he gets no other; without it, that of `defaults`", {
    example: "1m",
  }),
  capacity: key(
    capacity,
    "how many calls he may hold, or be rung for, at once, as on a phone with two lines; his time after a call counts as one; without it, that of `defaults`",
    { example: "2" },
  ),
  may: key(permissions, "what he may do at his desk beyond his calls; without it, what `defaults` say", {
    example: "[redirect, record]",
  }),
  no_answer: key(noAnswer, "what holds for him when he does not answer; goes before his device's and `defaults`", {
    example: "{ after: 15s }",
  }),
  supervisor: key(yesNo, "whether he sees and may do on the desk what supervisors may", { otherwise: "no" }),
  login: key(
    record("`login`", { token: key(secret, "what his desk shows to prove who he is", { example: "{ env: OTTO }" }) }),
    "how he logs in at the desk; without it, only from this machine",
    { example: "{ token: { env: OTTO } }" },
  ),
});

const device = record("a device", {
  user: key(
    user,
    "its user name at the PBX or at our registrar; without it, the extension of the agent whose phone it is, else the name of the entry",
    {
      example: '"6177"',
    },
  ),
  trunk: key(name, "the trunk or trunk group behind which it is; without it, it registers with us", { example: "pbx" }),
  password: key(
    secret,
    "what it registers with at our registrar, 8 to 128 characters; without it, it registers without one",
    {
      example: "{ env: PHONE_6177 }",
    },
  ),
  digest: key(digest, digestAbout, { otherwise: "[MD5]", example: "[SHA-256, MD5]" }),
  no_answer: key(noAnswer, "what holds for calls to it that nobody answers; goes before `defaults`", {
    example: "{ after: 25s, then: [mailbox it] }",
  }),
  auto_answer: key(yesNo, "whether it is told to pick up by itself", { otherwise: "no" }),
});

const mailbox = record("a mailbox", {
  owner: key(owner, "who hears it: `group NAME` or `agent NAME`; without it, the group that names it", {
    example: "group ITTier1",
  }),
  on: key(name, "the trunk to the system that keeps it; without it, it is kept by us", { example: "pbx" }),
  deposit: key(phone, "the number there at which messages are left", { example: '"2000"' }),
  access: key(phone, "the number at which messages are heard: there, or, of one kept by us, here", {
    example: '"*97"',
  }),
  subscribe_as: key(user, "the user name under which its state is subscribed to; without it, `deposit`", {
    example: "gvm-2000",
  }),
  greeting: key(name, "the prompt of one kept by us, before the tone; without it, the tone alone", {
    example: "mailbox/otto",
  }),
  at_most: key(duration, "the longest message that one kept by us takes", { otherwise: "3m", example: "5m" }),
  pin: key(
    secret,
    "what one keys in to hear a mailbox of ours by phone; without it, only its owner's own phone is let in",
    { example: "{ env: IT_PIN }" },
  ),
});

export const states = mapOf(state);
export const groups = mapOf(group);
export const agents = mapOf(agent);
export const devices = mapOf(device);
export const mailboxes = mapOf(mailbox);
