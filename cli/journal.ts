import { basename, dirname } from "node:path";
import type { CheckedProgram } from "../language/index.ts";
import {
  type JournalEntry,
  type JournalMark,
  type JournalStart,
  loadProgram,
  type Program,
  readJournal,
} from "../runtime/index.ts";
import { createSealing, keptProgram } from "../runtime/node/index.ts";
import { filesBelow, isFolder, readRegular } from "./disk.ts";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

/** A journal that is to be told again, with what is kept beside it. */
export interface KeptJournal {
  start: JournalStart;
  entries: JournalEntry[];
  mark?: JournalMark;
  torn: boolean;
  /** Events whose secrets could not be read. */
  unopened: number;
  program: CheckedProgram;
  /** Programs that were loaded later, by hash. */
  library: { get: (hash: string) => Program | undefined };
}

/** Of a folder, as `run --journal` is given it, the journal that was begun last. */
export function openKept(given: string): KeptJournal {
  const path = isFolder(given) ? latestIn(given) : given;
  const kept = readKept(path);
  if (kept.torn) complain(`${path}: the last line was not written to its end, and is left out`);
  if (kept.unopened > 0) {
    complain(`${path}: ${kept.unopened} events hold secrets that cannot be read; set CORDBOARD_JOURNAL_KEY`);
  }
  return kept;
}

/** Throws `UsageError` where it is no journal, or not all that it needs is beside it. */
export function readKept(path: string): KeptJournal {
  const key = process.env["CORDBOARD_JOURNAL_KEY"];
  const read = readJournal(linesOf(path), key ? createSealing(key).open : undefined);
  if ("error" in read) throw new UsageError(`${path}:${read.line}: ${read.error}`);
  const folder = dirname(path);
  const program = keptProgram(folder, read.start.program);
  if (!program) throw new UsageError(`${path}: the program ${read.start.program} is not kept beside it, in programs/`);
  const library = {
    get(hash: string) {
      const other = keptProgram(folder, hash);
      return other && loadProgram(other);
    },
  };
  const { start, entries, mark, torn, unopened } = read;
  return { start, entries, ...(mark && { mark }), torn, unopened, program, library };
}

function latestIn(folder: string): string {
  const latest = latestJournal(folder);
  if (latest === undefined) throw new UsageError(`there is no .journal file in ${folder}`);
  const count = filesBelow(folder, ".journal").length;
  if (count > 1) complain(`reading ${latest}; name another of the ${count} journals there yourself`);
  return latest;
}

/** Their names begin with when they were begun. */
export function latestJournal(folder: string): string | undefined {
  return filesBelow(folder, ".journal").toSorted((a, b) => (basename(a) < basename(b) ? 1 : -1))[0];
}

function linesOf(path: string): string[] {
  try {
    return readRegular(path).toString("utf8").split("\n");
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

export function upTo(journal: KeptJournal, until: string | undefined): JournalEntry[] {
  if (until === undefined) return journal.entries;
  const at = instantOf(journal, until);
  return journal.entries.filter((entry) => entry.at <= at);
}

/** A time of day of the journal's first day, or an instant: `10:00:05`, `2026-11-20T10:00:05Z`. */
export function instantOf({ start }: KeptJournal, until: string): number {
  const day = new Date(start.startedAt).toISOString().slice(0, 10);
  const at = Date.parse(/^\d{2}:\d{2}/.test(until) ? `${day}T${until}Z` : until);
  if (Number.isNaN(at)) throw new UsageError(`\`${until}\` is no time; write 10:00:05 or 2026-11-20T10:00:05Z`);
  return at;
}
