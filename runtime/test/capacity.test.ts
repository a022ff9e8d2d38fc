import { expect, test } from "vitest";
import { claimedState } from "../agent.ts";
import { createEngine } from "../engine.ts";
import type { Event, Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Program } from "../strategy/program.ts";
import { house, programOf, roomyHouse } from "./programs.ts";

/* People who may have several calls in hand: ana two, ben three, rita one; work after a call lasts 7 s. */

const text = `
strategy "s" {
  entry "5000", "6000", "7000"
  default route to group Reception
  if call.to == "6000" { ring agent ana for 20s { on busy { note "busy" } } }
  answer
  if call.to == "7000" { queue Both { ring for 20s  offer to at most 2 people  at 0s agent ana, agent ben  give up never } }
  queue Q { ring for 20s  at 0s group Sales  give up never }
}`;
const alone = text.replace("at 0s group Sales", "at 0s agent ana");
const loaded = (strategy: string, directory = roomyHouse): Program => loadProgram(programOf(strategy, directory));

/** An engine with these people ready, told one thing after another; everything it recorded. */
function begin(program: Program, people: readonly string[]) {
  const library = new Map([[program.hash, program]]);
  const engine = createEngine({ program, now: 0, library });
  const records: EventRecord[] = [];
  const tell = (at: Millis, ...events: Event[]): void => {
    for (const event of events) records.push(...engine.accept(event, at).records);
  };
  const calls = (at: Millis, call: string, to = "5000"): void =>
    tell(at, { type: "call.arrived", call, from: "1", to }, { type: "call.answered", call });
  const talks = (at: Millis, call: string, offer = `${call}/1`): void =>
    tell(at, { type: "offer.answered", call, offer }, { type: "call.connected", call, offer });
  const ends = (at: Millis, call: string): void => tell(at, { type: "party.gone", call, offer: `${call}/1` });
  const ana = (): string => {
    const { state = "", work = [] } = engine.agent("ana") ?? {};
    return [state, ...work.map((each) => ("call" in each ? each.call : "after"))].join(" ");
  };
  const rung = (): string =>
    records.flatMap((each) => (each.type === "offer.made" ? [`${each.call} ${each.agent}`] : [])).join(", ");
  people.forEach((agent, nth) => tell(nth, { type: "agent.readied", agent, source: "desk" }));
  return { engine, library, records, tell, calls, talks, ends, ana, rung };
}

const failed = (outcome: "rejected" | "busy" | "unreachable"): Event => ({
  type: "offer.failed",
  call: "B",
  offer: "B/1",
  outcome,
});
const gone: Event = { type: "call.gone", call: "B" };

/** Ana talks with A when B has rung for her: what she is then, what is said of her beside her call, and who rings for the next caller. */
test.each<[string, Event | undefined, string, string, string]>([
  ["she picks up", { type: "offer.answered", call: "B", offer: "B/1" }, "talking A B", "ready", ""],
  ["nobody picks up", undefined, "talking A", "not_ready", ""],
  ["she declines", failed("rejected"), "talking A", "not_ready", ""],
  ["her second line is busy", failed("busy"), "talking A", "not_ready", ""],
  ["her phone is gone", failed("unreachable"), "talking A", "not_ready", ""],
  ["the caller leaves", gone, "talking A C", "ready", "C ana"],
])("of a second call: %s", (_, event, after, claimed, next) => {
  const { engine, tell, calls, talks, ana, rung } = begin(loaded(alone), ["ana"]);
  calls(10, "A");
  talks(10, "A");
  calls(20, "B");
  expect([ana(), rung()]).toEqual(["talking A B", "A ana, B ana"]);
  const at = event ? 2000 : 20_020;
  tell(at, event ?? { type: "time.passed" });
  calls(at, "C");
  expect([ana(), rung()]).toEqual([after, ["A ana", "B ana", next].filter(Boolean).join(", ")]);
  expect(claimedState(engine.agent("ana")?.claims ?? {})).toBe(claimed);
});

test("work after a call takes the room of that call only, and ends by itself beside another", () => {
  const { tell, calls, talks, ends, ana, engine } = begin(loaded(alone), ["ana"]);
  for (const [nth, call] of ["A", "B", "C", "D"].entries()) calls(10 + nth, call);
  talks(20, "A");
  talks(20, "B");
  expect(ana()).toBe("talking A B");
  ends(1020, "A");
  expect(ana()).toBe("talking B after");
  ends(2020, "B");
  expect(ana()).toBe("wrap_up after after");
  tell(8020, { type: "time.passed" });
  expect(ana()).toBe("ringing C after");
  tell(9020, { type: "time.passed" });
  expect(ana()).toBe("ringing C D");
  // A from 10 ms, B from 11 ms, each with 7 s after it.
  expect(engine.agent("ana")?.busyMs).toBe(1010 + 7000 + 2009 + 7000);
});

test("who says that she is ready has ended all work after calls", () => {
  const { tell, calls, talks, ends, ana } = begin(loaded(alone), ["ana"]);
  for (const call of ["A", "B"]) {
    calls(10, call);
    talks(10, call);
  }
  for (const call of ["A", "B"]) ends(1010, call);
  expect(ana()).toBe("wrap_up after after");
  tell(1020, { type: "agent.readied", agent: "ana", source: "desk" });
  expect(ana()).toBe("ready");
});

test("`ring` takes a free line, then work after a call gives way, and then she is busy", () => {
  const { calls, talks, ends, ana, records, tell } = begin(loaded(alone), ["ana"]);
  calls(10, "A", "6000");
  talks(10, "A");
  ends(1010, "A");
  calls(1020, "B", "6000");
  calls(1030, "C", "6000");
  expect(ana()).toBe("ringing B C");
  calls(1040, "D", "6000");
  expect(ana()).toBe("ringing B C");
  expect(records).toContainEqual(expect.objectContaining({ type: "call.noted", call: "D", text: "busy" }));
  tell(1050, { type: "call.gone", call: "B" }, { type: "call.gone", call: "C" });
  expect(ana()).toBe("ringing D after");
  tell(8010, { type: "time.passed" });
  expect(ana()).toBe("ringing D");
});

test("nobody is rung for one call twice, and those with less in hand come first", () => {
  const { calls, talks, rung } = begin(loaded(text), ["ana", "ben"]);
  calls(10, "A", "7000");
  expect(rung()).toBe("A ana, A ben");
  talks(20, "A");
  for (const [nth, call] of ["B", "C", "D", "E"].entries()) calls(30 + nth, call);
  expect(rung()).toBe("A ana, A ben, B ben, C ana, D ben, E ben");
});

test.each([
  ["may have two calls", roomyHouse, ["ready 0", "ringing 1", "talking 1", "talking 2"]],
  ["may have one", house, ["ready", "ringing", "talking"]],
])("records say how many are in hand of who %s", (_, directory, said) => {
  const { records, calls, talks } = begin(loaded(alone, directory), ["ana"]);
  calls(10, "A");
  talks(10, "A");
  calls(20, "B");
  const states = records.flatMap((each) =>
    each.type === "agent.state" && each.agent === "ana" ? [[each.state, each.inHand].join(" ").trim()] : [],
  );
  expect(states).toEqual(said);
});

test("a directory that lets her have fewer takes nothing from her, one that lets her have more rings at once", () => {
  const one = loaded(alone, house.replace("wrap_up: 0s", "wrap_up: 7s"));
  const { tell, calls, talks, ends, ana, library, records } = begin(loaded(alone), ["ana"]);
  const loads = ({ hash }: Program, at: Millis): void => tell(at, { type: "program.loaded", program: hash, zones: {} });
  const [first] = library.values();
  library.set(one.hash, one);
  for (const call of ["A", "B"]) {
    calls(10, call);
    talks(10, call);
  }
  loads(one, 20);
  calls(30, "C");
  ends(1030, "B");
  tell(9030, { type: "time.passed" });
  expect(ana()).toBe("talking A");
  if (first) loads(first, 9040);
  expect(ana()).toBe("talking A C");
  expect(records.filter(({ type }) => type === "strategy.loaded")).toHaveLength(2);
});

test("why a call waits tells all that is in hand, or what else keeps from it", () => {
  const { engine, tell, calls, talks } = begin(loaded(alone), ["ana"]);
  const why = (call: string) => engine.why(call)?.agents.find(({ agent }) => agent === "ana")?.reasons;
  for (const call of ["A", "B", "C"]) calls(10, call);
  talks(10, "A");
  expect(why("C")).toEqual(["talking with A and B for 0 s"]);
  tell(20, { type: "call.gone", call: "B" }, { type: "call.gone", call: "C" });
  tell(20, { type: "agent.claimed", agent: "ana", source: "desk", state: "not_ready", reason: "lunch" });
  calls(30, "D");
  expect(why("D")).toEqual(["not_ready with A (lunch) for 0 s"]);
});

/** Everybody's three minutes are shared by as many calls as those who are logged in may hold; nobody of them is ready. */
test.each([
  ["rita, who may have one", ["rita"], 180_000],
  ["ana, who may have two", ["ana"], 90_000],
  ["ben, who may have three", ["ben"], 60_000],
  ["ana and ben", ["ana", "ben"], 36_000],
  ["all of them", ["ana", "ben", "rita"], 30_000],
])("an expected wait counts lines, not people: %s", (_, people, wait) => {
  const { engine, tell } = begin(
    loaded(text.replace("at 0s group Sales", "at 0s group Sales, group Reception")),
    people,
  );
  for (const agent of people) tell(10, { type: "agent.claimed", agent, source: "desk", state: "not_ready" });
  tell(20, { type: "call.arrived", call: "A", from: "1", to: "5000" }, { type: "call.answered", call: "A" });
  expect(engine.queues().find(({ name }) => name === "Q")).toMatchObject({ waiting: 1, ewtMs: 2 * wait });
  expect(engine.call("A")?.queued?.foreseen?.waitMs).toBe(wait);
});

test("a line that the directory adds makes the expected wait shorter", () => {
  const few = loaded(alone, house);
  const { engine, tell, calls, library } = begin(few, ["ana"]);
  const more = loaded(alone, house.replace("wrap_up: 0s", "wrap_up: 0s, capacity: 4"));
  library.set(more.hash, more);
  tell(10, { type: "agent.claimed", agent: "ana", source: "desk", state: "not_ready" });
  calls(20, "A");
  const ewt = () => engine.queues()[0]?.ewtMs;
  expect(ewt()).toBe(360_000);
  tell(30, { type: "program.loaded", program: more.hash, zones: {} });
  expect(ewt()).toBe(90_000);
});
