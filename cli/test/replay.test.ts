import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { load } from "../load.ts";
import { createEngine, type Event, loadProgram, startHost, zonesFor } from "../../runtime/index.ts";
import { keepProgram, openJournal } from "../../runtime/node/index.ts";
import { cordboard, root } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "cordboard-replay-"));
const example = join(root, "examples/first-call");
const startedAt = Date.UTC(2026, 10, 23, 9);
let journal = "";

const happenings: [seconds: number, event: Event][] = [
  [0, { type: "agent.claimed", agent: "luc", source: "registration" }],
  [1, { type: "call.arrived", call: "A", from: "+34600000001", to: "5000" }],
  [1, { type: "call.answered", call: "A" }],
  [5, { type: "treatment.ended", call: "A", task: 1, outcome: "done" }],
  [12, { type: "call.arrived", call: "B", from: "+34600000002", to: "5000" }],
  ...["late-one", "late-two"].flatMap((call): [number, Event][] => [
    [40, { type: "call.arrived", call, from: "+34600000003", to: "5000" }],
    [40, { type: "call.gone", call }],
  ]),
  [40, { type: "call.gone", call: "A" }],
  [41, { type: "call.gone", call: "B" }],
];

/** As `run` writes it. */
beforeAll(() => {
  const { program, sources } = load([example], []);
  if (!program) throw new Error("the example does not check");
  const loaded = loadProgram(program);
  const begin = { startedAt, seed: 7, zones: zonesFor(loaded.zones, startedAt) };
  keepProgram(
    folder,
    program,
    sources.filter(({ path }) => path.endsWith(".strategy")),
  );
  const file = openJournal(folder, { program: program.hash, ...begin });
  const clock = { at: startedAt };
  const engine = createEngine({ program: loaded, now: startedAt, seed: 7, zones: begin.zones });
  const host = startHost({
    engine,
    calls: { perform: () => undefined },
    clock: { now: () => clock.at, wakeAt: () => undefined },
    journal: file,
  });
  for (const [seconds, event] of happenings) {
    for (
      let due = engine.nextDeadline();
      due !== undefined && due <= startedAt + seconds * 1000;
      due = engine.nextDeadline()
    ) {
      clock.at = due;
      host.deliver({ type: "time.passed" });
    }
    clock.at = startedAt + seconds * 1000;
    host.deliver(event);
  }
  file.close();
  journal = file.path;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("replay", { timeout: 60_000 }, () => {
  it("finds the same trace as when it was written", async () => {
    const { code, stdout } = await cordboard(["replay", journal]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^identical: \d+ records, trace [0-9a-f]{16}\n/)]);
  });

  it("takes the folder that `run` was given, and reads the latest journal in it", async () => {
    const { code, stdout } = await cordboard(["replay", folder]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^identical: /)]);
    const empty = mkdtempSync(join(tmpdir(), "cordboard-replay-"));
    expect((await cordboard(["replay", empty])).stderr).toMatch(/there is no \.journal file in/);
    rmSync(empty, { recursive: true });
  });

  it("finds an event that was altered since", async () => {
    const altered = join(folder, "altered.journal");
    writeFileSync(altered, readFileSync(journal, "utf8").replace("+34600000001", "+34600000009"));
    const { code, stdout } = await cordboard(["replay", altered]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^differs: /)]);
  });

  it("shows where another strategy goes another way", async () => {
    const other = join(folder, "other.strategy");
    const text = readFileSync(join(example, "first-call.strategy"), "utf8").replace(/at 20s[^\n]*\n/, "");
    writeFileSync(other, text.split(/^test /m)[0] ?? "");
    const args = ["replay", journal, "--directory", join(example, "directory.yaml"), "--strategy"];
    const { code, stdout } = await cordboard([...args, other]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^the first difference is record \d+\n- .*"ewt":20000\}\n\+ .*"call\.queued"/);
    expect((await cordboard([...args, join(example, "first-call.strategy")])).code).toBe(0);
  });

  it("tells programs too that a part was not compared", async () => {
    const args = ["replay", journal, "--until", "09:00:30", "--format", "json"];
    const { code, stdout } = await cordboard(args);
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ identical: null })]);
  });

  it("says what it cannot read", async () => {
    const alone = mkdtempSync(join(tmpdir(), "cordboard-replay-"));
    const copy = join(alone, "a.journal");
    writeFileSync(copy, readFileSync(journal));
    const wrong: [string[], RegExp][] = [
      [["replay", copy], /is not kept beside it, in programs\//],
      [["replay", join(alone, "b.journal")], /cannot read/],
      [["replay", join(example, "directory.yaml")], /this is no journal/],
      [["replay", journal, "--until", "noon"], /`noon` is no time/],
      [["why", journal, "C"], /no call C in this journal; there are A, B/],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await cordboard(args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
    rmSync(alone, { recursive: true });
  });
});

describe("why", { timeout: 60_000 }, () => {
  it("tells why a call waited at a time, agent by agent", async () => {
    const { code, stdout } = await cordboard(["why", journal, "A", "--at", "09:00:30"]);
    expect(code).toBe(0);
    // It entered at 09:00:05, and nothing has happened since 09:00:25.
    expect(stdout).toMatch(/^A waits in queue Helpdesk for 25 s, place 1/);
    for (const id of Object.keys(load([example], []).program?.directory.agents ?? {}))
      expect(stdout).toContain(`  ${id}: `);
  });

  it("tells the way of a call that no longer waits", async () => {
    const { stdout } = await cordboard(["why", journal, "A"]);
    expect(stdout).toMatch(/^09:00:01\.000  "\+34600000001" calls "5000"/);
    expect(stdout.trim().split("\n").at(-1)).toBe("09:00:40.000  ended by the caller: abandoned");
  });

  it("takes the beginning of a call's id where only one begins so", async () => {
    const { code, stdout } = await cordboard(["why", journal, "late-t"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"+34600000003" calls "5000"')]);
    const { call, way } = JSON.parse((await cordboard(["why", journal, "late-o", "--format", "json"])).stdout) as {
      call: string;
      way: object[];
    };
    expect([call, way.length]).toEqual(["late-one", stdout.trim().split("\n").length]);
    expect(await cordboard(["why", journal, "late"])).toMatchObject({
      code: 2,
      stderr: "cordboard: 2 calls begin with late; there are late-one, late-two\n",
    });
  });
});

it("a folder of journals holds its programs once", () => {
  expect(readdirSync(join(folder, "programs"))).toHaveLength(1);
});

describe("report", { timeout: 60_000 }, () => {
  it("tells what agents have done in a journal, as text, as data and as a table (row 3.15)", async () => {
    const human = await cordboard(["report", journal]);
    expect([human.code, human.stderr]).toEqual([0, ""]);
    expect(human.stdout).toMatch(/^agent +offered +answered +no answer +declined +talk/);
    const { agents } = JSON.parse((await cordboard(["report", journal, "--format", "json"])).stdout) as {
      agents: { agent: string; offered: number; noAnswer: number; states: { ms: number }[] }[];
    };
    const luc = agents.find(({ agent }) => agent === "luc");
    expect(luc).toMatchObject({ offered: 1, noAnswer: 1 });
    expect(luc?.states.reduce((sum, { ms }) => sum + ms, 0)).toBe(41_000);
    const csv = await cordboard(["report", journal, "--format", "csv", "--from", "2026-11-23T10:00"]);
    expect(csv.stdout.split("\r\n").map((row) => row.split(",")[0])).toEqual([
      "agent",
      ...agents.map(({ agent }) => agent),
      "",
    ]);
  });

  it("says which time it cannot read", async () => {
    const { code, stderr } = await cordboard(["report", journal, "--from", "noon"]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/`from` is no time: write 2026-11-30/)]);
  });
});
