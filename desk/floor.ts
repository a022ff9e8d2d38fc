import type { Directory } from "../language/index.ts";
import type {
  AgentView,
  CallView,
  Event,
  EventRecord,
  MailboxView,
  QueueView,
  Watcher,
  Why,
} from "../runtime/index.ts";

/** What the desk may see and do. It never holds an engine: it reads snapshots and tells what people did. */
export interface Floor {
  calls(): CallView[];
  call(id: string): CallView | undefined;
  agents(): AgentView[];
  agent(id: string): AgentView | undefined;
  queues(): QueueView[];
  flags(): Record<string, boolean>;
  mailbox(id: string): MailboxView | undefined;
  /** Why a call waits; undefined where it waits in no queue. */
  why(call: string): Why | undefined;
  /** As it is now. */
  directory(): Directory;
  /** The time of the engine's records, in milliseconds since 1970. */
  now(): number;
  /** A name that no call has had. */
  newCall(): string;
  /** Shows every record from now on; returns how to stop that. */
  watch(watcher: Watcher): () => void;
  deliver(event: Event): void;
  /** Whether new calls are taken: false while starting and while draining. */
  ready(): boolean;
  /** Figures in Prometheus' text format. */
  metrics: { text(): Promise<string>; readonly contentType: string };
}

/** Tells an event; gives what was recorded because of it. */
export function told(floor: Floor, event: Event): EventRecord[] {
  const records: EventRecord[] = [];
  const stop = floor.watch((record) => records.push(record));
  floor.deliver(event);
  stop();
  return records;
}
