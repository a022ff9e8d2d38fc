import type { Type, TypeName } from "./types.ts";

/*
 * What a strategy finds ready made: the call, functions, words, outcomes. Checks, hover and completion share these tables,
 * and the engine has each of them.
 */

/** Something with a type and a line of explanation. */
export interface Described {
  type: Type;
  about: string;
}

export interface Function_ {
  parameters: { name: string; accepts: readonly TypeName[]; optional?: boolean }[];
  result: Type;
  about: string;
}

export const agentStates = ["offline", "ready", "not_ready", "ringing", "talking", "hold", "wrap_up"] as const;

export const agentKinds = ["agent", "worker"] as const;

/** How a call ends: `call.outcome`, and `expect A ends …`. */
export const callOutcomes = [
  "answered",
  "abandoned",
  "left_message",
  "transferred",
  "callback",
  "rejected",
  "redirected",
  "hung_up",
  "default_routed",
  "failed",
] as const;

/** SIP codes that `reject` takes: final, and no way to somewhere else. */
export const rejectCodes = { from: 400, to: 699 } as const;

/** How a callback ends: `call.outcome` in `after callback`. */
export const callbackOutcomes = ["answered", "expired", "unreachable"] as const;

const text: Type = { is: "text" };
const number: Type = { is: "number" };
const duration: Type = { is: "duration" };
const percent: Type = { is: "percent" };
const moment: Type = { is: "moment" };
const agent: Type = { is: "agent" };
const may = (type: Type): Type => ({ ...type, optional: true });

/** What came as User-to-User, read as far as it can be. */
const uui: Type = {
  is: "record",
  optional: true,
  fields: { json: may({ is: "record" }), text: may(text), hex: may(text), discriminator: may(text) },
};

/** One outcome: what it means, and what `on NAME(x)` names. */
export interface Outcome {
  about: string;
  carries?: Type;
}

export interface Outcomes {
  /** End routing, and have no handler. */
  ends: Record<string, Outcome>;
  /** The call goes on below after any of these. */
  handled: Record<string, Outcome>;
}

const code = (about: string): Outcome => ({ about, carries: number });

const connected: Record<string, Outcome> = { answered: { about: "a person picked up: the call is connected" } };
const sentOn: Record<string, Outcome> = { accepted: { about: "the other side took the call: it is gone from here" } };
const refusals = {
  refused: code("the other side did not want the call; the SIP code"),
  failed: code("the other side could not be reached; the SIP code"),
};
const replies = {
  ok: {
    about: "the host replied in time with a code from 200 to 299; its reply as a record",
    carries: { is: "record" },
  },
  timeout: { about: "no reply within the time" },
  failed: code("the host could not be reached or replied with another code; 0 without any"),
} satisfies Record<string, Outcome>;

/** Outcomes of all that can be tried, by the word that its statement begins with. */
export const outcomes = {
  queue: {
    ends: connected,
    handled: {
      give_up: { about: "nobody answered in time" },
      nobody: { about: "no person of any step was reachable for 5 s" },
      left: { about: "`leave` ran" },
      treatment_broken: { about: "`while waiting` took no time ten rounds in a row" },
    },
  },
  ring: {
    ends: connected,
    handled: {
      no_answer: { about: "it rang in vain" },
      busy: { about: "the phone is busy" },
      rejected: { about: "the call was declined" },
      unreachable: { about: "no phone could be rung" },
      not_confirmed: { about: "somebody picked up and did not press the key of `confirmed by`" },
    },
  },
  preview: {
    ends: {},
    handled: {
      accepted: { about: "somebody wants the call; who it is. The preview rests while this runs", carries: agent },
      declined_by_all: { about: "everybody who saw it said no" },
      timeout: { about: "the time is over" },
      nobody: { about: "there was nobody to show it to" },
    },
  },
  ask: {
    ends: {},
    handled: {
      done: { about: "the bot hung up: it has done what was wanted" },
      transfer: {
        about: "the bot hands the call over; to whom, with what it learnt, why, and what was said",
        carries: {
          is: "record",
          fields: {
            target: may({ is: "uri" }),
            uui,
            headers: { is: "record" },
            reason: may(text),
            transcript: may(text),
          },
        },
      },
      silent: { about: "the bot answered and said nothing" },
      failed: { about: "the bot could not be reached" },
      give_up: { about: "the time of `give up after` is over" },
    },
  },
  dial: {
    ends: connected,
    handled: {
      busy: { about: "whoever was dialled is busy" },
      no_answer: { about: "it rang in vain on the last trunk" },
      failed: code("no trunk took the call; the SIP code of the last"),
    },
  },
  transfer: { ends: sentOn, handled: refusals },
  refer: { ends: sentOn, handled: refusals },
  voicemail: {
    ends: { left_message: { about: "a message was left" } },
    handled: {
      empty: { about: "less than 2 s were spoken" },
      failed: { about: "the mailbox could not be reached" },
    },
  },
  callback: {
    ends: {},
    handled: {
      accepted: { about: "the place in the queue belongs to the callback now" },
      refused: { about: "nobody can be called back at this number" },
    },
  },
  collect: {
    ends: {},
    handled: {
      digits: { about: "what was pressed, where no handler names it", carries: text },
      nothing: { about: "no key was pressed in time" },
      invalid: { about: "too few keys, or none of those that handlers name" },
      no_choice: { about: "all `tries` are used up" },
    },
  },
  fetch: { ends: {}, handled: replies },
  send: { ends: {}, handled: replies },
  try: {
    ends: {},
    handled: {
      no_such_target: { about: "a computed name that nothing has" },
      bad_value: { about: "a value that is missing or of another kind" },
      limit: { about: "one of the limits of a call was reached" },
      media_not_found: { about: "a prompt that is not there" },
    },
  },
} as const satisfies Record<string, Outcomes>;

export type Attempt = keyof typeof outcomes;

export const isAttempt = (word: string): word is Attempt => Object.hasOwn(outcomes, word);

/** The outcomes of an attempt as one table, for what looks names up. */
export const outcomesOf = (attempt: Attempt): Outcomes => outcomes[attempt];

export const callFields: Record<string, Described> = {
  from: { type: { is: "phone" }, about: "who calls; `is withheld` where it is hidden" },
  to: { type: { is: "phone" }, about: "the number that was dialled" },
  arrived: { type: moment, about: "when the call came" },
  waited: { type: duration, about: "how long ago that was" },
  conversation: { type: text, about: "joins all calls that belong together" },
  header: { type: { is: "record", item: text }, about: 'what came with the call: `call.header["X-Cell"]`' },
  uui: { type: uui, about: "the User-to-User data that came with the call: `call.uui.json.topic`" },
  data: {
    type: { is: "record" },
    about: "what `set call.data.x` wrote and what came with the call; it follows the call everywhere",
  },
  outcome: {
    type: { is: "word", words: callOutcomes },
    about: "how the call ended; in `after call` and `after callback`",
  },
  agent: { type: may(agent), about: "who answered it" },
  trunk: { type: { is: "trunk", optional: true }, about: "the trunk it came by" },
  entry: { type: text, about: "the entry that took it, as written" },
  language: { type: text, about: "picks prompts; starts as the site's first" },
};

/** The parts of the call that `set` may write, but for `data`. */
export const settable = ["language"] as const;

export const agentFields: Record<string, Described> = {
  id: { type: text, about: "the name in the directory" },
  name: { type: text, about: "the name for people" },
  state: { type: { is: "word", words: agentStates }, about: agentStates.join(", ") },
  device: { type: { is: "device" }, about: "the phone" },
  redirect: { type: { is: "phone", optional: true }, about: "where calls are sent instead" },
};

export const calendarFields: Record<string, Described> = {
  now: {
    type: {
      is: "word",
      words: ["holiday", "closed", "open"],
      carries: { holiday: { is: "record", fields: { name: text, date: { is: "date" } } } },
    },
    about:
      "`open`, `closed`, or `holiday(h)`, whose `h.name` and `h.date` tell which; a holiday with hours is one outside them",
  },
};

const of = (name: string, ...accepts: TypeName[]) => ({ name, accepts });
const people = of("people", "group", "agent");
const queue = of("queue", "queue");
const person = of("agent", "agent");
const trunk = of("trunk", "trunk");
const calendar = of("calendar", "calendar");

const figure = (about: string, result: Type, ...parameters: Function_["parameters"]): Function_ => ({
  parameters,
  result,
  about,
});

/** Figures over time are of today, in the site's zone. */
export const functions: Record<string, Function_> = {
  agent_at: figure("the agent whose extension this is", may(agent), of("phone", "phone")),
  agent_named: figure("the agent of this id or name", may(agent), of("name", "text")),
  next_opening: figure(
    "when the calendar opens next; now where it is open, `never` where it never opens",
    moment,
    calendar,
  ),
  closing: figure("when the calendar closes next; `never` where it never does", moment, calendar),
  ready: figure("people ready now", number, people),
  staffed: figure("people logged in, in any state", number, people),
  reachable: figure("people whose phone can be rung", number, people),
  busy: figure("people on a call", number, people),
  waiting: figure("calls waiting in the queue", number, queue),
  longest_wait: figure("of the calls waiting now", duration, queue),
  asa: figure("average time to answer; 0s before the first", duration, queue),
  abandon_rate: figure("share of the calls that hung up while waiting", percent, queue),
  service_level: figure(
    "share of the answered calls that waited no longer than this, those who hung up left out; 100% before the first",
    percent,
    queue,
    of("within", "duration"),
  ),
  ewt: figure("expected wait; `never` when it is unknown", duration, of("whose", "this", "queue", "group", "agent")),
  position: figure("place in the queue, from 1", number, of("whose", "this")),
  aht: figure("average time from answer to the end of wrap-up; 0s before the first", duration, person),
  occupancy: figure("share of the time logged in that was spent on calls and wrap-up", percent, person),
  idle: figure("how long the agent has been ready without a call; 0s for all others", duration, person),
  active: figure("calls on the trunk now", number, trunk),
  free: figure("calls the trunk could take now", number, trunk),
  calls: figure("calls now that came by this entry", number, of("entry", "phone")),
  site_waits: figure(
    "expected waits of these sites, each made longer by a percentage: `.best` is the site, `.spread` the difference to the worst",
    { is: "record" },
    of("sites", "list"),
    { name: "adjust", accepts: ["record"], optional: true },
  ),
};

/** Orders of people for `choose by`; `best_skill` names its skill. */
export const choosers: Record<string, { skill: boolean; about: string }> = {
  longest_idle: { skill: false, about: "who has waited longest since the last call" },
  best_skill: { skill: true, about: "the highest level of the skill" },
  least_occupied: { skill: false, about: "the smallest share of time on calls" },
  fewest_calls: { skill: false, about: "the fewest calls today" },
  round_robin: { skill: false, about: "one after another" },
  random: { skill: false, about: "by a recorded seed" },
};

/** Bare words that mean themselves where no variable has the name. */
export const words: ReadonlySet<string> = new Set([
  ...agentStates,
  ...agentKinds,
  ...callOutcomes,
  ...callbackOutcomes,
  ...(calendarFields.now?.type.words ?? []),
  ...Object.values(outcomes).flatMap((one) => [...Object.keys(one.ends), ...Object.keys(one.handled)]),
]);

/** What a strategy knows without declaring it. Can be read as a name, and cannot be one. */
export const everywhere: ReadonlySet<string> = new Set(["call", "this", "outcome"]);

/** Never the name of something that an author declares; the parser tells it of all but `everywhere`. */
export const reserved: ReadonlySet<string> = new Set([
  ...(
    "and or not in is starts yes no never missing if then else match run collect fetch let all top " +
    "agent agents group queue trunk mailbox bot site flag counter number numbers"
  ).split(" "),
  ...everywhere,
]);
