import { describe, expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { runTests } from "../simulation/test.ts";
import { loadProgram } from "../strategy/load.ts";
import { house, programOf } from "./programs.ts";

/* What the directory says of a trunk holds in tests as on live calls: which numbers it may call, and how many calls it carries. */

const lines = house.replace(
  'pstn: { to: "sip:gw.example" }',
  'pstn: { to: "sip:gw.example" }\n  narrow: { to: "sip:gw3.example", channels: 1, outbound: { allowed: ["+34*"] } }',
);

function failures(statements: string, told: string, directory = lines): string[] {
  const text = `strategy "s" { entry "5000"  default route to group Reception
      ${statements}
    }
    test "t" for "s" { call A from "+34600000001" to "5000" at 0s hangs up at 20s
      ${told}
    }`;
  return runTests(programOf(text, directory)).flatMap((result) => result.failures.map(({ message }) => message));
}

const dial = (number: string) =>
  `dial "${number}" via trunk narrow { on failed(code) { if code == 403 { reject 403 } reject 503 } on busy { reject 486 } }  hangup`;
const answers = 'number "+442070000000" answers after 1s  number "+34910000000" answers after 1s';

test.each([
  [
    "a number that the trunk may not call",
    "+442070000000",
    "expect A ends rejected  expect A never answered by trunk narrow",
  ],
  ["one that it may", "+34910000000", "expect A answered by trunk narrow"],
  ["a second call on its only channel", "+34910000000", 'call B from "1" to "5000" at 5s  expect B ends rejected'],
  ["one after it", "+34910000000", 'call B from "1" to "5000" at 25s  expect B answered by trunk narrow'],
])("dial: %s", (_what, number, told) => {
  expect(failures(dial(number), `${answers}  ${told}`)).toEqual([]);
});

test("what is free follows who talks over the trunk", () => {
  const statements = `if free(trunk narrow) == 0 and active(trunk narrow) == 1 { reject 486 }
    ${dial("+34910000000")}`;
  expect(failures(statements, `${answers}  call B from "1" to "5000" at 5s  expect B ends rejected`)).toEqual([]);
});

test("numbers outside leave by trunks that may call them and have room", () => {
  const narrow = lines.replace("outbound: [pstn]", "outbound: [narrow]");
  const ring = (number: string) => `answer  ring "${number}" for 20s { on unreachable { play "gone" hangup } }  hangup`;
  expect(failures(ring("+442070000000"), `${answers}  expect A hears "gone"`, narrow)).toEqual([]);
  expect(failures(ring("+34910000000"), `${answers}  expect A answered by number "+34910000000"`, narrow)).toEqual([]);
  const second = `${answers}  call B from "1" to "5000" at 5s  expect B hears "gone"`;
  expect(failures(ring("+34910000000"), second, narrow)).toEqual([]);
});

describe("phones behind a group of trunks (rows 2.2, 4.15)", () => {
  const behind = (order: string, more = "") =>
    house
      .replace('ana: { extension: "6101"', 'ana: { device: d_ana, extension: "6101"')
      .replace(
        "trunk_groups:",
        `devices: { d_ana: { user: "6101", trunk: pair } }\ntrunk_groups:\n  pair: { trunks: [left, right], order: ${order} }`,
      )
      .replace("trunks:\n", `trunks:\n  left: { to: "sip:l.example"${more} }\n  right: { to: "sip:r.example" }\n`)
      .replace("upstairs: { trunks: pbx }", "upstairs: { trunks: right }");
  const text = `strategy "s" { entry "5000"  default route to group Reception  answer
    ring agent ana for 20s { on busy, no_answer, rejected, unreachable { note "gone" } }  hangup }
    strategy "site" { entry "5001"  default route to group Reception
      answer  queue Q { at 0s site upstairs  give up never } }`;

  function begin(directory: string) {
    const engine = createEngine({ program: loadProgram(programOf(text, directory)), now: 0 });
    engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
    let calls = 0;
    const tell = (event: Event) => engine.accept(event, 1);
    /** By which trunks he is rung, in turn, by one more call. */
    const rung = (to = "5000") => {
      const call = `C${++calls}`;
      const { commands } = [
        tell({ type: "call.arrived", call, from: "1", to }),
        tell({ type: "call.answered", call }),
      ][1]!;
      const parties = commands.flatMap((command) => (command.type === "offer" ? [command.party] : []));
      return { call, trunks: parties.map(({ trunks }) => trunks?.join(" ")).join() };
    };
    /** The same, each call over before the next. */
    const each = (count: number) =>
      Array.from({ length: count }, () => {
        const { call, trunks } = rung();
        tell({ type: "call.gone", call });
        return trunks;
      });
    const down = (trunk: string, up = false) => void tell({ type: "trunk.changed", trunk, up });
    return { engine, rung, each, down, tell };
  }

  test("priority: as they are written", () =>
    expect(begin(behind("priority")).each(3)).toEqual(["left right", "left right", "left right"]));

  test("rotate: each in turn", () =>
    expect(begin(behind("rotate")).each(3)).toEqual(["left right", "right left", "left right"]));

  test("random: each comes first at times", () =>
    expect(new Set(begin(behind("random")).each(40))).toEqual(new Set(["left right", "right left"])));

  test("by those that live, and he is gone only with the last of them", () => {
    const { engine, each, down } = begin(behind("priority"));
    down("left");
    expect(engine.agent("ana")?.state).toBe("ready");
    expect(each(1)).toEqual(["right"]);
    down("right");
    expect(engine.agent("ana")).toMatchObject({ state: "offline", reasons: ["trunk down"] });
    expect(each(1)).toEqual([""]);
    down("right", true);
    expect(engine.agent("ana")?.state).toBe("ready");
    expect(each(1)).toEqual(["right"]);
  });

  test("where one has no channel left by the other, and whoever is rung counts on the trunk he is rung by", () => {
    const { engine, rung, tell } = begin(behind("priority", ", channels: 1"));
    const first = rung();
    expect([first.trunks, engine.call(first.call)?.offers[0]?.trunk]).toEqual(["left right", "left"]);
    tell({ type: "offer.answered", call: first.call, offer: `${first.call}/1` });
    tell({ type: "call.connected", call: first.call, offer: `${first.call}/1` });
    tell({ type: "call.dialled", call: "D", agent: "ben", to: "6101" });
    tell({ type: "call.arrived", call: "T", from: "1", to: "5000", trunk: "left" });
    tell({ type: "call.gone", call: first.call });
    expect(rung().trunks).toBe("right");
  });

  test("he belongs to the sites of each of them", () =>
    expect(begin(behind("priority")).rung("5001").trunks).toBe("left right"));

  test("in tests: the next trunk where the first replies 503", () => {
    const trying = (told: string) =>
      runTests(
        programOf(
          `${text} test "t" for "s" { agent ana with group Sales, ready  agent ana accepts after 2s, talks 30s
            call A from "+34600000001" to "5000" at 0s  ${told} }`,
          behind("priority"),
        ),
      ).flatMap((result) => result.failures.map(({ message }) => message));
    expect(trying("trunk left replies 503  expect A answered by ana")).toEqual([]);
    expect(trying("trunk left replies 503  trunk right replies 503  expect A never answered by ana")).toEqual([]);
  });
});

test("which trunk a number is called by, and what it said, is told", () => {
  const dialled = `strategy "s" { entry "5000"  default route to group Reception  dial "+34910000000" via trunk backup, trunk pstn }`;
  const program = loadProgram(programOf(dialled));
  const engine = createEngine({ program, now: 0, library: new Map([[program.hash, program]]) });
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 1);
  const { records } = engine.accept(
    { type: "offer.failed", call: "A", offer: "A/1", outcome: "unreachable", sip: 500 },
    2,
  );
  expect(records).toMatchObject([
    { type: "offer.ended", offer: "A/1", outcome: "unreachable", sip: 500 },
    { type: "offer.made", offer: "A/2", trunk: "pstn" },
  ]);
});
