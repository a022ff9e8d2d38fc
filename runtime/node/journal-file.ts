import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { isoTime, type Journal, journalHeader, journalLine, type JournalStart, type Seal } from "../index.ts";

/** When lines must have reached the disk itself: with each event, soon after it, or whenever the system likes. */
export type Sync = "each" | "soon" | "never";

/** How long a line may wait for `soon`, so that one sync serves many lines. Milliseconds. */
const SOON_MS = 50;

export interface JournalOptions {
  /** `soon` unless said otherwise. */
  sync?: Sync;
  /** Seals what is secret. Without it the journal has no secrets at all, and a replay may go another way. */
  seal?: Seal;
  /** Told once when the disk takes no more. From then on nothing is kept, and calls go on. */
  failed?: (error: unknown) => void;
}

export interface JournalFile extends Journal {
  readonly path: string;
  /** Brings everything to the disk and closes. */
  close(): void;
}

/** A new journal in a folder, which is made if need be, named by the time of its start: `2026-11-20T100000.123Z.journal`. */
export function openJournal(folder: string, start: JournalStart, options?: JournalOptions): JournalFile {
  mkdirSync(folder, { recursive: true });
  return createJournalFile(join(folder, `${isoTime(start.startedAt).replaceAll(":", "")}.journal`), start, options);
}

/**
 * A new journal. Each event is written before `append` returns, so nothing is lost when the process dies; what a power cut may
 * take is what `sync` says. Throws when the file exists or cannot be made.
 */
export function createJournalFile(path: string, start: JournalStart, options: JournalOptions = {}): JournalFile {
  const { sync = "soon", seal, failed } = options;
  const file = openSync(path, "ax", 0o600);
  let timer: NodeJS.Timeout | undefined;
  let state: "open" | "failed" | "closed" = "open";

  function guarded(act: () => void): void {
    if (state !== "open") return;
    try {
      act();
    } catch (error) {
      state = "failed";
      failed?.(error);
    }
  }

  function commit(): void {
    timer = undefined;
    guarded(() => fsyncSync(file));
  }

  function write(line: string): void {
    writeAll(file, `${line}\n`);
    if (sync === "each") fsyncSync(file);
    else if (sync === "soon") timer ??= setTimeout(commit, SOON_MS).unref();
  }

  write(journalHeader(start));
  return {
    path,
    append: (at, event, shown) => guarded(() => write(journalLine(at, event, shown, seal))),
    close() {
      if (state === "closed") return;
      clearTimeout(timer);
      if (sync !== "never") commit();
      state = "closed";
      closeSync(file);
    },
  };
}

/** A write may take less than it was given. */
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
