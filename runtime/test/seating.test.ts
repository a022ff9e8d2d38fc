import { expect, test } from "vitest";
import { createEngine, type Engine, restoreEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

/*
 * Free seating: an agent logs in at any phone of the directory, and everything that is said of that phone holds for him there.
 */

const directoryOf = (benAt = "d2") => `
directory: 1
site: { name: seats, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { ring_for: 20s, outbound: [pstn] }
agents:
  ana: { extension: "1", device: d1, auto_login: yes }
  ben: { extension: "2", device: ${benAt}, auto_login: yes }
devices:
  d1: { trunk: pbx }
  d2: { trunk: pbx, no_answer: { after: 7s, makes: logout } }
  far: { trunk: remote }
  soft: { }
  old: { trunk: pbx }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] }, remote: { to: "sip:remote.example" }, pstn: { to: "sip:gw.example" } }
sites: { here: { trunks: pbx }, there: { trunks: remote } }
groups: { G: { members: [ana] } }
`;
const strategyOf = (target: string) =>
  `strategy "s" { entry "5000" default route to group G answer queue Q { at 0s ${target} give up never } }`;
const programFor = (target = "agent ana", benAt?: string) =>
  loadProgram(programOf(strategyOf(target), directoryOf(benAt)));

const sits = (agent: string, device?: string): Event => ({ type: "agent.seated", agent, device });
const device = (name: string, up: boolean): Event => ({ type: "device.changed", device: name, up });
const calls: Event[] = [
  { type: "call.arrived", call: "A", from: "1", to: "5000" },
  { type: "call.answered", call: "A" },
];

function tell(engine: Engine, events: readonly Event[], at = 1) {
  const told = events.map((event) => engine.accept(event, at));
  return { commands: told.flatMap(({ commands }) => commands), records: told.flatMap(({ records }) => records) };
}

function startWith(...events: Event[]): Engine {
  const engine = createEngine({ program: programFor(), now: 0 });
  tell(engine, events);
  return engine;
}

function stateOf(engine: Engine, id: string): string {
  const agent = engine.agent(id);
  return [agent?.device, agent?.state, ...(agent?.reasons ?? [])].join(" ");
}

test.each<[string, Event[], string, string]>([
  ["at first each at his own", [], "d1 ready", "d2 ready"],
  ["at a phone that nobody sits at", [sits("ana", "old")], "old ready", "d2 ready"],
  ["who sat there is logged out", [sits("ana", "d2")], "d2 ready", "d2 offline seat taken"],
  ["and may log in at another", [sits("ana", "d2"), sits("ben", "d1")], "d2 ready", "d1 ready"],
  ["back at his own", [sits("ana", "old"), sits("ana")], "d1 ready", "d2 ready"],
  ["there is no such phone", [sits("ana", "d9")], "d1 ready", "d2 ready"],
  ["there is no such agent", [sits("zoe", "d2")], "d1 ready", "d2 ready"],
  ["a phone that has not registered", [sits("ana", "soft")], "soft offline unregistered", "d2 ready"],
  ["one that registers then", [sits("ana", "soft"), device("soft", true)], "soft ready", "d2 ready"],
  ["one that has registered before", [device("soft", true), sits("ana", "soft")], "soft ready", "d2 ready"],
  [
    "one that goes",
    [device("soft", true), sits("ana", "soft"), device("soft", false)],
    "soft offline unregistered",
    "d2 ready",
  ],
  ["he leaves a phone that is gone", [sits("ana", "soft"), sits("ana", "old")], "old ready", "d2 ready"],
  [
    "a trunk that is down",
    [{ type: "trunk.changed", trunk: "remote", up: false }, sits("ana", "far")],
    "far offline trunk down",
    "d2 ready",
  ],
  [
    "and up again",
    [sits("ana", "far"), { type: "trunk.changed", trunk: "pbx", up: false }],
    "far ready",
    "d2 offline trunk down",
  ],
  [
    "logging in leaves what the desk says",
    [
      { type: "agent.claimed", agent: "ana", source: "login", state: "offline" },
      { type: "agent.claimed", agent: "ana", source: "desk", state: "not_ready", reason: "lunch" },
      sits("ana", "old"),
    ],
    "old not_ready lunch",
    "d2 ready",
  ],
])("%s", (_, events, ana, ben) => {
  const engine = startWith(...events);
  expect([stateOf(engine, "ana"), stateOf(engine, "ben")]).toEqual([ana, ben]);
});

test("his calls ring there, as long as that phone says and with what it makes of him", () => {
  const engine = startWith(sits("ana", "d2"));
  const { commands, records } = tell(engine, calls);
  expect(commands).toContainEqual(expect.objectContaining({ party: { kind: "agent", agent: "ana", device: "d2" } }));
  expect(records).toContainEqual(expect.objectContaining({ type: "offer.made", ringFor: 7000, level: "device" }));
  expect(engine.why("A")?.agents.find(({ agent }) => agent === "ana")?.unanswered.ring.value).toBe(7000);
  engine.accept({ type: "time.passed" }, 7001);
  expect(stateOf(engine, "ana")).toBe("d2 offline no_answer");
});

test("he belongs to the site where he sits", () => {
  const engine = createEngine({ program: programFor("site there"), now: 0 });
  tell(engine, calls);
  expect(engine.call("A")?.offers).toEqual([]);
  tell(engine, [sits("ana", "far")]);
  expect(engine.call("A")?.offers).toMatchObject([{ agent: "ana", device: "far" }]);
});

test("a snapshot keeps who sits where, and which phones have registered", () => {
  const engine = startWith(sits("ana", "far"), device("soft", true));
  const program = programFor();
  const again = restoreEngine(JSON.parse(JSON.stringify(engine.snapshot())), {
    library: new Map([[program.hash, program]]),
  });
  expect(stateOf(again, "ana")).toBe("far ready");
  tell(again, [sits("ben", "soft")]);
  expect(stateOf(again, "ben")).toBe("soft ready");
});

test.each<[string, Event[], string, string]>([
  ["who sits at his own phone follows it", [], "ben", "old ready"],
  ["who sits elsewhere stays", [sits("ben", "far")], "ben", "far ready"],
  ["so does whoever sits at that phone by chance", [sits("ana", "d2")], "ana", "d2 ready"],
])("a changed directory: %s", (_, events, who, state) => {
  const changed = programFor("agent ana", "old");
  const engine = createEngine({ program: programFor(), library: new Map([[changed.hash, changed]]), now: 0 });
  tell(engine, [...events, { type: "program.loaded", program: changed.hash, zones: {} }]);
  expect(stateOf(engine, who)).toBe(state);
});
