import { zonesFor } from "../zone-data.ts";
import { closeSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { journalHeader, journalLine, type JournalStart, readJournal, replay } from "../journal.ts";
import { startHost } from "../host.ts";
import { loadProgram } from "../strategy/load.ts";
import { type JournalFile, openJournal } from "../node/index.ts";
import { createTrace } from "../trace.ts";
import { draw } from "../random.ts";
import { programOf } from "./programs.ts";

const program = loadProgram(
  programOf(`strategy "s" {
    entry "5000"
    default route to group Reception
    answer
    set call.data.seen = "Grüße 🙂\\\\"
    queue Sales {
      choose by random
      ring for 7s
      priority 10 rising 5 every 10s up to 30
      at 0s agents with sales >= 5
      at 9s add group Sales
      give up after 1m
      while waiting { music "calm" for 5s play "busy" }
    }
    voicemail to mailbox sales
  }`),
);
const start: JournalStart = {
  program: program.hash,
  startedAt: 1_000,
  seed: 42,
  zones: zonesFor(program.zones, 1_000),
};

/** A few hundred events that mostly make sense, and what came of them. */
function live() {
  const engine = createEngine({ program, now: start.startedAt, seed: start.seed });
  const trace = createTrace();
  const lines = [journalHeader(start)];
  let at = start.startedAt;
  let count = 0;
  const offers: { call: string; offer: string }[] = [];
  function happen(event: Event): void {
    lines.push(journalLine(at, event));
    const { records, commands } = engine.accept(event, at);
    for (const each of records) trace.add(each);
    count += records.length;
    for (const command of commands)
      if (command.type === "offer") offers.push({ call: command.call, offer: command.offer });
  }
  for (const agent of ["ana", "ben", "cleo"]) happen({ type: "agent.readied", agent, source: "desk" });
  for (let turn = 0; turn < 400; turn++) {
    at += draw(1, "gap", turn) % 3000;
    const call = `c${draw(1, "call", turn) % 20}`;
    const offer = offers[draw(1, "offer", turn) % (offers.length || 1)] ?? { call, offer: `${call}/1` };
    const all: Event[] = [
      { type: "call.arrived", call, from: "+346", to: "5000", headers: { "X-A": "b" } },
      { type: "call.answered", call },
      { type: "time.passed" },
      { type: "offer.answered", ...offer },
      { type: "call.connected", ...offer },
      { type: "offer.failed", ...offer, outcome: "busy" },
      { type: "party.gone", ...offer },
      { type: "call.gone", call },
      { type: "agent.readied", agent: "ana", source: "desk" },
      { type: "agent.readied", agent: "ben", source: "desk" },
    ];
    happen(all[draw(1, "event", turn) % all.length] ?? { type: "time.passed" });
  }
  return { lines, count, digest: trace.digest() };
}

test("replay gives the identical records", () => {
  const { lines, count, digest } = live();
  const read = readJournal([...lines, ""]);
  expect(read).toMatchObject({ start, torn: false });
  if ("error" in read) return;
  const again = replay(program, read.start, read.entries);
  expect(again.records.length).toBe(count);
  expect(again.hash).toBe(digest);
  expect(again.defects).toEqual([]);
  const other = replay(program, { ...read.start, seed: 43 }, read.entries);
  expect(other.hash).not.toBe(digest);
});

test.each<[string, string[], object]>([
  ["nothing", [], { error: "this is no journal", line: 1 }],
  ["another file", ["hello"], { error: "this is no journal", line: 1 }],
  ["a later version", ['{"journal":9}'], { error: "a journal of version 9; this reads 1", line: 1 }],
  ["a header without its fields", ['{"journal":1}'], { error: "this is no journal", line: 1 }],
  [
    "a broken line",
    [journalHeader(start), '{"at":1', journalLine(2, { type: "time.passed" })],
    { error: "this line is no event", line: 2 },
  ],
  ["a line that is no event", [journalHeader(start), "{}", "{}"], { error: "this line is no event", line: 2 }],
  [
    "a torn end",
    [journalHeader(start), journalLine(2, { type: "time.passed" }), '{"at":3,"ev'],
    { torn: true, entries: [{ at: 2 }] },
  ],
])("reading %s", (_, lines, expected) => {
  expect(readJournal(lines)).toMatchObject(expected);
});

test("a file holds what was appended before append returns", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  try {
    const file = openJournal(join(folder, "deep"), start, { sync: "each" });
    append(file, 5, { type: "call.gone", call: "A" });
    const lines = readFileSync(file.path, "utf8").split("\n");
    expect(readJournal(lines)).toEqual({
      start,
      entries: [{ at: 5, event: { type: "call.gone", call: "A" } }],
      torn: false,
      unopened: 0,
    });
    expect(() => openJournal(join(folder, "deep"), start)).toThrow(/EEXIST/);
    file.close();
    file.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a long journal goes on in further files, each of which can be replayed alone and ends with a mark", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  try {
    const { lines } = live();
    const read = readJournal(lines);
    if ("error" in read) throw new Error(read.error);
    const journal = openJournal(folder, start, { sync: "never", fileBytes: 8_000 });
    const clock = { at: start.startedAt };
    const host = startHost({
      engine: createEngine({ program, now: start.startedAt, seed: start.seed }),
      calls: { perform: () => undefined },
      clock: { now: () => clock.at, wakeAt: () => undefined },
      journal,
    });
    for (const { at, event } of read.entries) {
      clock.at = at;
      host.deliver(event);
    }
    journal.close();
    const files = readdirSync(folder).toSorted();
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const part = readJournal(readFileSync(join(folder, file), "utf8").split("\n"));
      if ("error" in part) throw new Error(part.error);
      const { records, hash } = replay(program, part.start, part.entries);
      expect({ records: records.length, hash }).toEqual(part.mark);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a disk that takes no more is told once, and calls go on", () => {
  const folder = mkdtempSync(join(tmpdir(), "journal-"));
  try {
    const told: unknown[] = [];
    const file = openJournal(folder, start, { failed: (error) => told.push(error) });
    const fds = "/proc/self/fd";
    const fd = readdirSync(fds).find((each) => linkOf(join(fds, each)) === file.path);
    closeSync(Number(fd));
    append(file, 1, { type: "time.passed" });
    append(file, 2, { type: "time.passed" });
    expect(told).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

test("the order of keys does not matter to a trace, everything else does", () => {
  const digest = (...records: object[]): string => {
    const trace = createTrace();
    for (const record of records)
      trace.add(Object.assign({ type: "call.answered" as const, call: "A", at: 1, seq: 1 }, record));
    return trace.digest();
  };
  expect(digest({ call: "A", at: 1 })).toBe(digest({ at: 1, call: "A" }));
  expect(new Set([digest({}), digest({ call: "B" }), digest({ at: 2 }), digest({}, {}), digest()]).size).toBe(5);
});

function append(file: JournalFile, at: number, event: Event): void {
  file.append(at, event, event);
}
