import { type EventRecord, loadProgram, type Replayed, replay as tellAgain } from "../runtime/index.ts";
import { refuse } from "./check.ts";
import { eventLine } from "./events.ts";
import { exit } from "./exit.ts";
import { type KeptJournal, openKept, upTo } from "./journal.ts";
import { load } from "./load.ts";
import { count, say } from "./output.ts";

export interface ReplayOptions {
  strategy?: string;
  directory: string[];
  until?: string;
  format: "human" | "json";
}

/** Tells a journal again: does the same come of it as when it was written, or as with another strategy? */
export function replay(path: string, options: ReplayOptions): number {
  const journal = openKept(path);
  const entries = upTo(journal, options.until);
  const first = tellAgain(loadProgram(journal.program), journal.start, entries, journal.library);
  for (const defect of first.defects) throw defect;
  if (options.strategy === undefined)
    return compareWithMark(journal, first, entries.length === journal.entries.length, options);
  const { program, diagnostics, sources } = load([options.strategy], options.directory);
  if (!program) {
    refuse(diagnostics, sources);
    return exit.failed;
  }
  const start = { ...journal.start, program: program.hash };
  const second = tellAgain(loadProgram(program), start, entries, journal.library);
  return compareTwo(first.records, second.records, options);
}

function compareWithMark(
  { mark }: KeptJournal,
  { records, hash }: Replayed,
  whole: boolean,
  { format }: ReplayOptions,
): number {
  const written = whole ? mark : undefined;
  const same = written && written.hash === hash && written.records === records.length;
  const counted = `${count(records.length, "record")}, trace ${hash}`;
  if (format === "json")
    say(JSON.stringify({ identical: same ?? null, records: records.length, hash, mark: mark ?? null }));
  else if (!written) say(`not compared: the journal was not closed, or only a part was asked for: ${counted}`);
  else
    say(
      same ? `identical: ${counted}` : `differs: ${counted}; when it was written ${written.records}, ${written.hash}`,
    );
  return same === false ? exit.failed : exit.ok;
}

function compareTwo(first: readonly EventRecord[], second: readonly EventRecord[], { format }: ReplayOptions): number {
  const lines = first.map(told);
  const others = second.map(told);
  const at = lines.findIndex((line, nth) => line !== others[nth]);
  const differs = at !== -1 ? at : lines.length === others.length ? -1 : lines.length;
  if (format === "json") {
    const difference = differs === -1 ? null : { record: differs + 1, first: first[differs], second: second[differs] };
    say(JSON.stringify({ identical: differs === -1, records: [lines.length, others.length], difference }));
  } else if (differs === -1) say(`identical: ${count(lines.length, "record")}`);
  else {
    say(`the first difference is record ${differs + 1}`);
    say(`- ${lines[differs] ?? "nothing more"}`);
    say(`+ ${others[differs] ?? "nothing more"}`);
  }
  return differs === -1 ? exit.ok : exit.failed;
}

/** What the name of the program is does not count. */
function told(record: EventRecord): string {
  return eventLine(record.type === "strategy.loaded" ? { ...record, hash: "" } : record);
}
