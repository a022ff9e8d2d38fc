import type { Logger } from "pino";
import {
  type Command,
  type Engine,
  type EventRecord,
  type JournalStart,
  loadProgram,
  type Program,
  replay,
} from "../runtime/index.ts";
import { isFolder } from "./disk.ts";
import { reason } from "./exit.ts";
import { type KeptJournal, latestJournal, readKept } from "./journal.ts";

/** What a run that died has left in its folder of journals. */
export interface Left {
  /** As it stood, with everybody who was on the line `away`. */
  engine: Engine;
  /** How a journal begins that goes on from there. */
  start: Omit<JournalStart, "startedAt">;
  commands: Command[];
  records: EventRecord[];
}

/**
 * Takes up the latest journal where nobody has closed it. `later` has the programs that are loaded from now on. What cannot be taken up is
 * logged and left: a run begins anew rather than not at all.
 */
export function takeUpLeft(
  folder: string,
  later: Pick<ReadonlyMap<string, Program>, "get">,
  log: Logger,
): Left | undefined {
  const path = isFolder(folder) ? latestJournal(folder) : undefined;
  if (path === undefined) return undefined;
  try {
    const journal = readKept(path);
    if (journal.unopened > 0) {
      log.error(
        { path, events: journal.unopened },
        "a run has died; its secrets cannot be read, so its calls are not taken up",
      );
      return undefined;
    }
    return isLeft(journal) ? goOn(journal, later) : undefined;
  } catch (error) {
    log.error({ path, reason: reason(error) }, "a run has died, and its calls cannot be taken up");
    return undefined;
  }
}

/** A run that could not start has closed its journal, and taken up nothing. */
function isLeft({ mark, entries, start }: KeptJournal): boolean {
  return entries.length > 0 ? !mark : start.snapshot !== undefined;
}

function goOn({ program, start, entries, library }: KeptJournal, later: Parameters<typeof takeUpLeft>[1]): Left {
  const known = { get: (hash: string) => later.get(hash) ?? library.get(hash) };
  const { engine } = replay(loadProgram(program), start, entries, known);
  const outcome = engine.accept({ type: "run.restarted" }, entries.at(-1)?.at ?? start.startedAt);
  const snapshot = engine.snapshot();
  const { zones } = snapshot.house;
  return { engine, start: { ...start, program: snapshot.program, zones, snapshot }, ...outcome };
}
