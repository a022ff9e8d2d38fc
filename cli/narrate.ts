import type { Directory } from "../language/index.ts";
import type { EventRecord } from "../runtime/index.ts";
import { say, seconds } from "./output.ts";

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

/** `undefined` for what would only be noise. Texts of callers are shown as JSON strings, so that they cannot steer a terminal. */
export function inWords(record: EventRecord, directory: Directory): string | undefined {
  const person = (id: string | undefined): string => (id === undefined ? "" : (directory.agents[id]?.name ?? id));
  switch (record.type) {
    case "call.arrived":
      return `${shown(record.from)} calls ${shown(record.to)}: ${record.strategy ? `strategy ${shown(record.strategy)}` : "no strategy has an entry for it"}`;
    case "call.dialled":
      return `${person(record.agent)} dials ${shown(record.to)} at the desk`;
    case "dial.failed":
      return `${record.by ? person(record.agent) : shown(record.to)}: ${record.outcome}${record.sip === undefined ? "" : ` (${record.sip})`}`;
    case "call.answered":
      return "is answered";
    case "treatment.started":
      return record.name === undefined ? `hears ${record.kind}` : `hears ${record.kind} ${shown(record.name)}`;
    case "call.queued":
      return `waits in queue ${record.queue}, position ${record.position}`;
    case "offer.made":
      return `rings ${person(record.agent) || shown(record.destination ?? "")} for ${seconds(record.ringFor)}`;
    case "offer.ended":
      return `${person(record.agent) || shown(record.destination ?? "")}: ${record.outcome}`;
    case "call.dequeued":
      return `leaves queue ${record.queue}: ${record.outcome}`;
    case "call.connected":
      return `talks to ${person(record.agent) || shown(record.destination ?? "")}`;
    case "voicemail.started":
      return `is connected to mailbox ${record.mailbox}`;
    case "voicemail.ended":
      return `mailbox ${record.mailbox}: ${record.outcome}`;
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
    default:
      return undefined;
  }
}

/** Why, and of who may hold several calls at once, how many he has. */
function remarks({ reasons, inHand = 0 }: Extract<EventRecord, { type: "agent.state" }>): string {
  const said = inHand > 1 ? [...reasons, `${inHand} in hand`] : reasons;
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

function shown(text: string): string {
  return JSON.stringify(text);
}
