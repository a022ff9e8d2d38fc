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

/** Outcomes of what can be tried: `ends` end routing and have no handler; the call goes on after all others. */
export const outcomes = {
  queue: {
    ends: ["answered"],
    handled: {
      give_up: "nobody answered in time",
      nobody: "no person of any step was reachable for 5 s",
      left: "`leave` ran",
      treatment_broken: "`while waiting` took no time ten rounds in a row",
    },
  },
  ring: {
    ends: ["answered"],
    handled: {
      no_answer: "it rang in vain",
      busy: "the phone is busy",
      rejected: "the call was declined",
      unreachable: "no phone could be rung",
    },
  },
  voicemail: {
    ends: ["left_message"],
    handled: { empty: "less than 2 s were spoken", failed: "the mailbox could not be reached" },
  },
} as const satisfies Record<string, { ends: readonly string[]; handled: Record<string, string> }>;

export type Attempt = keyof typeof outcomes;

const text: Type = { is: "text" };
const number: Type = { is: "number" };
const duration: Type = { is: "duration" };
const agent: Type = { is: "agent" };

export const callFields: Record<string, Described> = {
  from: { type: { is: "phone" }, about: "who calls; `is withheld` where it is hidden" },
  to: { type: { is: "phone" }, about: "the number that was dialled" },
  arrived: { type: { is: "moment" }, about: "when the call came" },
  waited: { type: duration, about: "how long ago that was" },
  conversation: { type: text, about: "joins all calls that belong together" },
  header: { type: { is: "record" }, about: 'what came with the call: `call.header["X-Cell"]`' },
  data: {
    type: { is: "record" },
    about: "what `set call.data.x` wrote and what came with the call; it follows the call everywhere",
  },
  trunk: { type: { is: "trunk", optional: true }, about: "the trunk it came by" },
  entry: { type: text, about: "the entry that took it, as written" },
  language: { type: text, about: "picks prompts; starts as the site's first" },
};

/** Parts of a call by the language's design that this version does not have. */
export const laterFields: ReadonlySet<string> = new Set(["uui", "outcome", "agent"]);

/** The parts of the call that `set` may write, but for `data`. */
export const settable = ["language"] as const;

export const agentFields: Record<string, Described> = {
  id: { type: text, about: "the name in the directory" },
  name: { type: text, about: "the name for people" },
  state: { type: { is: "word", words: agentStates }, about: agentStates.join(", ") },
  device: { type: { is: "device" }, about: "the phone" },
  redirect: { type: { is: "phone", optional: true }, about: "where calls are sent instead" },
};

const people: TypeName[] = ["group", "agent"];
const of = (name: string, ...accepts: TypeName[]) => ({ name, accepts });

export const functions: Record<string, Function_> = {
  agent_at: {
    parameters: [of("phone", "phone")],
    result: { ...agent, optional: true },
    about: "the agent whose extension this is",
  },
  agent_named: {
    parameters: [of("name", "text")],
    result: { ...agent, optional: true },
    about: "the agent of this id or name",
  },
  ready: { parameters: [of("people", ...people)], result: number, about: "people ready now" },
  staffed: { parameters: [of("people", ...people)], result: number, about: "people logged in, in any state" },
  reachable: { parameters: [of("people", ...people)], result: number, about: "people whose phone can be rung" },
  busy: { parameters: [of("people", ...people)], result: number, about: "people on a call" },
  waiting: { parameters: [of("queue", "queue")], result: number, about: "calls waiting in the queue" },
  longest_wait: { parameters: [of("queue", "queue")], result: duration, about: "of the calls waiting now" },
  ewt: {
    parameters: [of("whose", "this", "queue", ...people)],
    result: duration,
    about: "expected wait; `never` when it is unknown",
  },
  position: { parameters: [of("whose", "this")], result: number, about: "place in the queue, from 1" },
};

/** Functions of the language's design that this version does not have. */
export const laterFunctions: ReadonlySet<string> = new Set(
  "asa abandon_rate service_level aht occupancy idle active free calls site_waits next_opening closing".split(" "),
);

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
  ...Object.values(outcomes).flatMap((one) => [...one.ends, ...Object.keys(one.handled)]),
]);

/** Never the name of something that an author declares. */
export const reserved: ReadonlySet<string> = new Set(
  (
    "and or not in is starts yes no never missing if then else match run collect fetch let all top " +
    "agent agents group queue trunk mailbox bot site flag counter number numbers call this outcome"
  ).split(" "),
);
