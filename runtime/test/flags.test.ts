import { expect, test } from "vitest";
import { createEngine, restoreEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { runTests } from "../simulation/test.ts";
import { checkedEngine } from "./invariants.ts";
import { house, programOf } from "./programs.ts";

/* A switch is turned over by dialling its number (`dial` of a flag), by whoever may, from the phone that he is logged in at. */

const directory = house
  .replace("storm: { default: no }", `storm: { who: [supervisor, group Sales], dial: "*28" }`)
  .replace(`rita: { extension: "6001"`, `rita: { supervisor: yes, extension: "6001"`);
const text = `strategy "s" { entry "5000"  default route to group Reception  answer  hangup }`;

function begin() {
  const checked = programOf(text, directory);
  const program = loadProgram(checked);
  const { engine, violations } = checkedEngine(createEngine({ program, now: 0 }), checked, false);
  for (const agent of ["ana", "rita"]) engine.accept({ type: "agent.readied", agent, source: "desk" }, 0);
  return { engine, violations, program };
}

const dials = (from: string, phone?: string, call = "A") =>
  ({ type: "call.arrived", call, from, to: "*28", phone }) satisfies Event;

test.each([
  ["a member of a group that may", "6101", "ana"],
  ["a supervisor", "6001", "rita"],
])("%s turns it over, hears how it stands, and is done", (_, from, agent) => {
  const { engine, violations } = begin();
  for (const [call, on] of [
    ["A", true],
    ["B", false],
  ] as const) {
    const arrived = engine.accept(dials(from, agent, call), 10);
    expect(arrived.records).toContainEqual(expect.objectContaining({ type: "flag.set", flag: "storm", on, by: agent }));
    expect(arrived.commands).toEqual([{ type: "answer", call, ringback: false }]);
    const said = engine.accept({ type: "call.answered", call }, 10);
    expect(said.commands).toEqual([expect.objectContaining({ type: "say", values: [on] })]);
    const over = engine.accept({ type: "treatment.ended", call, task: 1, outcome: "done" }, 10);
    expect(over.commands).toEqual([{ type: "hangup", call }]);
    expect(engine.flags()).toEqual({ storm: on });
  }
  expect(violations).toEqual([]);
});

test.each<[string, Event]>([
  ["who is not logged in", dials("6102", "ben")],
  ["a phone that is nobody's", dials("6101")],
  ["a caller from a trunk", { ...dials("6101"), trunk: "pstn" }],
])("%s is refused, and nothing is turned", (_, event) => {
  const { engine } = begin();
  const { commands } = engine.accept(event, 10);
  expect(commands[0]).toEqual({ type: "reject", call: "A", code: 403 });
  expect(engine.flags()).toEqual({ storm: false });
});

test("a run that is taken up again in the middle says it to the end", () => {
  const { engine, program } = begin();
  engine.accept(dials("6101", "ana"), 10);
  const again = restoreEngine(structuredClone(engine.snapshot()), { library: new Map([[program.hash, program]]) });
  const { commands } = again.accept({ type: "call.answered", call: "A" }, 20);
  expect(commands).toEqual([expect.objectContaining({ type: "say", values: [true] })]);
});

test("in a test, a call from an agent's extension is one from his phone", () => {
  const storm = `strategy "s" { entry "5000"  default route to group Reception
    answer  if flag storm { play "storm" } else { play "calm" }  hangup }
    test "t" for "s" { agent ana ready  call A from "6101" to "*28" at 0s  call B from "1" to "5000" at 10s
      expect B hears "storm" }`;
  expect(runTests(programOf(storm, directory))).toEqual([expect.objectContaining({ failures: [] })]);
});
