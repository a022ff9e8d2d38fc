import type { Directory } from "../language/index.ts";
import type { EventRecord } from "../runtime/index.ts";
import { say } from "./output.ts";
import { inWords } from "./words.ts";

/** Tells on stdout what happens, one line an event, in words: `10:00:04  call 1  rings Ana's phone`. */
export function narrator(directory: () => Directory): (record: EventRecord) => void {
  const numbers = new Map<string, number>();
  let calls = 0;
  return (record) => {
    if (isNoise(record)) return;
    const text = inWords(record, directory());
    const at = new Date(record.at).toTimeString().slice(0, 8);
    if (!("call" in record) || record.call === undefined) return say(`${at}          ${text}`);
    if (record.type === "call.arrived" || record.type === "call.dialled") numbers.set(record.call, ++calls);
    say(`${at}  call ${String(numbers.get(record.call) ?? "?").padEnd(3)} ${text}`);
    if (record.type === "call.ended") numbers.delete(record.call);
  };
}

/** What goes without saying as one looks on, and what the log tells. */
function isNoise(record: EventRecord): boolean {
  if (record.type === "treatment.ended") return record.outcome === "done" || record.outcome === "interrupted";
  return record.type === "call.measured" || record.type === "trunk.state";
}
