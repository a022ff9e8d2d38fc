import type { Directory } from "../language/index.ts";
import { type EventRecord, type JournalEntry, loadProgram, replay, whyText } from "../runtime/index.ts";
import { exit, UsageError } from "./exit.ts";
import { instantOf, type KeptJournal, openKept, upTo } from "./journal.ts";
import { printable, say } from "./output.ts";
import { inWords } from "./words.ts";

export interface WhyOptions {
  at?: string;
  format: "human" | "json";
}

/** Why a call of a journal waits, agent by agent, or, where it does not, the way it went. Of its id the beginning will do. */
export function why(path: string, begun: string, { at, format }: WhyOptions): number {
  const journal = openKept(path);
  const program = loadProgram(journal.program);
  const { engine, records } = replay(program, journal.start, untilThen(journal, at), journal.library);
  const call = callOf(records, begun, at);
  const way = records.filter((record) => "call" in record && record.call === call);
  const found = engine.why(call);
  if (format === "json") say(JSON.stringify(found ?? { call, way }, null, 2));
  else say(found ? printable(whyText(found)) : way.map((record) => line(record, program.directory)).join("\n"));
  return exit.ok;
}

/** What had happened by then, and the time itself: a wait goes on between two events. */
function untilThen(journal: KeptJournal, time: string | undefined): JournalEntry[] {
  const entries = upTo(journal, time);
  if (time === undefined) return entries;
  const at = Math.max(instantOf(journal, time), entries.at(-1)?.at ?? journal.start.startedAt);
  return [...entries, { at, event: { type: "time.passed" } }];
}

function line(record: EventRecord, directory: Directory): string {
  return `${new Date(record.at).toISOString().slice(11, 23)}  ${inWords(record, directory)}`;
}

/** The one whose id this is, or the only one that begins so. */
function callOf(records: readonly EventRecord[], begun: string, at: string | undefined): string {
  const calls = [...new Set(records.flatMap((record) => ("call" in record && record.call ? [record.call] : [])))];
  if (calls.includes(begun)) return begun;
  const [first, ...others] = calls.filter((call) => call.startsWith(begun));
  if (first === undefined)
    throw new UsageError(`no call ${begun} in this journal${at ? ` before ${at}` : ""}${listed(calls)}`);
  if (others.length > 0)
    throw new UsageError(`${others.length + 1} calls begin with ${begun}${listed([first, ...others])}`);
  return first;
}

function listed(calls: readonly string[]): string {
  if (calls.length === 0) return "";
  return `; there are ${calls.slice(0, 5).join(", ")}${calls.length > 5 ? ` and ${calls.length - 5} more` : ""}`;
}
