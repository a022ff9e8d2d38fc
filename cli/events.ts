import { createWriteStream, openSync } from "node:fs";
import type { EventRecord } from "../runtime/index.ts";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

export interface EventSink {
  write(record: EventRecord): void;
  close(): Promise<void>;
}

/** For that long records are gathered into one write: each costs more than making the record. */
const GATHER_MS = 10;

/** Writes records as NDJSON: to a file (appending), or to stdout for `-`. A full disk is reported once and routing goes on. */
export function openEvents(target: string): EventSink {
  if (target === "-") return { write: (record) => void process.stdout.write(line(record)), close: async () => {} };
  const stream = createWriteStream(target, { fd: opened(target) });
  let broken = false;
  stream.on("error", (error) => {
    if (!broken) complain(`cordboard: event records are lost: ${error.message}`);
    broken = true;
  });
  let gathered = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    if (!broken && gathered) stream.write(gathered);
    gathered = "";
    timer = undefined;
  };
  return {
    write(record) {
      if (broken) return;
      gathered += line(record);
      timer ??= setTimeout(flush, GATHER_MS);
    },
    close() {
      clearTimeout(timer);
      flush();
      return new Promise((resolve) => (broken ? resolve() : stream.end(resolve)));
    },
  };
}

/** A record as others read it. */
export function eventLine({ at, seq, type, ...rest }: EventRecord): string {
  return JSON.stringify({ at: new Date(at).toISOString(), seq, type, ...rest });
}

function line(record: EventRecord): string {
  return `${eventLine(record)}\n`;
}

function opened(target: string): number {
  try {
    return openSync(target, "a");
  } catch (error) {
    throw new UsageError(`--events ${target}: ${reason(error)}`);
  }
}
