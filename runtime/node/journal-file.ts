import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import {
  createTrace,
  type EventRecord,
  isoTime,
  type Journal,
  journalHeader,
  journalLine,
  journalMark,
  type JournalStart,
  type Seal,
} from "../index.ts";

/** When lines must have reached the disk itself: with each event, soon after it, or whenever the system likes. */
export type Sync = "each" | "soon" | "never";

/** How long a line may wait for `soon`, so that one sync serves many lines. Milliseconds. */
const SOON_MS = 50;
/** About 300,000 events. */
const USUAL_BYTES = 64 * 1024 * 1024;

export interface JournalOptions {
  /** `soon` unless said otherwise. */
  sync?: Sync;
  /** A file that has grown so large is followed by another; 64 MiB unless said otherwise. */
  fileBytes?: number;
  /** Seals what is secret. Without it the journal has no secrets at all, and a replay may go another way. */
  seal?: Seal;
  /** Told once when the disk takes no more. From then on nothing is kept, and calls go on. */
  failed?: (error: unknown) => void;
}

export interface JournalFile extends Journal {
  /** The file that is being written. */
  readonly path: string;
  /** Marks what came of it, brings everything to the disk and closes. */
  close(): void;
}

/**
 * A new journal in a folder, which is made if need be; its files are named by the time of their beginning:
 * `2026-11-20T100000.123Z.journal`. Each event is written before `append` returns, so nothing is lost when the process dies; what a
 * power cut may take is what `sync` says. Throws when the file exists or cannot be made.
 */
export function openJournal(folder: string, start: JournalStart, options: JournalOptions = {}): JournalFile {
  const { fileBytes = USUAL_BYTES, failed } = options;
  mkdirSync(folder, { recursive: true });
  let begun = start.startedAt;
  let file = createFile(pathIn(folder, begun), start, options);

  return {
    get path() {
      return file.path;
    },
    append: (at, event, shown) => file.write(journalLine(at, event, shown, options.seal)),
    isFull: () => file.bytes() >= fileBytes,
    turn(at, snapshot) {
      file.close();
      begun = Math.max(begun + 1, at);
      try {
        file = createFile(pathIn(folder, begun), { ...start, startedAt: at, snapshot }, options);
      } catch (error) {
        failed?.(error);
      }
    },
    note: (record) => file.note(record),
    close: () => file.close(),
  };
}

function pathIn(folder: string, at: number): string {
  return join(folder, `${isoTime(at).replaceAll(":", "")}.journal`);
}

/** One file, from its first line to its mark. */
function createFile(path: string, start: JournalStart, { sync = "soon", failed }: JournalOptions) {
  const file = openSync(path, "ax", 0o600);
  const trace = createTrace();
  let records = 0;
  let bytes = 0;
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

  function put(line: string): void {
    bytes += writeAll(file, `${line}\n`);
    if (sync === "each") fsyncSync(file);
    else if (sync === "soon") timer ??= setTimeout(commit, SOON_MS).unref();
  }

  put(journalHeader(start));
  return {
    path,
    write: (line: string) => guarded(() => put(line)),
    bytes: () => (state === "open" ? bytes : 0),
    note(record: EventRecord) {
      records++;
      trace.add(record);
    },
    close() {
      if (state === "closed") return;
      guarded(() => put(journalMark({ records, hash: trace.digest() })));
      clearTimeout(timer);
      if (sync !== "never") commit();
      state = "closed";
      closeSync(file);
    },
  };
}

/** A write may take less than it was given. Returns how much there was to write. */
function writeAll(file: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  return bytes.length;
}
