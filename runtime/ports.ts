import type { CallCommand, HttpCommand } from "./commands.ts";
import type { Event, Millis } from "./events.ts";
import type { EventRecord } from "./records.ts";
import type { Snapshot } from "./snapshot.ts";

/** Performs what the engine asks of calls. Never returns a result: results come back as events. */
export interface CallPort {
  perform(command: CallCommand): void;
}

/** Asks the hosts of the directory, and no other. Answers come back as events. */
export interface HttpPort {
  perform(command: HttpCommand): void;
}

/** The only clock. `wakeAt` keeps one wake-up: a new one replaces the old, `undefined` removes it. */
export interface Clock {
  now(): Millis;
  wakeAt(at: Millis | undefined, wake: () => void): void;
}

/** Keeps every event in order, before the commands it caused leave. `shown` is another event where this one holds secrets: without them. */
export interface Journal {
  append(at: Millis, event: Event, shown: Event): void;
  /** Asked between two events: whether it wants to go on in a new file, which begins with the state of the engine. */
  isFull?(): boolean;
  turn?(at: Millis, snapshot: Snapshot): void;
  /** Told every record, for the mark at the end. */
  note?(record: EventRecord): void;
}

/** Shown every record, in order. */
export type Watcher = (record: EventRecord) => void;
