import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { startHost } from "../host.ts";
import { type JournalStart, readJournal, replay } from "../journal.ts";
import { createSealing, openJournal } from "../node/index.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { zonesFor } from "../zone-data.ts";
import { programOf } from "./programs.ts";

/*
 * A number that nobody may read: not in records, views and texts, and in the journal only with the key.
 */

const program = loadProgram(
  programOf(`strategy "s" {
    entry "5000"
    default route to group Reception
    secret call.data.card
    secret call.data.deep.pin
    answer
    let first = collect 2 digits prompt "free" else "none"
    set call.data.card = collect 6 digits prompt "card" within 9s else "none"
    let card = call.data.card
    fetch POST crm "/x" with { card } within 1s { on ok(v) { set call.data.card = v.number  note "now {v.number}" } }
    wait 1s
    if call.data.card == "98765" { hangup }
    play "bye"
    hangup
  }`),
);
const zones = zonesFor(program.zones, 0);
const start: JournalStart = { program: program.hash, startedAt: 0, seed: 1, zones };

function live(seal?: ReturnType<typeof createSealing>, elsewhere = false) {
  const folder = mkdtempSync(join(tmpdir(), "secrets-"));
  const journal = openJournal(folder, start, { seal: seal?.seal, sync: "never" });
  const engine = createEngine({ program, now: 0, seed: 1, zones });
  const records: EventRecord[] = [];
  const views: string[] = [];
  let at = 0;
  const host = startHost({
    engine,
    calls: { perform: () => undefined },
    http: { perform: () => undefined },
    clock: { now: () => at, wakeAt: () => undefined },
    journal,
    watch: (record) => records.push(record),
  });
  const tell = (event: Event) => {
    at += 10;
    host.deliver(event);
    views.push(JSON.stringify(engine.calls()));
  };
  const data = { name: "Ada", deep: { is: "record" as const, fields: { pin: "777123", other: "seen" } } };
  tell({ type: "call.arrived", call: "A", from: "+34", to: "5000", data });
  tell({ type: "call.answered", call: "A" });
  for (const digit of elsewhere ? "42" : "42135792") tell({ type: "digit.pressed", call: "A", digit });
  if (elsewhere) tell({ type: "keys.collected", call: "A", task: 3, keys: "135792" });
  const task = 5;
  tell({ type: "request.ended", call: "A", task, code: 200, body: { number: "98765" } });
  at += 2000;
  tell({ type: "time.passed" });
  journal.close();
  const text = readFileSync(journal.path, "utf8");
  rmSync(folder, { recursive: true });
  return { records, views, text };
}

const secrets = /135792|777123|98765/;

test("no record, view or journal shows a secret", () => {
  const { records, views, text } = live();
  expect(records.map(({ type }) => type)).toContain("call.ended");
  expect(JSON.stringify(records)).not.toMatch(secrets);
  expect(views.join()).not.toMatch(secrets);
  expect(text).not.toMatch(secrets);
  expect(text.match(/"digit":"."/g)).toEqual(['"digit":"4"', '"digit":"2"', ...Array(6).fill('"digit":"•"')]);
  expect(JSON.stringify(records)).toMatch(/now •••/);
  expect(text).toContain("seen");
  expect(readJournal(text.split("\n"))).toMatchObject({ unopened: 8, torn: false });
});

test("nor does it where a media server collects it", () => {
  const { records, views, text } = live(undefined, true);
  expect(records).toContainEqual(expect.objectContaining({ type: "digits.collected", digits: "••••••" }));
  expect([JSON.stringify(records), views.join(), text].join()).not.toMatch(secrets);
  expect(text).toContain('"keys":"••••••"');
});

test("with the key the journal tells everything, with another nothing more", () => {
  const sealing = createSealing("a key");
  const { records, text } = live(sealing);
  expect(text).not.toMatch(secrets);
  const read = readJournal(text.split("\n"), sealing.open);
  expect(read).toMatchObject({ unopened: 0 });
  if ("error" in read) return;
  const again = replay(program, read.start, read.entries);
  expect(again.records).toEqual(records);
  expect(readJournal(text.split("\n"), createSealing("another").open)).toMatchObject({ unopened: 8 });
  const altered = text.replace(/("sealed":"....)./, "$1#");
  expect(readJournal(altered.split("\n"), sealing.open)).toMatchObject({ unopened: 1 });
});

test("what a bot and a phone say is hidden where it holds a secret, in the next strategy too (rows 0.21, 0.25)", () => {
  const engine = createEngine({
    now: 0,
    program: loadProgram(
      programOf(`strategy "s" { entry "5000"  default route to group Reception  secret call.data.card
        set call.data.card = "4111222233334444"
        answer
        ask bot helper { give up after 1m  on transfer(t) { transfer to "5200" } }
      }
      strategy "t" { entry "5200"  default route to group Reception  note "card {call.data.card}"  ring agent ana for 20s }`),
    ),
  });
  const transfer = { target: "5200", reason: "card 4111222233334444", transcript: "my card is 4111222233334444" };
  const events: Event[] = [
    { type: "agent.readied", agent: "ana", source: "desk" },
    { type: "call.arrived", call: "A", from: "+34", to: "5000" },
    { type: "call.answered", call: "A" },
    { type: "bot.ended", call: "A", task: 1, outcome: "transfer", transfer },
    { type: "offer.answered", call: "A", offer: "A/1" },
    { type: "call.connected", call: "A", offer: "A/1" },
  ];
  const records = events.flatMap((event) => engine.accept(event, 1).records);
  expect(engine.shown({ type: "bot.ended", call: "A", task: 1, outcome: "transfer", transfer })).toEqual({
    ...events[3],
    transfer: { target: "5200" },
  });
  const asked = { type: "transfer.asked", call: "A", by: "phone", to: "6102" } as const;
  expect(engine.shown({ ...asked, uui: "00", headers: {} })).toEqual(asked);
  const seen = JSON.stringify([records, engine.calls()]);
  expect(seen).not.toContain("4111222233334444");
  expect(records.map((record) => (record.type === "call.noted" ? record.text : ""))).toContain("card •••");
  expect(records.find(({ type }) => type === "bot.ended")).toMatchObject({
    reason: "card •••",
    transcript: "my card is •••",
  });
  expect(engine.call("A")?.fromBot).toEqual({ bot: "helper", reason: "card •••", transcript: "my card is •••" });
});
