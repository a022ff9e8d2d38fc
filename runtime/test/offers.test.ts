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

/** Rings ana at 0 s, and ben where the strategy rings all; what the event at 2 s (or the time, without) makes of her and of the call. */
function ring(program: Program, event: Event | undefined) {
  const engine = createEngine({ program, now: 0 });
  for (const agent of ["ana", "ben"]) engine.accept({ type: "agent.readied", agent, source: "desk" }, 0);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 0);
  engine.accept({ type: "call.answered", call: "A" }, 0);
  const at = event ? 2000 : 20_000;
  const { records, commands } = engine.accept(event ?? { type: "time.passed" }, at);
  const ended = records.find((record) => record.type === "offer.ended" && record.agent === "ana");
  const { state = "", reasons = [], idleSince } = engine.agent("ana") ?? {};
  const rests = engine.call("A")?.failures["ana"] !== undefined;
  let back: number | undefined;
  for (let due = engine.nextDeadline(); due !== undefined && back === undefined; due = engine.nextDeadline()) {
    engine.accept({ type: "time.passed" }, due);
    if (engine.agent("ana")?.state !== state) back = due - at;
  }
  return {
    outcome: ended?.type === "offer.ended" ? ended.outcome : undefined,
    after: [state, ...reasons].join(" "),
    back,
    withdrawn: commands.some((each) => each.type === "withdraw" && each.offer === "A/1"),
    rests,
    keepsTurn: idleSince === 0,
  };
}

const gone: Event = { type: "call.gone", call: "A" };
const picksUp = (offer: string): Event => ({ type: "offer.answered", call: "A", offer });
const everybody = rung("").replace("agent ana", "all of group Sales");
const keyed = rung('at "+34600000001" confirmed by "1" prompt "take"');
const askedFirst: Event = { type: "offer.confirmed", call: "A", offer: "A/1", confirmed: false };

/** What is left of an offer: what she is then and for how long, whether her phone must be stopped, whether the two rest, whether she keeps her turn. */
type Left = { after: string; back?: number; withdrawn?: true; rests?: true; keepsTurn?: true };

/** Features 2.5. */
test.each<[string, string, Event | undefined, string, Left]>([
  ["she picks up", team, picksUp("A/1"), "answered", { after: "talking", keepsTurn: true }],
  ["nobody picks up", team, undefined, "no_answer", { after: "not_ready no_answer", withdrawn: true, rests: true }],
  ["she declines", team, away("rejected"), "rejected", { after: "not_ready rejected", back: 10_000, rests: true }],
  ["her phone is busy", team, away("busy"), "busy", { after: "not_ready busy", back: 60_000, rests: true }],
  [
    "her phone is gone",
    team,
    away("unreachable"),
    "unreachable",
    { after: "not_ready unreachable", back: 5000, rests: true },
  ],
  ["another is quicker", everybody, picksUp("A/2"), "lost_race", { after: "ready", withdrawn: true, keepsTurn: true }],
  ["the caller leaves", team, gone, "caller_gone", { after: "ready", withdrawn: true, keepsTurn: true }],
  [
    "the strategy says how",
    rung('no_answer makes not_ready("door")'),
    undefined,
    "no_answer",
    { after: "not_ready door", withdrawn: true, rests: true },
  ],
  [
    "that she stays ready",
    rung("no_answer makes ready"),
    undefined,
    "no_answer",
    { after: "ready", withdrawn: true, rests: true },
  ],
  [
    "that she goes",
    rung("no_answer makes offline"),
    undefined,
    "no_answer",
    { after: "offline no_answer", withdrawn: true, rests: true },
  ],
])("%s", (_, strategy, event, outcome, { after, back, ...left }) => {
  const found = ring(loadProgram(programOf(strategy)), event);
  const none = { withdrawn: false, rests: false, keepsTurn: false };
  expect(found).toEqual({ ...none, outcome, after, back, ...left });
});

test("whoever picks up and presses no key has lost no more than her turn", () => {
  const engine = createEngine({ program: loadProgram(programOf(keyed)), now: 0 });
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 0);
  engine.accept(picksUp("A/1"), 1000);
  const { records } = engine.accept(askedFirst, 2000);
  expect(records).toContainEqual(expect.objectContaining({ type: "offer.ended", outcome: "not_confirmed" }));
  expect(engine.agent("ana")).toMatchObject({ state: "ready", idleSince: 2000 });
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
