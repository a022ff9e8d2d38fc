import { expect, test } from "vitest";
import { createEngine, type Engine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const directory = `
directory: 1
site: { name: claims, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { wrap_up: 30s }
agents:
  ana: { extension: "1" }
  ben: { extension: "2", auto_login: yes }
  eva: { extension: "3", device: desk }
devices:
  desk: { }
groups: { G: { members: [ana] } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
`;
const strategy = `strategy "s" { entry "5000" default route to group G answer queue Q { at 0s group G give up never } }`;

function start(): Engine {
  return createEngine({ program: loadProgram(programOf(strategy, directory)), now: 0 });
}

const claims = (source: string, state?: "offline" | "not_ready", reason?: string): Event => ({
  type: "agent.claimed",
  agent: "ana",
  source,
  state,
  reason,
});
const ready: Event = { type: "agent.readied", agent: "ana", source: "desk" };

test("at first", () => {
  expect(
    start()
      .agents()
      .map(({ id, state, claims }) => [id, state, Object.keys(claims).join()]),
  ).toEqual([
    ["ana", "offline", "login"],
    ["ben", "ready", ""],
    ["eva", "offline", "registration"],
  ]);
});

test("row 3.18: members of a group that says so are logged in from the start", () => {
  const own = directory
    .replace("members: [ana]", "members: [ana, ben], auto_login: yes")
    .replace(", auto_login: yes }\n", " }\n");
  const engine = createEngine({ program: loadProgram(programOf(strategy, own)), now: 0 });
  expect(engine.agents().map(({ id, state }) => `${id} ${state}`)).toEqual(["ana ready", "ben ready", "eva offline"]);
});

test.each<[string, Event[], string, string[]]>([
  ["logging in", [claims("login")], "ready", []],
  ["saying that he is ready logs him in", [ready], "ready", []],
  ["a reason of the desk", [ready, claims("desk", "not_ready", "lunch")], "not_ready", ["lunch"]],
  [
    "the most restrictive wins",
    [ready, claims("desk", "not_ready", "lunch"), claims("presence", "offline")],
    "offline",
    [],
  ],
  ["whatever came first", [ready, claims("presence", "offline"), claims("desk", "not_ready", "lunch")], "offline", []],
  ["a source withdraws its own", [ready, claims("desk", "not_ready"), claims("desk")], "ready", []],
  ["and nobody else's", [ready, claims("presence", "not_ready", "away"), claims("desk")], "not_ready", ["away"]],
  [
    "a source has one claim",
    [ready, claims("desk", "not_ready", "a"), claims("desk", "not_ready", "b")],
    "not_ready",
    ["b"],
  ],
  [
    "reasons of all who say the same",
    [ready, claims("desk", "not_ready", "b"), claims("crm", "not_ready", "a")],
    "not_ready",
    ["a", "b"],
  ],
  ["ready does not overrule his phone", [claims("registration", "offline"), ready], "offline", []],
  ["nor his presence", [claims("presence", "not_ready", "away"), ready], "not_ready", ["away"]],
  [
    "unknown people are nobody",
    [{ type: "agent.claimed", agent: "zoe", source: "desk", state: "offline" }],
    "offline",
    [],
  ],
])("%s", (_, events, state, reasons) => {
  const engine = start();
  for (const event of events) engine.accept(event, 1);
  const agent = engine.agent("ana");
  expect([agent?.state, agent?.reasons]).toEqual([state, reasons]);
});

test("every change of the state is told once, and nothing else", () => {
  const engine = start();
  const told = [
    ready,
    ready,
    claims("desk", "not_ready", "a"),
    claims("desk", "not_ready", "a"),
    claims("desk", "not_ready", "b"),
    claims("crm", "offline"),
    claims("desk"),
    claims("crm"),
  ]
    .flatMap((event) => engine.accept(event, 1).records)
    .map((record) =>
      record.type === "agent.state" ? `${record.state} ${record.reasons.join()} by ${record.source}` : record.type,
    );
  expect(told).toEqual([
    "ready  by desk",
    "not_ready a by desk",
    "not_ready b by desk",
    "offline  by crm",
    "ready  by crm",
  ]);
});

test("who says that he is ready has no more work after the call", () => {
  const engine = start();
  const events: Event[] = [
    ready,
    { type: "call.arrived", call: "A", from: "1", to: "5000" },
    { type: "call.answered", call: "A" },
    { type: "offer.answered", call: "A", offer: "A/1" },
    { type: "call.connected", call: "A", offer: "A/1" },
    { type: "party.gone", call: "A", offer: "A/1" },
  ];
  for (const event of events) engine.accept(event, 1);
  expect([engine.agent("ana")?.state, engine.nextDeadline()]).toEqual(["wrap_up", 30_001]);
  engine.accept(ready, 2);
  expect([engine.agent("ana")?.state, engine.nextDeadline()]).toEqual(["ready", undefined]);
});

test("work after a call keeps what came with it, but no secrets", () => {
  const secret = strategy.replace("answer", "secret call.data.card answer");
  const engine = createEngine({ program: loadProgram(programOf(secret, directory)), now: 0 });
  const events: Event[] = [
    ready,
    { type: "call.arrived", call: "A", from: "1", to: "5000", data: { card: "4111", topic: "loans" } },
    { type: "call.answered", call: "A" },
    { type: "offer.answered", call: "A", offer: "A/1" },
    { type: "call.connected", call: "A", offer: "A/1" },
    { type: "party.gone", call: "A", offer: "A/1" },
  ];
  for (const event of events) engine.accept(event, 1);
  const cards = engine.agent("ana")?.work.map(({ kind, card }) => [kind, card]);
  expect(cards).toEqual([["wrap_up", { id: "A", from: "1", to: "5000", data: { card: "•••", topic: "loans" } }]]);
});

test("a call in hand is shown before claims; what was claimed meanwhile holds after it, and after the work", () => {
  const engine = start();
  const states: (string | undefined)[] = [];
  const events: [number, Event][] = [
    [1, ready],
    [2, { type: "call.arrived", call: "A", from: "1", to: "5000" }],
    [3, { type: "call.answered", call: "A" }],
    [4, { type: "offer.answered", call: "A", offer: "A/1" }],
    [5, { type: "call.connected", call: "A", offer: "A/1" }],
    [6, claims("desk", "not_ready", "lunch")],
    [7, { type: "party.gone", call: "A", offer: "A/1" }],
    [30_006, { type: "time.passed" }],
    [30_007, { type: "time.passed" }],
  ];
  for (const [at, event] of events) {
    engine.accept(event, at);
    states.push(engine.agent("ana")?.state);
  }
  expect(states).toEqual([
    "ready",
    "ready",
    "ringing",
    "talking",
    "talking",
    "talking",
    "wrap_up",
    "wrap_up",
    "not_ready",
  ]);
});

/** Ana talks to A until 1 s and has work until 31 s; B rings her at 2 s and leaves at 3 s. */
function rungInWrapUp(...meanwhile: [number, Event][]): Engine {
  const ring = 'strategy "s" { entry "5000" default route to group G ring agent ana for 20s }';
  const engine = createEngine({ program: loadProgram(programOf(ring, directory)), now: 0 });
  const events: [number, Event][] = [
    [0, ready],
    [0, { type: "call.arrived", call: "A", from: "1", to: "5000" }],
    [0, { type: "offer.answered", call: "A", offer: "A/1" }],
    [0, { type: "call.connected", call: "A", offer: "A/1" }],
    [1000, { type: "party.gone", call: "A", offer: "A/1" }],
    [2000, { type: "call.arrived", call: "B", from: "1", to: "5000" }],
    ...meanwhile,
    [3000, { type: "call.gone", call: "B" }],
  ];
  for (const [at, event] of events) engine.accept(event, at);
  return engine;
}

test("an offer breaks into work after a call, and does not end it", () => {
  const engine = rungInWrapUp();
  expect([engine.agent("ana")?.state, engine.agent("ana")?.idleSince]).toEqual(["wrap_up", 1000]);
  expect(engine.agent("ana")?.work.map(({ card }) => card?.id)).toEqual(["A"]);
  expect(engine.nextDeadline()).toBe(31_000);
  engine.accept({ type: "time.passed" }, 31_000);
  expect([engine.agent("ana")?.state, engine.agent("ana")?.idleSince]).toEqual(["ready", 31_000]);
  expect(engine.agent("ana")?.busyMs).toBe(31_000);
});

test("who says that he is ready while a phone rings has no work to go back to", () => {
  const engine = rungInWrapUp([2500, ready]);
  expect([engine.agent("ana")?.state, engine.nextDeadline()]).toEqual(["ready", undefined]);
});

test("work that would have ended while the phone rang has ended", () => {
  const engine = rungInWrapUp([2500, { type: "offer.answered", call: "B", offer: "B/1" }]);
  expect(engine.agent("ana")?.state).toBe("wrap_up");
  engine.accept({ type: "call.arrived", call: "C", from: "1", to: "5000" }, 25_000);
  engine.accept({ type: "call.gone", call: "C" }, 32_000);
  expect([engine.agent("ana")?.state, engine.nextDeadline()]).toEqual(["ready", undefined]);
});
