import { describe, expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { draw } from "../random.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { zonesFor } from "../zone-data.ts";
import { programOf } from "./programs.ts";

/*
 * A call that is shown to fifty people of whom all want it, in any order, with any delay, twice, or after they said no.
 */

const PEOPLE = 55;
const directory = `directory: 1
site: { name: big, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { entry_route: group Everyone }
agents:
${Array.from({ length: PEOPLE }, (_, index) => `  a${index}: { extension: "${6000 + index}", auto_login: yes }`).join("\n")}
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
groups: { All: { members: [${Array.from({ length: PEOPLE }, (_, index) => `a${index}`).join(", ")}] } }
`;

const program = loadProgram(
  programOf(
    `strategy "s" {
      entry "5000"
      default route to group All
      answer
      preview to group All for 20s { on accepted(w) { ring w for 10s  note "lost {w.id}" } }
      hangup
    }`,
    directory,
  ),
);

const zones = zonesFor(program.zones, 0);

function run(seed: number): { records: EventRecord[]; offers: string[]; states: string[] } {
  const engine = createEngine({ program, now: 0, seed, zones });
  const records: EventRecord[] = [];
  const offers: string[] = [];
  const tell = (event: Event, at: number): EventRecord[] => {
    const outcome = engine.accept(event, at);
    records.push(...outcome.records);
    for (const each of outcome.commands)
      if (each.type === "offer" && each.party.kind === "agent") offers.push(each.party.agent);
    return outcome.records;
  };
  tell({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 0);
  const shown = tell({ type: "call.answered", call: "A" }, 0).filter((each) => each.type === "preview.offered");
  const declines = draw(seed, "declines", 0) % 4;
  const order = shown
    .flatMap(({ preview, agent }, index): [number, Event][] => [
      [draw(seed, "order", index), { type: "preview.accepted", call: "A", preview, agent }],
      [draw(seed, "again", index), { type: "preview.accepted", call: "A", preview, agent }],
      ...(index < declines
        ? [[draw(seed, "no", index), { type: "preview.declined", call: "A", preview, agent }] satisfies [number, Event]]
        : []),
    ])
    .toSorted(([a], [b]) => a - b);
  // All at one instant in every third run; in the others before the phone of the first has rung long enough.
  order.forEach(([, event], index) => tell(event, seed % 3 === 0 ? 5 : index * 50));
  return { records, offers, states: engine.agents().map(({ state }) => state) };
}

/** A thousand orders in a soak, some of them in every test run. */
const ORDERS = process.env["CORDBOARD_SOAK"] === "1" ? 1000 : 50;

test.each(Array.from({ length: 10 }, (_, part) => part))(
  "row 3.7: of fifty who accept exactly one is rung, and every other is told: orders that end in %i",
  (part) => {
    for (let seed = part; seed < ORDERS; seed += 10) {
      const { records, offers, states } = run(seed);
      const of = (type: EventRecord["type"]) => records.filter((each) => each.type === type);
      const outcomes = records.flatMap((each) => (each.type === "preview.ended" ? [each.outcome] : []));
      const won = records.flatMap((each) =>
        each.type === "preview.ended" && each.outcome === "accepted" ? [each.agent] : [],
      );
      expect(of("preview.offered")).toHaveLength(50);
      expect(won).toHaveLength(1);
      expect(offers).toEqual(won);
      expect(outcomes).toHaveLength(50);
      expect(
        outcomes.filter((each) => each === "answered_elsewhere").length + of("preview.late").length,
      ).toBeGreaterThan(49);
      expect(states.filter((each) => each === "ringing")).toHaveLength(1);
    }
  },
);

describe("one person", () => {
  const alone = loadProgram(
    programOf(
      `strategy "s" {
        entry "5000", "6000"
        default route to group G
        answer
        if call.to == "5000" {
          preview to agent ana for 20s {
            on accepted(w) { note "accepted"  hangup }
            on declined_by_all { note "declined" }
            on timeout { note "timeout" }
            on nobody { note "unreachable" }
          }
          hangup
        }
        queue Q { at 0s group G  give up after 10m }
      }`,
      `directory: 1
site: { name: small, zone: Europe/Madrid, country: ES, languages: [en] }
agents: { ana: { extension: "1", auto_login: yes } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
groups: { G: { members: [ana] } }
`,
    ),
  );
  const calls = (call: string, to: string): Event[] => [
    { type: "call.arrived", call, from: "1", to },
    { type: "call.answered", call },
  ];
  const preview = { call: "A", preview: "A/1", agent: "ana" };

  test.each<[string, Event[], Event[]]>([
    ["accepted", [], [{ type: "preview.accepted", ...preview }]],
    ["declined", [], [{ type: "preview.declined", ...preview }]],
    ["timeout", [], []],
    ["unreachable", [{ type: "agent.claimed", agent: "ana", source: "login", state: "offline" }], []],
  ])("row 3.5: what is shown to one comes to this: %s", (outcome, before, answer) => {
    const engine = createEngine({ program: alone, now: 0, zones });
    const notes: string[] = [];
    const tell = (events: Event[], at: number): void => {
      for (const event of events)
        for (const each of engine.accept(event, at).records) if (each.type === "call.noted") notes.push(each.text);
    };
    tell([...before, ...calls("A", "5000")], 0);
    tell(answer, 1000);
    tell([{ type: "time.passed" }], 20_000);
    expect(notes).toEqual([outcome]);
  });

  test("row 3.30: to whom a call is shown no other is offered, until he has said no", () => {
    const engine = createEngine({ program: alone, now: 0, zones });
    const rung = (events: Event[]): string[] =>
      events.flatMap((event) =>
        engine.accept(event, 1).commands.flatMap((each) => (each.type === "offer" ? [each.call] : [])),
      );
    expect(rung([...calls("A", "5000"), ...calls("B", "6000")])).toEqual([]);
    expect(engine.agent("ana")?.work).toMatchObject([{ kind: "ringing", call: "A" }]);
    expect(rung([{ type: "preview.declined", ...preview }])).toEqual(["B"]);
  });
});

test("more than fifty are not asked at once, and that is told", () => {
  const { records } = run(1);
  expect(records).toContainEqual(expect.objectContaining({ type: "limit.reached", limit: "previews" }));
});
