import { describe, expect, test } from "vitest";
import { runTest } from "../../runtime/index.ts";
import { exampleProgram } from "../../runtime/test/programs.ts";
import { type Lane, lanesOf } from "../pictures/lanes.ts";
import { nodeAt, passedBy } from "../pictures/passed.ts";
import { ladderOf } from "../pictures/rungs.ts";

/* Pictures as data: what a run's records come to as lanes and as a ladder, and which steps of a flow places of the text belong to. */

const recordsOf = (example: string, name: string) => {
  const checked = exampleProgram(example);
  const block = checked.tests.find(({ test: one }) => one.name.parts[0] === name);
  if (!block) throw new Error(`${example} has no test ${name}`);
  return runTest(checked, block).records;
};

const widens = recordsOf("first-call", "the call widens to the whole group after 20 s, and keeps its place");
const alone = recordsOf("first-call", "nobody answers: the caller leaves a message");

describe("lanes", () => {
  const began = widens[0]?.at ?? 0;
  const seconds = (at: number | undefined) => (at === undefined ? "…" : (at - began) / 1000);
  const isReady = widens.find((record) => record.type === "agent.state");
  if (!isReady) throw new Error("nobody was ready");
  const drawn = ({ pieces, dots }: Lane) => [
    ...pieces.map(({ from, to, about }) => `${seconds(from)}-${seconds(to)} ${about}`),
    ...dots.map(({ at, about, tone }) => `${seconds(at)} ${about}${tone === "bad" ? "!" : ""}`),
  ];

  test("a call: the strategy, the wait, the talk, and what rang", () => {
    expect(lanesOf(widens).calls.map(drawn)).toMatchInlineSnapshot(`
      [
        [
          "0-4 first call",
          "4-27 waits in Helpdesk",
          "27-… talks with luc",
          "4 rings at ana",
          "19 ana no_answer!",
          "24 step 2",
          "24 rings at luc",
        ],
      ]
    `);
  });

  test("agents: their states, one after the other", () => {
    expect(lanesOf(widens).agents.map((lane) => [lane.id, ...drawn(lane)])).toMatchInlineSnapshot(`
      [
        [
          "ana",
          "0-4 ready",
          "4-19 ringing",
          "19-… not ready: no_answer",
        ],
        [
          "luc",
          "0-24 ready",
          "24-27 ringing",
          "27-… talking",
        ],
      ]
    `);
  });

  test("agents stand as people count them", () => {
    const states = ["agent10", "agent2", "ana"].map((agent) => ({ ...isReady, agent }));
    expect(lanesOf(states).agents.map(({ id }) => id)).toEqual(["agent2", "agent10", "ana"]);
  });

  test("end where the call ends, on a message too", () => {
    const [lane] = lanesOf(alone).calls;
    expect(lane?.to).toBe(alone.find(({ type }) => type === "call.ended")?.at);
    expect(lane?.pieces.map(({ as }) => as)).toContain("message");
    expect(lane?.pieces.every(({ to }) => to !== undefined)).toBe(true);
  });
});

describe("the ladder", () => {
  test("has caller, strategy, queue and parties from left to right, and who said what", () => {
    const { columns, rungs } = ladderOf(widens, "A");
    expect(columns).toEqual(["caller", "strategy", "queue Helpdesk", "ana", "luc"]);
    expect(rungs.map(({ from, to = "–", text }) => `${from} → ${to}: ${text}`)).toMatchInlineSnapshot(`
      [
        "caller → strategy: calls 5000 from +34600000001",
        "strategy → caller: answers",
        "strategy → caller: play “welcome”",
        "strategy → queue Helpdesk: joins, place 1",
        "queue Helpdesk → ana: rings for 15 s",
        "queue Helpdesk → caller: music “moh/calm”",
        "ana → queue Helpdesk: no answer",
        "queue Helpdesk → –: step 2",
        "queue Helpdesk → luc: rings for 15 s",
        "queue Helpdesk → caller: play “still-here”",
        "luc → queue Helpdesk: answered",
        "queue Helpdesk → strategy: answered",
        "caller → luc: talk",
      ]
    `);
  });

  test("knows nothing of other calls", () => {
    expect(ladderOf(widens, "B").rungs).toEqual([]);
  });
});

describe("steps of a flow", () => {
  const node = (id: string, start: number, end: number, shape: "step" | "start" = "step") => ({
    id,
    shape,
    path: "a.strategy",
    range: { start, end },
  });
  const nodes = [node("entry", 0, 5, "start"), node("queue", 10, 90), node("music", 40, 50), node("other", 95, 99)];
  const place = (start: number, path = "a.strategy") => ({ path, range: { start, end: start + 1 } });

  test.each([
    ["the innermost around it", place(41), "music"],
    ["what is around it where nothing is nearer", place(60), "queue"],
    ["none between statements", place(92), undefined],
    ["none of another file", place(41, "b.strategy"), undefined],
  ])("a place belongs to %s", (_, at, expected) => {
    expect(nodeAt(nodes, at)).toBe(expected);
  });

  test("a call has passed where it was, and the start that leads there", () => {
    const edges = [
      { from: "entry", to: "queue" },
      { from: "queue", to: "other" },
    ];
    expect([...passedBy(nodes, edges, [place(60), place(41)])]).toEqual(["queue", "music", "entry"]);
  });
});
