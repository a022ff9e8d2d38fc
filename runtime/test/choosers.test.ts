import { expect, test } from "vitest";
import type { Agent } from "../agent.ts";
import { type ChooserTerm, compareSeats, makeChooser, seatOf } from "../queue/choosers.ts";

const base: Agent = {
  device: "desk",
  id: "",
  claims: {},
  capacity: 1,
  work: [],
  state: "ready",
  stateSince: 0,
  idleSince: 0,
  offeredAt: 0,
  calls: 0,
  busyMs: 0,
  lot: 0,
  staffedMs: 0,
};
const agents: Agent[] = [
  { ...base, id: "ana", idleSince: 30, offeredAt: 5, calls: 1, busyMs: 900, lot: 7 },
  { ...base, id: "ben", idleSince: 10, offeredAt: 9, calls: 1, busyMs: 100, lot: 9 },
  { ...base, id: "cleo", idleSince: 20, offeredAt: 7, calls: 0, busyMs: 500, lot: 8 },
  { ...base, id: "dan", idleSince: 20, offeredAt: 7, calls: 2, busyMs: 500, lot: 8 },
];
const skills: Record<string, Record<string, number>> = { ana: { x: 5 }, ben: { x: 9 }, cleo: { x: 5 }, dan: {} };

test.each<[string, ChooserTerm[], string]>([
  ["by default who is idle longest, then by id", [], "ben cleo dan ana"],
  ["best skill, without it last", [{ name: "best_skill", skill: "x" }], "ben ana cleo dan"],
  ["terms one after another", [{ name: "best_skill", skill: "x" }, { name: "longest_idle" }], "ben cleo ana dan"],
  ["least occupied", [{ name: "least_occupied" }], "ben cleo dan ana"],
  ["fewest calls", [{ name: "fewest_calls" }], "cleo ana ben dan"],
  ["round robin", [{ name: "round_robin" }], "ana cleo dan ben"],
  ["random, by lots drawn before", [{ name: "random" }], "ana cleo dan ben"],
])("%s", (_, terms, expected) => {
  const chooser = makeChooser(terms);
  const person = (id: string) => ({
    id,
    name: id,
    device: id,
    kind: "agent" as const,
    skills: skills[id] ?? {},
    autoLogin: true,
    noAnswer: {},
    supervisor: false,
  });
  const seats = agents.map((agent) => seatOf(agent, person(agent.id), chooser));
  expect(
    seats
      .toSorted(compareSeats)
      .map(({ agent }) => agent)
      .join(" "),
  ).toBe(expected);
});

test("what is chosen alike has one key", () => {
  expect(makeChooser([]).key).toBe(makeChooser([{ name: "longest_idle" }]).key);
  expect(makeChooser([{ name: "best_skill", skill: "a" }]).key).not.toBe(
    makeChooser([{ name: "best_skill", skill: "b" }]).key,
  );
});
