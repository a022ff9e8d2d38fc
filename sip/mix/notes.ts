import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wavMs } from "../media/index.ts";
import type { Logger } from "../log.ts";
import { reasonOf } from "../dialog/srf.ts";

/** What stands beside a recording, as JSON. Times in ms count from its start. */
export interface RecordingNotes {
  call: string;
  conversation: string;
  from: string;
  to: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  /** Absent while it is being made. */
  lengthMs?: number;
  /** What was left out, which is silence in the file; not known where its run has died. */
  gaps: { fromMs: number; toMs: number }[];
  /** Who talked with the caller. */
  with: { who: string; fromMs: number; toMs?: number }[];
  /** Why the file could not be written. */
  reason?: string;
}

/** Stands beside a recording that is being made, so that the next run finds those that nobody has ended. */
const BEGUN = ".begun";
const notesOf = (file: string): string => file.replace(/\.wav$/, ".json");
const write = (file: string, notes: RecordingNotes): Promise<void> =>
  writeFile(notesOf(file), `${JSON.stringify(notes, undefined, 2)}\n`, { mode: 0o600 });

/** How long what has been recorded is. */
export const lengthOf = async (file: string): Promise<number | undefined> =>
  wavMs((await stat(file).catch(() => undefined))?.size);

/** Writes them as they stand, one time after another: a crash leaves what was known by then. */
export function keepNotes(file: string, notes: RecordingNotes, log: Logger): () => void {
  let last: Promise<void> = writeFile(`${file}${BEGUN}`, "", { mode: 0o600 });
  return () => {
    const [text, isOver] = [structuredClone(notes), notes.lengthMs !== undefined || notes.reason !== undefined];
    last = last
      .then(() => write(file, text))
      .then(() => (isOver ? rm(`${file}${BEGUN}`, { force: true }) : undefined))
      .catch((error: unknown) =>
        log.error({ call: notes.call, file, reason: reasonOf(error) }, "notes of a recording not written"),
      );
  };
}

/** What was being recorded when a run died is as long as its file. To be called before anything is recorded. */
export async function recoverNotes(folder: string, log: Logger): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((each) => each.endsWith(BEGUN))) {
    const file = join(folder, name.slice(0, -BEGUN.length));
    try {
      const notes: RecordingNotes = JSON.parse(await readFile(notesOf(file), "utf8"));
      const lengthMs = await lengthOf(file);
      const last = notes.with.at(-1);
      if (last && lengthMs !== undefined) last.toMs ??= lengthMs;
      await write(file, { ...notes, lengthMs });
      await rm(`${file}${BEGUN}`, { force: true });
    } catch (error) {
      log.error({ file, reason: reasonOf(error) }, "notes of a recording cannot be read");
    }
  }
}
