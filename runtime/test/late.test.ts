import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const strategy = `
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome"
  queue Sales { ring for 20s at 0s group Sales give up after 1m while waiting { music "calm" for 10s } }
  voicemail to mailbox sales
}`;

/** A whole call, each phase with what it takes to get there. */
const phases: Record<string, [number, Event][]> = {
  "before the answer": [[1, { type: "call.arrived", call: "A", from: "1", to: "5000" }]],
  prompt: [[2, { type: "call.answered", call: "A" }]],
  ringing: [[3, { type: "treatment.ended", call: "A", task: 1, outcome: "done" }]],
  "picked up": [[4, { type: "offer.answered", call: "A", offer: "A/1" }]],
  talking: [[5, { type: "call.connected", call: "A", offer: "A/1" }]],
};
const names = Object.keys(phases);

function engineIn(phase: string) {
  const engine = createEngine({ program: loadProgram(programOf(strategy)), now: 0 });
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  for (const name of names.slice(0, names.indexOf(phase) + 1)) {
    for (const [at, event] of phases[name] ?? []) engine.accept(event, at);
  }
  return engine;
}

test.each(names)("hanging up, %s: one end, hangup last, the agent is free, nothing is left", (phase) => {
  const engine = engineIn(phase);
  const { commands, records } = engine.accept({ type: "call.gone", call: "A" }, 10);
  expect(records.filter(({ type }) => type === "call.ended")).toHaveLength(1);
  expect(records.at(-1)).toMatchObject({
    type: "call.ended",
    by: "caller",
    disposition: phase === "talking" ? "answered" : "abandoned",
  });
  expect(commands.at(-1)).toEqual({ type: "hangup", call: "A" });
  expect(commands.filter(({ type }) => type === "withdraw")).toHaveLength(phase === "ringing" ? 1 : 0);
  expect(engine.agent("ana")?.state).toBe("ready");
  expect(engine.calls()).toEqual([]);
  expect(engine.nextDeadline()).toBeUndefined();
});

const stray: Event[] = [
  { type: "call.answered", call: "A" },
  { type: "call.gone", call: "A" },
  { type: "treatment.ended", call: "A", task: 1, outcome: "done" },
  { type: "treatment.ended", call: "A", task: 99, outcome: "failed" },
  { type: "digit.pressed", call: "A", digit: "1" },
  { type: "offer.ringing", call: "A", offer: "A/1" },
  { type: "offer.failed", call: "A", offer: "A/1", outcome: "busy" },
  { type: "offer.failed", call: "A", offer: "A/7", outcome: "busy" },
  { type: "offer.failed", call: "A", offer: "__proto__", outcome: "busy" },
  { type: "call.connected", call: "A", offer: "A/1" },
  { type: "call.connected", call: "A", offer: "A/9" },
  { type: "connect.failed", call: "A", offer: "A/9" },
  { type: "party.gone", call: "A", offer: "A/9" },
  { type: "voicemail.ended", call: "A", task: 5, outcome: "left_message" },
  { type: "trunk.changed", trunk: "nowhere", up: false },
  { type: "agent.claimed", agent: "nobody", source: "desk", state: "offline" },
  { type: "agent.readied", agent: "__proto__", source: "desk" },
];

test.each(stray)("after the call, %j is nothing", (event) => {
  const engine = engineIn("talking");
  engine.accept({ type: "call.gone", call: "A" }, 10);
  expect(engine.accept(event, 11)).toEqual({ commands: [], records: [] });
});

test("an answer to an offer that is no more is taken back", () => {
  const engine = engineIn("ringing");
  const answered: Event = { type: "offer.answered", call: "A", offer: "A/1" };
  engine.accept({ type: "time.passed" }, 20_003);
  expect(engine.accept(answered, 20_004).commands).toEqual([
    { type: "withdraw", call: "A", offer: "A/1", reason: "lost_race" },
  ]);
  engine.accept({ type: "call.gone", call: "A" }, 20_005);
  expect(engine.accept(answered, 20_006).commands).toEqual([
    { type: "withdraw", call: "A", offer: "A/1", reason: "caller_gone" },
  ]);
});

test("of an answer and the end of the ring time at one instant, the time is first", () => {
  const engine = engineIn("ringing");
  const { records } = engine.accept({ type: "offer.answered", call: "A", offer: "A/1" }, 20_003);
  expect(records.find(({ type }) => type === "offer.ended")).toMatchObject({ outcome: "no_answer" });
});

test.each(names)("stray events in the middle, %s, harm nothing", (phase) => {
  const engine = engineIn(phase);
  for (const event of stray) {
    if (event.type === "call.gone") continue;
    if ("offer" in event && event.offer === "A/1") continue;
    if ("task" in event && event.task === 1) continue;
    if (event.type === "call.answered" && phase === "before the answer") continue;
    expect(engine.accept(event, 10), JSON.stringify(event)).toEqual({ commands: [], records: [] });
  }
});

test("the same events twice are one call", () => {
  const engine = engineIn("before the answer");
  for (const name of names)
    for (const [at, event] of phases[name] ?? []) for (const _ of [1, 2]) engine.accept(event, at + 10);
  const call = engine.call("A");
  expect([call?.wait, engine.calls().length]).toEqual([{ for: "talk", offer: "A/1" }, 1]);
});
