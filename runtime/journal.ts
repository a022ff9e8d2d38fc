import type { Library } from "./core.ts";
import { createEngine, type Engine, restoreEngine } from "./engine.ts";
import type { Event, Millis } from "./events.ts";
import { startHost } from "./host.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Program } from "./strategy/program.ts";
import type { EventRecord } from "./records.ts";
import { createTrace } from "./trace.ts";
import type { Zones } from "./zone.ts";

/*
 * The journal is text, one JSON object a line: first what the engine was started with, then every event with the time it was told, and
 * last, where it was closed in order, a mark that says what came of them. From the events alone the same commands and records come
 * again. A long journal goes on in further files, each of which begins with the state of the engine.
 */

const VERSION = 1;

export interface JournalStart {
  /** Hash of the program. */
  program: string;
  startedAt: Millis;
  seed: number;
  /** How clocks are set in the zones of the program: machines differ in what they know of it. */
  zones: Zones;
  /** The state to go on from, in a file that goes on with another. */
  snapshot?: Snapshot;
}

/** What had come of all events of a file when it was closed. */
export interface JournalMark {
  records: number;
  /** The digest of their trace. */
  hash: string;
}

export interface JournalEntry {
  at: Millis;
  event: Event;
}

/** The first line, without its line end. */
export function journalHeader({ program, startedAt, seed, zones, snapshot }: JournalStart): string {
  return JSON.stringify({ journal: VERSION, program, startedAt, seed, zones, snapshot });
}

/** The last line of a file that was closed in order. */
export function journalMark(mark: JournalMark): string {
  return JSON.stringify({ mark });
}

/** Makes of a text what only the holder of a key can read. */
export type Seal = (text: string) => string;

/** Every other line, without its line end. An event that holds secrets stands there without them, and sealed where there is a key. */
export function journalLine(at: Millis, event: Event, shown: Event = event, seal?: Seal): string {
  if (shown === event) return JSON.stringify({ at, event });
  return JSON.stringify({ at, event: shown, sealed: seal?.(JSON.stringify(event)) ?? "" });
}

export type ReadJournal =
  /** `unopened`: events whose secrets could not be read; a replay may go another way from there. */
  | { start: JournalStart; entries: JournalEntry[]; torn: boolean; unopened: number; mark?: JournalMark }
  /** `line` counts from 1. */
  | { error: string; line: number };

/** Reads the lines of a journal. A last line that was not written to its end is left out: `torn`. `open` undoes the seal, where it can. */
export function readJournal(lines: readonly string[], open?: (sealed: string) => string | undefined): ReadJournal {
  const written = lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  const start = startOf(parseLine(written[0] ?? ""));
  if (start === undefined) return { error: "this is no journal", line: 1 };
  if ("version" in start)
    return { error: `a journal of version ${String(start.version)}; this reads ${VERSION}`, line: 1 };
  const entries: JournalEntry[] = [];
  let unopened = 0;
  for (const [index, line] of written.entries()) {
    if (index === 0) continue;
    const parsed = parseLine(line);
    const mark = index === written.length - 1 ? markOf(parsed) : undefined;
    if (mark) return { start, entries, torn: false, unopened, mark };
    const sealed = sealedIn(parsed);
    const opened = sealed === undefined ? undefined : parseLine(open?.(sealed) ?? "");
    const entry = entryOf(parsed);
    if (sealed !== undefined && !isEvent(opened)) unopened++;
    if (entry) entries.push(isEvent(opened) ? { at: entry.at, event: opened } : entry);
    else if (index === written.length - 1) return { start, entries, torn: true, unopened };
    else return { error: "this line is no event", line: index + 1 };
  }
  return { start, entries, torn: false, unopened };
}

export interface Replayed {
  /** As it stands after the last event. */
  engine: Engine;
  records: EventRecord[];
  /** Of all records. */
  hash: string;
  /** Mistakes of ours that showed, as they did the first time. */
  defects: unknown[];
}

/** Tells the events again to a new engine. `library` has the programs that were loaded later. */
export function replay(
  program: Program,
  start: JournalStart,
  entries: readonly JournalEntry[],
  library: Library = new Map(),
): Replayed {
  const { snapshot, seed, zones } = start;
  const known: Library = { get: (hash) => (hash === program.hash ? program : library.get(hash)) };
  const records: EventRecord[] = [];
  const defects: unknown[] = [];
  const trace = createTrace();
  let now = start.startedAt;
  const engine = snapshot
    ? restoreEngine(snapshot, { library: known })
    : createEngine({ program, now, seed, zones, library: known });
  const host = startHost({
    engine,
    calls: { perform: () => undefined },
    http: { perform: () => undefined },
    // The journal is the clock: what fell due stands in it.
    clock: { now: () => now, wakeAt: () => undefined },
    watch: (record) => {
      records.push(record);
      trace.add(record);
    },
    onDefect: (defect) => defects.push(defect),
  });
  for (const { at, event } of entries) {
    now = at;
    host.deliver(event);
  }
  return { engine, records, hash: trace.digest(), defects };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function startOf(line: unknown): JournalStart | { version: unknown } | undefined {
  if (typeof line !== "object" || line === null || !("journal" in line)) return undefined;
  if (line.journal !== VERSION) return { version: line.journal };
  if (!("program" in line) || !("startedAt" in line) || !("seed" in line) || !("zones" in line)) return undefined;
  const { program, startedAt, seed, zones } = line;
  if (typeof program !== "string" || typeof startedAt !== "number" || typeof seed !== "number") return undefined;
  const snapshot = "snapshot" in line && isSnapshot(line.snapshot) ? { snapshot: line.snapshot } : {};
  return isZones(zones) ? { program, startedAt, seed, zones, ...snapshot } : undefined;
}

function sealedIn(line: unknown): string | undefined {
  const sealed = typeof line === "object" && line !== null && "sealed" in line ? line.sealed : undefined;
  return typeof sealed === "string" ? sealed : undefined;
}

function entryOf(line: unknown): JournalEntry | undefined {
  if (typeof line !== "object" || line === null || !("at" in line) || !("event" in line)) return undefined;
  const { at, event } = line;
  return typeof at === "number" && isEvent(event) ? { at, event } : undefined;
}

function markOf(line: unknown): JournalMark | undefined {
  if (typeof line !== "object" || line === null || !("mark" in line)) return undefined;
  const { mark } = line;
  if (typeof mark !== "object" || mark === null || !("records" in mark) || !("hash" in mark)) return undefined;
  const { records, hash } = mark;
  return typeof records === "number" && typeof hash === "string" ? { records, hash } : undefined;
}

/** What this wrote itself needs no closer look. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === "object" && value !== null && "snapshot" in value;
}

function isZones(value: unknown): value is Zones {
  return typeof value === "object" && value !== null;
}

function isEvent(value: unknown): value is Event {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
