import { expect, test } from "vitest";
import { createEngine, type Engine } from "../engine.ts";
import type { Event, Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

/*
 * Several sources speak of one agent: the most restrictive counts, and each takes back only what it said itself.
 */

const directoryOf = (training = "ready") => `
directory: 1
site: { name: claims, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { wrap_up: 30s, outbound: [pstn] }
states: { lunch: { label: Lunch }, training: { class: ${training} }, home: { class: offline } }
agents:
  ana: { extension: "1", auto_login: yes }
groups: { G: { members: [ana] } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] }, pstn: { to: "sip:gw.example" } }
`;
const queue = `strategy "s" { entry "5000" default route to group G answer queue Q { at 0s group G give up never } }`;
const cell = `strategy "s" { entry "5000" default route to group G ring agent ana for 20s { at "+34600000001" confirmed by "1" prompt "take" } }`;
const start = (strategy = queue): Engine =>
  createEngine({ program: loadProgram(programOf(strategy, directoryOf())), now: 0 });

const says = (source: string, said: Partial<Extract<Event, { type: "agent.claimed" }>> = {}): Event => ({
  type: "agent.claimed",
  agent: "ana",
  source,
  ...said,
});
const desk = {
  login: says("login"),
  ready: { type: "agent.readied", agent: "ana", source: "desk" } as const,
  "not ready": says("desk", { state: "not_ready", reason: "lunch" }),
  logout: says("login", { state: "offline" }),
} as const;
const presence = {
  open: says("presence"),
  idle: says("presence"),
  activity: says("presence", { state: "not_ready", reason: "meeting" }),
  closed: says("presence", { state: "offline" }),
} as const;

/** Row 2.13: whoever takes an agent out of service wins over the other who puts him in. */
test.each<[keyof typeof desk, keyof typeof presence, string]>([
  ["login", "open", "ready"],
  ["login", "idle", "ready"],
  ["login", "activity", "not_ready meeting"],
  ["login", "closed", "offline"],
  ["ready", "open", "ready"],
  ["ready", "idle", "ready"],
  ["ready", "activity", "not_ready meeting"],
  ["ready", "closed", "offline"],
  ["not ready", "open", "not_ready lunch"],
  ["not ready", "idle", "not_ready lunch"],
  ["not ready", "activity", "not_ready lunch meeting"],
  ["not ready", "closed", "offline"],
  ["logout", "open", "offline"],
  ["logout", "idle", "offline"],
  ["logout", "activity", "offline"],
  ["logout", "closed", "offline"],
])("row 2.13: desk %s, presence %s: %s, whoever spoke last", (atDesk, phone, state) => {
  for (const order of [
    [desk[atDesk], presence[phone]],
    [presence[phone], desk[atDesk]],
  ]) {
    expect(stateAfter(start(), order)).toBe(state);
    // Who has nothing against him any more leaves what the other says.
    const alone = stateAfter(start(), [desk[atDesk]]);
    expect(stateAfter(start(), [...order, presence.idle])).toBe(alone);
    const watched = stateAfter(start(), [presence[phone]]);
    expect(stateAfter(start(), [...order, desk.ready])).toBe(watched);
  }
});

function stateAfter(engine: Engine, events: readonly Event[]): string {
  for (const event of events) engine.accept(event, 1);
  const ana = engine.agent("ana");
  return [ana?.state, ...(ana?.reasons ?? [])].join(" ");
}

const inUse = says("presence", { state: "not_ready", reason: "on-the-phone" });
const closed = says("presence", { state: "offline", reason: "on-the-phone" });
const idle = says("presence");
const answers: Event[] = [
  { type: "offer.answered", call: "A", offer: "A/1" },
  { type: "call.connected", call: "A", offer: "A/1" },
];
const bye: Event = { type: "party.gone", call: "A", offer: "A/1" };
const rings: Event[] = [
  { type: "call.arrived", call: "A", from: "1", to: "5000" },
  { type: "call.answered", call: "A" },
];

/** What she is after the last of it, and when her work after the call is over. */
function after(events: readonly Event[], strategy = queue): string[] {
  const engine = start(strategy);
  const state = stateAfter(engine, [...rings, ...events]);
  engine.accept({ type: "time.passed" }, 30_001);
  return [state, stateAfter(engine, [])];
}

/** Row 1.11: the PBX tells of our own call, before or after we know it ourselves. */
test.each<[string, Event[]]>([
  ["in use while it rings, idle before the end", [inUse, ...answers, idle, bye]],
  ["in use while it rings, idle after the end", [inUse, ...answers, bye, idle]],
  ["in use after the answer, idle before the end", [...answers, inUse, idle, bye]],
  ["in use after the answer, idle after the end", [...answers, inUse, bye, idle]],
  ["never told that it is idle", [inUse, ...answers, bye]],
  ["closed while in use, as without call waiting", [...answers, closed, bye, idle]],
  ["both told too late", [...answers, bye, inUse, idle]],
  ["registration and presence alike", [...answers, says("registration", { state: "offline", reason: "busy" }), bye]],
])("row 1.11: %s", (_, events) => {
  expect(after(events)).toEqual(["wrap_up", "ready"]);
});

test.each<[string, Event[], string[], string?]>([
  ["another call is his own business", [...answers, bye, inUse], ["wrap_up", "not_ready on-the-phone"]],
  [
    "what is not of the phone stays",
    [...answers, says("presence", { state: "not_ready", reason: "meeting" }), bye],
    ["wrap_up", "not_ready meeting"],
  ],
  [
    "a phone that is gone stays so",
    [...answers, says("registration", { state: "offline", reason: "unregistered" }), bye],
    ["offline unregistered", "offline unregistered"],
  ],
  [
    "what he says himself stays",
    [...answers, says("desk", { state: "not_ready", reason: "busy" }), bye],
    ["wrap_up", "not_ready busy"],
  ],
  [
    "a call at another phone does not speak of his own",
    [inUse, { type: "call.gone", call: "A" }],
    ["not_ready on-the-phone", "not_ready on-the-phone"],
    cell,
  ],
])("but %s", (_, events, states, strategy) => {
  expect(after(events, strategy)).toEqual(states);
});

test("while all talk, what presence says of their phones makes nobody unreachable", () => {
  const engine = start();
  stateAfter(engine, [...rings, ...answers, closed]);
  for (const event of [
    { ...rings[0], call: "B" },
    { ...rings[1], call: "B" },
  ] as Event[])
    engine.accept(event, 2);
  const { records } = engine.accept({ type: "time.passed" }, 20_000);
  expect(records).toEqual([]);
  expect(engine.call("B")?.queued?.joined).toBe(true);
});

const loggedOut = says("desk", { state: "offline", reason: "logged out" });
const takes = (custom: string): Event => says("desk", { custom });

/** What each event told of ana. */
function told(engine: Engine, events: readonly [Millis, Event][]): string[] {
  return events.flatMap(([at, event]) => stateRecords(engine.accept(event, at).records));
}

function stateRecords(records: readonly EventRecord[]): string[] {
  return records.flatMap((record) =>
    record.type === "agent.state" ? [[record.state, record.custom, ...record.reasons].filter(Boolean).join(" ")] : [],
  );
}

test.each<[string, Event[], string, string[]]>([
  ["what may follow", [takes("lunch"), desk.ready], "ready", []],
  [
    "to log out, where that is not among them",
    [takes("lunch"), loggedOut],
    "not_ready lunch",
    ["lunch -> offline: ready"],
  ],
  ["no reason of one's own", [takes("lunch"), desk["not ready"]], "not_ready lunch", ["lunch -> not_ready: ready"]],
  ["what may only come after another", [takes("nap")], "ready", ["ready -> nap: not_ready, offline, lunch"]],
  ["the same once more", [takes("lunch"), takes("lunch")], "not_ready lunch", []],
  [
    "a supervisor forces it",
    [takes("lunch"), says("desk", { state: "offline", reason: "logged out", forced: true })],
    "offline logged out",
    [],
  ],
  ["a supervisor forces somebody in", [says("desk", { custom: "nap", forced: true })], "not_ready nap", []],
  ["a phone is bound by nothing", [takes("lunch"), presence.activity], "not_ready lunch meeting", []],
  [
    "and one is what one said, whatever a phone says",
    [presence.activity, takes("nap")],
    "not_ready meeting",
    ["ready -> nap: not_ready, offline, lunch"],
  ],
])("what may follow at a desk (row 3.20): %s", (_what, events, state, refused) => {
  const states = "states: { lunch: { next: [ready] }, nap: { from: [not_ready] } }";
  const engine = createEngine({
    program: loadProgram(programOf(queue, directoryOf().replace(/^states: .*$/m, states))),
    now: 0,
  });
  const records = [desk.login, ...events].flatMap((event, nth) => engine.accept(event, nth).records);
  const { state: is, reasons = [] } = engine.agent("ana") ?? {};
  expect([is, ...reasons].join(" ")).toBe(state);
  expect(
    records.flatMap((each) =>
      each.type === "agent.refused" ? [`${each.from} -> ${each.to}: ${each.allowed.join(", ")}`] : [],
    ),
  ).toEqual(refused);
});

test("a state of the directory's own counts as its class, and is told by name", () => {
  const engine = start();
  const states = told(engine, [
    [1, takes("lunch")],
    [2, takes("training")],
    [3, takes("home")],
    [4, takes("nowhere")],
    [5, desk.ready],
  ]);
  expect(states).toEqual(["not_ready lunch lunch", "ready", "ready training", "offline home home", "ready"]);
});

test("who is in another state of his own is so from now on, and may be called in one that counts as ready", () => {
  const engine = start();
  told(engine, [[1000, takes("training")]]);
  expect(engine.agent("ana")).toMatchObject({ state: "ready", custom: "training", stateSince: 1000 });
  for (const event of rings) engine.accept(event, 2000);
  expect(engine.agent("ana")).toMatchObject({ state: "ringing" });
  expect(engine.agent("ana")).not.toHaveProperty("custom");
});

test("at the desk it ends work after a call and what came of a missed one; other sources only say it", () => {
  const engine = start();
  expect(stateAfter(engine, [...rings, ...answers, bye, takes("training")])).toBe("ready");
  expect(stateAfter(engine, [desk["not ready"], says("presence", { custom: "training" })])).toBe("not_ready lunch");
});

test("the directory may change what it counts as while somebody is in it", () => {
  const first = loadProgram(programOf(queue, directoryOf()));
  const second = loadProgram(programOf(queue, directoryOf("not_ready")));
  const engine = createEngine({ program: first, library: new Map([[second.hash, second]]), now: 0 });
  told(engine, [[1, takes("training")]]);
  const event: Event = { type: "program.loaded", program: second.hash, zones: {} };
  expect(second.hash).not.toBe(first.hash);
  expect(told(engine, [[2, event]])).toEqual(["not_ready training training"]);
});
