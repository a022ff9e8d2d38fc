import { describe, expect, test } from "vitest";
import { type AgentFact, agentFigures, figureRows, isAgentFact, standingOf } from "../agent-figures.ts";
import { csvText } from "../csv.ts";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { spanIn } from "../span.ts";
import { loadProgram } from "../strategy/load.ts";
import { zoneBetween } from "../zone-data.ts";
import { programOf } from "./programs.ts";

/* What agents have done in a span of time, by event records (row 3.15). */

const directory = `
directory: 1
site: { name: figures, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { wrap_up: 30s, after_no_answer: not_ready, outbound: [pbx] }
states: { lunch: { label: Lunch } }
groups: { G: { members: [ana, otto] } }
agents:
  ana: { name: Ana, extension: "1", auto_login: yes }
  otto: { name: Otto, kind: worker, extension: "2", auto_login: yes }
  eve: { extension: "3", auto_login: yes }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
`;
const strategy = `strategy "s" {
  entry "5000", "6000"
  default route to group G
  if call.to == "6000" { preview to agent otto for 20s { on accepted(w) { ring w for 10s } } hangup }
  answer
  queue Q { at 0s agent ana  give up never }
}`;

/** A morning of the three, minute by minute; gives what was recorded, and how all stood before. */
function played(happenings: [second: number, event: Event][]): AgentFact[] {
  const engine = createEngine({ program: loadProgram(programOf(strategy, directory)), now: 0 });
  const facts = engine.agents().map(standingOf);
  const see = (records: EventRecord[]) => facts.push(...records.filter(isAgentFact));
  for (const [second, event] of happenings) {
    for (let due = engine.nextDeadline(); due !== undefined && due <= second * 1000; due = engine.nextDeadline())
      see(engine.accept({ type: "time.passed" }, due).records);
    see(engine.accept(event, second * 1000).records);
  }
  return facts;
}
const comes = (call: string, to = "5000"): Event => ({ type: "call.arrived", call, from: "+34600000001", to });
const offer = (type: "offer.answered" | "call.connected" | "party.gone", call: string): Event => ({
  type,
  call,
  offer: `${call}/1`,
});
const lunch: Event = { type: "agent.claimed", agent: "ana", source: "desk", custom: "lunch" };
const ready: Event = { type: "agent.readied", agent: "ana", source: "desk" };

const morning = played([
  [10, comes("A")],
  [10, { type: "call.answered", call: "A" }],
  [15, offer("offer.answered", "A")],
  [15, offer("call.connected", "A")],
  [35, { type: "hold.asked", call: "A", by: "ana" }],
  [35, { type: "call.parted", call: "A", offer: "A/1", parted: true }],
  [45, { type: "retrieve.asked", call: "A", by: "ana" }],
  [45, offer("call.connected", "A")],
  [75, offer("party.gone", "A")],
  // Work after the call until 105.
  [120, comes("B")],
  [120, { type: "call.answered", call: "B" }],
  [122, { type: "offer.failed", call: "B", offer: "B/1", outcome: "rejected" }],
  [123, { type: "call.gone", call: "B" }],
  [200, lunch],
  [260, ready],
  [300, comes("P", "6000")],
  [304, { type: "preview.declined", call: "P", preview: "P/1", agent: "otto" }],
  [320, comes("R", "6000")],
  [328, { type: "preview.accepted", call: "R", preview: "R/1", agent: "otto" }],
  [335, { type: "call.gone", call: "R" }],
  [340, comes("S", "6000")],
  [361, { type: "time.passed" }],
]);

const of = (facts: AgentFact[], agent: string, [from, to]: [number, number]) =>
  agentFigures(facts, { from: from * 1000, to: to * 1000 }).find((its) => its.agent === agent);

test("calls, talk, hold and work after calls; every second of the span is in some state", () => {
  const ana = of(morning, "ana", [0, 400]);
  expect(ana).toMatchObject({ offered: 2, answered: 1, noAnswer: 0, declined: 1, otherwise: 0 });
  expect(ana).toMatchObject({ talkMs: 50_000, holdMs: 10_000, wrapUpMs: 30_000 });
  expect(ana?.states).toContainEqual({ state: "not_ready", custom: "lunch", reasons: ["lunch"], ms: 60_000 });
  for (const its of agentFigures(morning, { from: 0, to: 400_000 }))
    expect([its.agent, its.states.reduce((sum, { ms }) => sum + ms, 0)]).toEqual([its.agent, 400_000]);
});

test("knowledge workers stand in it as agents do, with what was shown to them (row 3.13)", () => {
  expect(of(morning, "otto", [0, 400])?.previews).toEqual({
    offered: 3,
    accepted: 1,
    declined: 1,
    timeout: 1,
    otherwise: 0,
    responseMs: 6000,
  });
  expect(of(morning, "otto", [0, 400])).toMatchObject({ offered: 1, otherwise: 1 });
});

test("of whom nothing was ever told, all of the time is known", () => {
  expect(of(morning, "eve", [100, 400])).toMatchObject({ offered: 0, states: [{ state: "ready", ms: 300_000 }] });
});

test.each<[string, [number, number], object]>([
  ["what began before it counts in it by its time only", [25, 75], { offered: 0, talkMs: 40_000, holdMs: 10_000 }],
  ["what begins in it counts, however it ends later", [0, 12], { offered: 1, answered: 1, talkMs: 0 }],
  ["what begins at its end is not in it", [0, 10], { offered: 0, states: [{ state: "ready", ms: 10_000 }] }],
  ["in the middle of a state", [210, 230], { states: [{ custom: "lunch", ms: 20_000 }] }],
  ["of no length", [210, 210], { offered: 0, states: [] }],
])("a span cuts: %s", (_what, span, figures) => {
  expect(of(morning, "ana", span)).toMatchObject(figures);
});

test("two spans side by side are the whole", () => {
  for (const cut of [5, 20, 40, 75, 121, 230, 399]) {
    const parts = [of(morning, "ana", [0, cut]), of(morning, "ana", [cut, 400])];
    const whole = of(morning, "ana", [0, 400]);
    for (const figure of ["offered", "answered", "declined", "talkMs", "holdMs", "wrapUpMs"] as const)
      expect([cut, figure, parts.reduce((sum, its) => sum + (its?.[figure] ?? 0), 0)]).toEqual([
        cut,
        figure,
        whole?.[figure],
      ]);
  }
});

test("a cell that begins as a formula begins as a text, with wide signs and after a line end too", () => {
  const cells = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a", "a=1"];
  expect(
    cells.map((cell) =>
      csvText([[cell]])
        .replaceAll('"', "")
        .slice(0, -2),
    ),
  ).toEqual([...cells.slice(0, -1).map((cell) => `'${cell}`), "a=1"]);
});

test("as a table, in which nothing that people write is a formula or another cell", () => {
  const state = { type: "agent.state", agent: "x", source: "desk", seq: 1 } as const;
  const [its] = agentFigures([{ ...state, at: 0, state: "not_ready", reasons: [`=1+1,"a"`] }], { from: 0, to: 5000 });
  if (!its) throw new Error("no figures");
  const [names, row] = csvText(figureRows([{ name: "@x", kind: "agent", ...its }])).split("\r\n");
  expect(names).toMatch(/^agent,name,kind,offered,answered,no_answer,declined,/);
  expect(row).toBe(`x,'@x,agent,0,0,0,0,0,0,0,0,0,0,5,"'=1+1,""a"": 5",0,,0,0,0,0,0,`);
});

describe("a span as people say it, by the clocks of the site", () => {
  const at = (text: string) => Date.parse(text);
  // Noon in Madrid, a month after the clocks went back.
  const now = at("2026-11-30T11:00:00Z");
  const zone = zoneBetween("Europe/Madrid", at("2026-01-01T00:00:00Z"), at("2027-12-01T00:00:00Z"));
  test.each<[{ from?: string; to?: string }, string, string]>([
    [{}, "2026-11-29T23:00:00Z", "2026-11-30T11:00:00Z"],
    [{ from: "2026-11-30T08:30" }, "2026-11-30T07:30:00Z", "2026-11-30T11:00:00Z"],
    [{ from: "2026-11-28", to: "2026-11-28" }, "2026-11-27T23:00:00Z", "2026-11-28T23:00:00Z"],
    [{ from: "2026-11-28", to: "2026-11-29T06:00" }, "2026-11-27T23:00:00Z", "2026-11-29T05:00:00Z"],
    // The clocks go back: a day of 25 hours.
    [{ from: "2026-10-25", to: "2026-10-25" }, "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"],
    [{ from: "2026-11-30", to: "2027-01-01" }, "2026-11-29T23:00:00Z", "2026-11-30T11:00:00Z"],
  ])("%j", (said, from, to) => {
    expect(spanIn(zone, now, said)).toEqual({ from: at(from), to: at(to) });
  });
  test.each<[{ from?: string; to?: string }, RegExp]>([
    [{ from: "yesterday" }, /`from` is no time: write 2026-11-30/],
    [{ to: "2026-11-31" }, /`to` is no time/],
    [{ to: "2026-11-30T24:00" }, /`to` is no time/],
    [{ from: "2026-11-30T10:00", to: "2026-11-30T09:00" }, /ends before it begins/],
    [{ from: "2026-12-01" }, /begins in the future/],
  ])("%j is refused", (said, why) => {
    expect(spanIn(zone, now, said)).toEqual({ error: expect.stringMatching(why) });
  });
});
