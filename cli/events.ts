import { createWriteStream, openSync } from "node:fs";
import type { EventRecord } from "../runtime/index.ts";
import { together } from "../runtime/node/index.ts";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

export interface EventSink {
  write(record: EventRecord): void;
  close(): Promise<void>;
}

/** Writes records as NDJSON: to a file (appending), or to stdout for `-`. A full disk is reported once and routing goes on. */
export function openEvents(target: string): EventSink {
  if (target === "-") return { write: (record) => void process.stdout.write(line(record)), close: async () => {} };
  const stream = createWriteStream(target, { fd: opened(target) });
  let broken = false;
  stream.on("error", (error) => {
    if (!broken) complain(`cordboard: event records are lost: ${error.message}`);
    broken = true;
  });
  return {
    write(record) {
      if (broken) return;
      together(stream);
      stream.write(line(record));
    },
    close: () => new Promise((resolve) => (broken ? resolve() : stream.end(resolve))),
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
