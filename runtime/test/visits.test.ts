import { expect, test } from "vitest";
import { createEngine, restoreEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { runTests } from "../simulation/test.ts";
import { checkedEngine } from "./invariants.ts";
import { house, programOf } from "./programs.ts";

/* Who calls where messages are heard (`access` of a mailbox of ours): a call like others, which no strategy has anything to do with. */

const directory = house.replace(
  "mailboxes:",
  `mailboxes:
  own: { owner: agent ana, access: "*97" }
  locked: { owner: agent rita, access: "*97", pin: { env: PIN } }`,
);
const text = `strategy "s" { entry "5000"  default route to group Reception  answer  hangup }`;

function begin() {
  const checked = programOf(text, directory);
  const program = loadProgram(checked);
  const { engine, violations } = checkedEngine(createEngine({ program, now: 0 }), checked, false);
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  return { engine, violations, program };
}

const calls = { type: "call.arrived", call: "A", from: "6101", to: "*97", phone: "ana" } satisfies Event;
const told = (records: EventRecord[]) => records.map(({ at: _at, seq: _seq, ...body }) => body);

test("he is let in, and what becomes of it is told; his phone is in use meanwhile", () => {
  const { engine, violations } = begin();
  const arrived = engine.accept(calls, 10);
  expect(arrived.commands).toEqual([{ type: "visit", call: "A", mailboxes: ["own", "locked"] }]);
  expect(told(arrived.records)).toMatchObject([
    { type: "call.arrived", call: "A", from: "6101", to: "*97", service: "mailbox" },
    { type: "agent.state", agent: "ana", state: "not_ready", reasons: ["on-the-phone"] },
  ]);
  expect(engine.calls()).toHaveLength(1);
  const happens: [Event, object[]][] = [
    [{ type: "call.answered", call: "A" }, [{ type: "call.answered", call: "A" }]],
    [{ type: "visit.refused", call: "A", reason: "wrong" }, [{ type: "mailbox.refused", call: "A", reason: "wrong" }]],
    [
      { type: "visit.opened", call: "A", mailbox: "locked", by: "pin" },
      [{ type: "mailbox.opened", call: "A", mailbox: "locked", by: "pin" }],
    ],
  ];
  for (const [event, records] of happens) {
    const done = engine.accept(event, 20);
    expect([told(done.records), done.commands]).toEqual([records, []]);
  }
  const over = engine.accept({ type: "visit.ended", call: "A" }, 30);
  expect(over.commands).toEqual([{ type: "hangup", call: "A" }]);
  expect(told(over.records)).toMatchObject([
    { type: "agent.state", agent: "ana", state: "ready" },
    { type: "call.ended", call: "A", by: "system", disposition: "hung_up" },
  ]);
  expect([engine.calls(), violations]).toEqual([[], []]);
});

test.each<[string, Event, object]>([
  ["hangs up", { type: "call.gone", call: "A" }, { by: "caller", disposition: "hung_up" }],
  ["is not let in", { type: "visit.ended", call: "A", sip: 403 }, { by: "system", disposition: "rejected", sip: 403 }],
  [
    "cannot be understood",
    { type: "call.gone", call: "A", sip: 488 },
    { by: "system", disposition: "failed", sip: 488 },
  ],
])("who %s is gone, told once", (_what, event, end) => {
  const { engine, violations } = begin();
  engine.accept({ ...calls, phone: undefined }, 10);
  expect(told(engine.accept(event, 20).records)).toMatchObject([{ type: "call.ended", call: "A", ...end }]);
  expect(engine.accept({ type: "visit.ended", call: "A" }, 30)).toEqual({ commands: [], records: [] });
  expect(violations).toEqual([]);
});

test("a run that has died has nobody at his mailbox: he is let go when he is found", () => {
  const { engine, program } = begin();
  engine.accept(calls, 10);
  engine.accept({ type: "call.answered", call: "A" }, 10);
  const again = restoreEngine(structuredClone(engine.snapshot()), { library: new Map([[program.hash, program]]) });
  again.accept({ type: "run.restarted" }, 10);
  const back = again.accept({ type: "call.returned", call: "A" }, 20);
  expect(back.commands).toEqual([{ type: "hangup", call: "A" }]);
});

test("a mistake of ours in such a call ends it: nobody else is to serve him", () => {
  const { engine } = begin();
  engine.accept(calls, 10);
  engine.accept({ type: "call.answered", call: "A" }, 10);
  expect(engine.abandon(20).commands).toEqual([{ type: "hangup", call: "A" }]);
});

test("in a test nobody keeps messages: he is answered, and done", () => {
  const visit = `${text}
    test "t" for "s" { call A from "6101" to "*97" at 0s  call B from "1" to "5000" at 1s
      expect A ends hung_up }`;
  expect(runTests(programOf(visit, directory))).toEqual([expect.objectContaining({ failures: [] })]);
});
