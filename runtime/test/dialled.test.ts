import { expect, test } from "vitest";
import { createEngine, restoreEngine } from "../engine.ts";
import type { Event, Millis } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { checkedEngine } from "./invariants.ts";
import { house, programOf, roomyHouse } from "./programs.ts";

/* Calls that agents ask for at their desks; `stories/dialled.story` has their ways. */

const text = `strategy "s" { entry "5000"  default route to group Reception
  answer  queue Q { ring for 20s  at 0s agent ana  give up never } }`;

function begin(directory = house) {
  const checked = programOf(text, directory);
  const program = loadProgram(checked);
  let { engine, violations } = checkedEngine(createEngine({ program, now: 0 }), checked, false);
  const records: { type: string }[] = [];
  const tell = (at: Millis, ...events: Event[]): void => {
    for (let due = engine.nextDeadline(); due !== undefined && due < at; due = engine.nextDeadline())
      records.push(...engine.accept({ type: "time.passed" }, due).records);
    for (const event of events) records.push(...engine.accept(event, at).records);
  };
  for (const agent of ["ana", "ben"]) tell(0, { type: "agent.readied", agent, source: "desk" });
  const restored = (): void => {
    const snapshot = structuredClone(engine.snapshot());
    engine = restoreEngine(snapshot, { library: new Map([[program.hash, program]]) });
  };
  const of = (id: string) => engine.agent(id);
  return { tell, records, of, violations, restored, call: (id: string) => engine.call(id) };
}

const dials = (to: string, agent = "ana"): Event => ({ type: "call.dialled", call: "D", agent, to });
const picksUp: Event = { type: "call.answered", call: "D" };
const reached: Event[] = [
  { type: "offer.answered", call: "D", offer: "D/2" },
  { type: "call.connected", call: "D", offer: "D/2" },
];

test("a colleague who lets it ring: the directory's `no_answer.then` says what follows", () => {
  const { tell, records, violations } = begin(
    house.replace("wrap_up: 0s", "wrap_up: 0s, no_answer: { then: [mailbox sales] }"),
  );
  tell(1000, dials("6102"), picksUp);
  tell(40_000);
  const told = records.flatMap((each) => (each.type.startsWith("agent") ? [] : [each.type]));
  expect(told).toEqual(expect.arrayContaining(["call.overflowed", "voicemail.started"]));
  expect(told).not.toContain("dial.failed");
  tell(50_000, { type: "voicemail.ended", call: "D", task: 2, outcome: "left_message" });
  expect(records).toContainEqual(expect.objectContaining({ type: "call.ended", disposition: "left_message" }));
  expect(violations).toEqual([]);
});

test("both have work after the call, and a desk can end it without another word", () => {
  const { tell, of, violations } = begin(house.replace("wrap_up: 0s", "wrap_up: 7s"));
  tell(1000, { type: "agent.claimed", agent: "ana", source: "desk", state: "not_ready", reason: "mail" });
  tell(1000, dials("6102"), picksUp, ...reached);
  expect([of("ana")?.state, of("ben")?.state, of("ana")?.calls]).toEqual(["talking", "talking", 1]);
  tell(9000, { type: "party.gone", call: "D", offer: "D/2" });
  expect([of("ana")?.work.length, of("ben")?.state]).toEqual([1, "wrap_up"]);
  tell(10_000, ...(["ana", "ben"] as const).map((agent): Event => ({ type: "agent.wrapped_up", agent })));
  expect([of("ana")?.state, of("ana")?.reasons, of("ben")?.state]).toEqual(["not_ready", ["mail"], "ready"]);
  expect(violations).toEqual([]);
});

test.each([
  ["one line", house, "busy"],
  ["a second line", roomyHouse, undefined],
])("who talks dials only where he has %s", (_, directory, outcome) => {
  const { tell, records, violations, of } = begin(directory);
  tell(10, { type: "call.arrived", call: "A", from: "1", to: "5000" }, { type: "call.answered", call: "A" });
  tell(20, { type: "offer.answered", call: "A", offer: "A/1" }, { type: "call.connected", call: "A", offer: "A/1" });
  tell(30, dials("6102"));
  const failed = records.find(({ type }) => type === "dial.failed");
  expect(failed).toEqual(outcome && expect.objectContaining({ outcome, by: "agent" }));
  expect(of("ana")?.work.length).toBe(outcome ? 1 : 2);
  expect(violations).toEqual([]);
});

test("for a number that the directory closes his own phone does not ring", () => {
  const barred = house.replace("outbound: [pstn]", 'outbound: { "+34803*": [], "+34*": [pstn] }');
  const { tell, records, of, violations } = begin(barred);
  tell(10, dials("+34 803 123 456"));
  expect(records).toContainEqual(
    expect.objectContaining({ type: "dial.failed", agent: "ana", outcome: "unreachable" }),
  );
  expect([of("ana")?.state, of("ana")?.work]).toEqual(["ready", []]);
  tell(20, dials("+34600123456"));
  expect(of("ana")?.state).toBe("ringing");
  expect(violations).toEqual([]);
});

test("whose phone is away is not called, and a call of this name is not made twice", () => {
  const { tell, records, violations } = begin();
  tell(1, dials("6102", "cleo"), dials("6102"), dials("6103"));
  expect(records.filter(({ type }) => type === "call.dialled")).toHaveLength(2);
  expect(records).toContainEqual(
    expect.objectContaining({ type: "dial.failed", agent: "cleo", outcome: "unreachable" }),
  );
  expect(violations).toEqual([]);
});

test("the call goes on from a snapshot at each of its steps", () => {
  const events: Event[] = [dials("6102"), picksUp, ...reached, { type: "call.gone", call: "D" }];
  const whole = begin();
  events.forEach((event, nth) => whole.tell(1000 + nth, event));
  for (let at = 0; at < events.length; at++) {
    const told = begin();
    events.forEach((event, nth) => {
      if (nth === at) told.restored();
      told.tell(1000 + nth, event);
    });
    expect(told.records).toEqual(whole.records);
  }
  expect(whole.call("D")).toBeUndefined();
});
