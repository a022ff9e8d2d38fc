import type { Directory } from "../language/index.ts";
import type { EventRecord } from "../runtime/index.ts";
import { printable, say, seconds } from "./output.ts";

/** Tells on stdout what happens, one line an event, in words: `10:00:04  call 1  rings Ana's phone`. */
export function narrator(directory: () => Directory): (record: EventRecord) => void {
  const numbers = new Map<string, number>();
  let calls = 0;
  return (record) => {
    const text = inWords(record, directory());
    if (text === undefined) return;
    const at = new Date(record.at).toTimeString().slice(0, 8);
    if (!("call" in record) || record.call === undefined) return say(`${at}          ${text}`);
    if (record.type === "call.arrived" || record.type === "call.dialled") numbers.set(record.call, ++calls);
    say(`${at}  call ${String(numbers.get(record.call) ?? "?").padEnd(3)} ${text}`);
    if (record.type === "call.ended") numbers.delete(record.call);
  };
}

/** `undefined` for what would only be noise. Nothing in it can steer a terminal; texts of callers stand in quotes. */
export function inWords(record: EventRecord, directory: Directory): string | undefined {
  const text = words(record, directory);
  return text === undefined ? undefined : printable(text);
}

function words(record: EventRecord, directory: Directory): string | undefined {
  const person = (id: string | undefined): string => (id === undefined ? "" : (directory.agents[id]?.name ?? id));
  switch (record.type) {
    case "call.arrived":
      return `${shown(record.from)} calls ${shown(record.to)}: ${serving(record)}`;
    case "call.dialled":
      return `${person(record.agent)} dials ${shown(record.to)} at the desk`;
    case "dial.failed":
      return `${record.by ? person(record.agent) : shown(record.to)}: ${record.outcome}${codeOf(record)}`;
    case "call.answered":
      return "is answered";
    case "treatment.started":
      return record.name === undefined ? `hears ${record.kind}` : `hears ${record.kind} ${shown(record.name)}`;
    case "call.queued":
      return `waits in queue ${record.queue}, position ${record.position}`;
    case "offer.made":
      return `rings ${person(record.agent) || shown(record.destination ?? "")}${record.trunk === undefined ? "" : ` by ${record.trunk}`} for ${seconds(record.ringFor)}`;
    case "offer.ended": {
      const became = record.caller === undefined ? record.outcome : `the caller is not reached: ${record.caller}`;
      return `${person(record.agent) || shown(record.destination ?? "")}: ${became}${codeOf(record)}`;
    }
    case "digits.collected":
      return record.digits === "" ? "presses nothing" : `presses ${shown(record.digits)}`;
    case "callback.booked":
      return `is promised a callback at ${shown(record.number)}`;
    case "callback.ended":
      return `the callback: ${record.outcome}`;
    case "transfer.failed":
      return `is not handed on to ${shown(record.to)}: ${record.outcome.replace("_", " ")}${codeOf(record)}`;
    case "call.dequeued":
      return `leaves queue ${record.queue}: ${record.outcome}`;
    case "call.connected":
      return `talks to ${person(record.agent) || shown(record.destination ?? "")}`;
    case "voicemail.started":
      return `is connected to mailbox ${record.mailbox}`;
    case "voicemail.ended":
      return `mailbox ${record.mailbox}: ${record.outcome}`;
    case "mailbox.opened":
      return `hears the messages of mailbox ${record.mailbox}, let in by the ${record.by === "pin" ? "PIN" : "phone"}`;
    case "mailbox.refused":
      return `keys in a PIN that opens no mailbox: ${record.reason.replace("_", " ")}`;
    case "call.returned":
      return "is found again";
    case "run.restarted":
      return `the run before this one has died; ${record.calls} of its callers are looked for`;
    case "call.noted":
      return `note ${shown(record.text)}`;
    case "call.default_routed":
      return `is routed by default (${record.net}): ${record.reason}`;
    case "call.ended":
      return `ended by the ${record.by}: ${record.disposition}`;
    case "strategy.loaded":
      return `new calls use what has changed: ${record.strategies.map(shown).join(", ")}`;
    case "strategy.refused":
      return `what has changed is not used: ${shown(record.reason)}`;
    case "agent.state":
      return `${person(record.agent)} is ${record.state}${remarks(record)}`;
    case "agent.refused":
      return `${person(record.agent)} may not go from ${record.from} to ${record.to}${record.allowed.length > 0 ? `, only to ${record.allowed.join(", ")}` : ""}`;
    default:
      return undefined;
  }
}

/** Who takes a call that has come. */
function serving({ strategy, service }: Extract<EventRecord, { type: "call.arrived" }>): string {
  if (strategy !== undefined) return `strategy ${shown(strategy)}`;
  if (service === undefined) return "no strategy has an entry for it";
  return service === "mailbox" ? "where messages are heard" : "what turns a flag";
}

const codeOf = ({ sip }: { sip?: number }): string => (sip === undefined ? "" : ` (${sip})`);

/** Why, and of who may hold several calls at once, how many he has. */
function remarks({ reasons, inHand = 0 }: Extract<EventRecord, { type: "agent.state" }>): string {
  const said = inHand > 1 ? [...reasons, `${inHand} in hand`] : reasons;
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

function shown(text: string): string {
  return JSON.stringify(text);
}
