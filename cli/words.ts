import type { Directory } from "../language/index.ts";
import type { EventRecord } from "../runtime/index.ts";
import { heard, offered, talked } from "./call-words.ts";
import { printable } from "./output.ts";
import { codeOf, type Of, type Person, remarks, serving, shown, type Type, type Words } from "./wording.ts";

/** Nothing in it can steer a terminal; texts of callers stand in quotes. */
export function inWords(record: EventRecord, directory: Directory): string {
  return printable(tell(record.type, record, (id) => directory.agents[id]?.name ?? id));
}

function tell<T extends Type>(type: T, record: Of<T>, person: Person): string {
  return words[type](record, person);
}

/** How calls come, go on elsewhere, and end. */
const ways = {
  "call.arrived": (record) => `${shown(record.from)} calls ${shown(record.to)}: ${serving(record)}`,
  "call.dialled": ({ agent, to }, person) => `${person(agent)} dials ${shown(to)} at the desk`,
  "dial.failed": ({ by, agent, to, outcome, sip }, person) =>
    `${by ? person(agent) : shown(to)}: ${outcome}${codeOf(sip)}`,
  "call.answered": () => "is answered",
  "call.returned": () => "is found again",
  "call.handed_on": ({ by, to, strategy }, person) =>
    `is handed on to ${shown(to)}${by ? ` by ${person(by)}` : ""}${strategy ? `: strategy ${shown(strategy)}` : ""}`,
  "transfer.failed": ({ to, outcome, sip }) =>
    `is not handed on to ${shown(to)}: ${outcome.replace("_", " ")}${codeOf(sip)}`,
  "call.referred": ({ to }) => `its network is asked to call ${shown(to)}`,
  "call.overflowed": ({ agent, level }, person) =>
    `goes where the directory sends calls that ${person(agent)} lets ring (${level})`,
  "call.default_routed": ({ net, reason }) => `is routed by default (${net}): ${reason}`,
  "call.ended": ({ by, disposition, sip }) => `ended by the ${by}: ${disposition}${codeOf(sip)}`,
  "after_call.failed": ({ reason }) => `what is to be done after the call is not done to its end: ${reason}`,
  "callback.booked": ({ number }) => `is promised a callback at ${shown(number)}`,
  "callback.tried": ({ outcome, sip }) => `the callback does not reach the caller: ${outcome}${codeOf(sip)}`,
  "callback.ended": ({ outcome }) => `the callback: ${outcome}`,
  "run.restarted": ({ calls }) => `the run before this one has died; ${calls} of its callers are looked for`,
} satisfies Partial<Words>;

/** What is of no call. */
const house = {
  "agent.state": (record, person) => `${person(record.agent)} is ${record.state}${remarks(record)}`,
  "agent.refused": ({ agent, from, to, allowed }, person) =>
    `${person(agent)} may not go from ${from} to ${to}${allowed.length > 0 ? `, only to ${allowed.join(", ")}` : ""}`,
  "agent.seated": ({ agent, device }, person) => `${person(agent)} sits at ${device}`,
  "agent.redirected": ({ agent, number }, person) =>
    number === undefined
      ? `${person(agent)} takes calls at his own phone`
      : `${person(agent)} takes calls at ${shown(number)}`,
  "flag.set": ({ flag, on, by }) => `flag ${flag} is ${on ? "on" : "off"}, by ${by}`,
  "counter.set": ({ counter, value, by }) => `counter ${counter} is ${value}, by ${by}`,
  "mailbox.status": ({ mailbox, new: fresh, old }) => `mailbox ${mailbox}: ${fresh} new, ${old} old`,
  "trunk.state": ({ trunk, up }) => `trunk ${trunk} ${up ? "answers" : "does not answer"}`,
  "strategy.loaded": ({ strategies }) => `new calls use what has changed: ${strategies.map(shown).join(", ")}`,
  "strategy.refused": ({ reason }) => `what has changed is not used: ${shown(reason)}`,
} satisfies Partial<Words>;

const words: Words = { ...ways, ...heard, ...offered, ...talked, ...house };
