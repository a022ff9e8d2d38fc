import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Program } from "../strategy/program.ts";
import { programOf } from "./programs.ts";

const agents = ["ana", "ben", "cleo"];
const alone = `strategy "s" { entry "5000" default route to group Reception answer queue Q { ring for 20s at 0s agent ana give up never } }`;
const team = alone.replace("agent ana", "group Sales");
const rung = (makes: string): string =>
  `strategy "s" { entry "5000" default route to group Reception ring agent ana for 20s { ${makes} } answer wait 1h hangup }`;

const away = (outcome: "rejected" | "busy" | "unreachable"): Event => ({
  type: "offer.failed",
  call: "A",
  offer: "A/1",
  outcome,
});

/** Rings ana at 0 s; what the event at 2 s (or the time, without) makes of her and of the call. */
function ring(program: Program, event: Event | undefined) {
  const engine = createEngine({ program, now: 0 });
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 0);
  engine.accept({ type: "call.answered", call: "A" }, 0);
  const at = event ? 2000 : 20_000;
  const { records, commands } = engine.accept(event ?? { type: "time.passed" }, at);
  const state = (): string => {
    const ana = engine.agent("ana");
    return [ana?.state, ...(ana?.reasons ?? [])].join(" ");
  };
  const ended = records.find((record) => record.type === "offer.ended");
  const after = state();
  let back: number | undefined;
  for (let due = engine.nextDeadline(); due !== undefined && back === undefined; due = engine.nextDeadline()) {
    engine.accept({ type: "time.passed" }, due);
    if (engine.agent("ana")?.state !== after.split(" ")[0]) back = due - at;
  }
  const withdrawn = commands.find(({ type }) => type === "withdraw");
  return {
    outcome: ended?.type === "offer.ended" ? ended.outcome : undefined,
    after,
    back,
    withdrawn: withdrawn !== undefined,
  };
}

const gone: Event = { type: "call.gone", call: "A" };

test.each<[string, string, Event | undefined, string, string, number | undefined, boolean]>([
  ["nobody picks up", team, undefined, "no_answer", "not_ready no_answer", undefined, true],
  ["he declines", team, away("rejected"), "rejected", "not_ready rejected", 10_000, false],
  ["his phone is busy", team, away("busy"), "busy", "not_ready busy", 60_000, false],
  ["his phone is gone", team, away("unreachable"), "unreachable", "not_ready unreachable", 5000, false],
  ["the caller leaves", team, gone, "caller_gone", "ready", undefined, true],
  [
    "the strategy says how",
    rung('no_answer makes not_ready("door")'),
    undefined,
    "no_answer",
    "not_ready door",
    undefined,
    true,
  ],
  ["that he stays ready", rung("no_answer makes ready"), undefined, "no_answer", "ready", undefined, true],
  ["that he goes", rung("no_answer makes offline"), undefined, "no_answer", "offline no_answer", undefined, true],
])("%s", (_, strategy, event, outcome, after, back, withdrawn) => {
  expect(ring(loadProgram(programOf(strategy)), event)).toEqual({ outcome, after, back, withdrawn });
});

test.each([
  ["ready", "ready"],
  ["not_ready", "not_ready no_answer"],
  ["logout", "offline no_answer"],
] as const)("the directory's after_no_answer %s", (afterNoAnswer, after) => {
  const checked = programOf(team);
  const { directory } = checked;
  const changed = { ...checked, directory: { ...directory, defaults: { ...directory.defaults, afterNoAnswer } } };
  expect(ring(loadProgram(changed), undefined).after).toBe(after);
});

test("an agent in no lease of a call is not touched by its end", () => {
  const engine = createEngine({ program: loadProgram(programOf(team)), now: 0 });
  for (const agent of agents) engine.accept({ type: "agent.readied", agent, source: "desk" }, 0);
  for (const call of ["A", "B"]) {
    engine.accept({ type: "call.arrived", call, from: "1", to: "5000" }, 1);
    engine.accept({ type: "call.answered", call }, 1);
  }
  engine.accept(gone, 2);
  expect(agents.map((agent) => engine.agent(agent)?.state)).toEqual(["ready", "ringing", "ready"]);
});

test("who was rung in vain for a caller who left has not lost his turn", () => {
  const engine = createEngine({ program: loadProgram(programOf(team)), now: 0 });
  engine.accept({ type: "agent.readied", agent: "ben", source: "desk" }, 0);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 1);
  engine.accept({ type: "call.answered", call: "A" }, 1);
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 2);
  engine.accept(gone, 3);
  engine.accept({ type: "call.arrived", call: "B", from: "1", to: "5000" }, 4);
  const { commands } = engine.accept({ type: "call.answered", call: "B" }, 4);
  expect(commands.find(({ type }) => type === "offer")).toMatchObject({ party: { agent: "ben" } });
});
