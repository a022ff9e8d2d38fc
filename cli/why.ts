import { type EventRecord, loadProgram, replay, whyText } from "../runtime/index.ts";
import { eventLine } from "./events.ts";
import { exit, UsageError } from "./exit.ts";
import { openKept, upTo } from "./journal.ts";
import { say } from "./output.ts";

export interface WhyOptions {
  at?: string;
  format: "human" | "json";
}

/** Why a call of a journal waits, agent by agent, or, where it does not, the way it went. */
export function why(path: string, call: string, { at, format }: WhyOptions): number {
  const journal = openKept(path);
  const entries = upTo(journal, at);
  const { engine, records } = replay(loadProgram(journal.program), journal.start, entries, journal.library);
  const way = records.filter((record) => "call" in record && record.call === call);
  const found = engine.why(call);
  if (!found && way.length === 0)
    throw new UsageError(`no call ${call} in this journal${at ? ` before ${at}` : ""}${known(records)}`);
  if (format === "json") say(JSON.stringify(found ?? { call, way }, null, 2));
  else say(found ? whyText(found) : way.map(eventLine).join("\n"));
  return exit.ok;
}

function known(records: readonly EventRecord[]): string {
  const calls = records.flatMap((record) => (record.type === "call.arrived" ? [record.call] : []));
  if (calls.length === 0) return "";
  return `; there are ${calls.slice(0, 5).join(", ")}${calls.length > 5 ? ` and ${calls.length - 5} more` : ""}`;
}
