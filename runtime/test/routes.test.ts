import { describe, expect, it, test } from "vitest";
import { isClosed, makeSource, readDirectory, routeOf } from "../../language/index.ts";
import { createEngine } from "../engine.ts";
import type { Command } from "../commands.ts";
import { runTests } from "../simulation/test.ts";
import { loadProgram } from "../strategy/load.ts";
import { house, programOf } from "./programs.ts";

const routes = '{ "+34*": [narrow], "+34803*": [], "+4930*": [berlin, pstn], "112": [pstn], "*": [pstn] }';
const routed = house
  .replace(
    'pstn: { to: "sip:gw.example" }',
    `pstn: { to: "sip:gw.example" }
  narrow: { to: "sip:gw2.example", no_answer: 7s }
  berlin: { to: "sip:gw3.example" }`,
  )
  .replace("outbound: [pstn]", `outbound: ${routes}`);

describe("row 0.13: by which trunk a number leaves, the longest that fits", () => {
  const { directory, diagnostics } = readDirectory([makeSource("directory.yaml", routed)]);
  it("reads", () => expect(diagnostics).toEqual([]));
  it.each([
    ["+34910603165", ["narrow"]],
    ["910603165", ["narrow"]],
    ["0034910603165", ["narrow"]],
    ["+34803123456", []],
    ["+49301234567", ["berlin", "pstn"]],
    ["+49891234567", ["pstn"]],
    ["112", ["pstn"]],
    ["1125", ["pstn"]],
  ])("%s: %j", (number, trunks) => {
    expect(routeOf(number, directory)).toEqual(trunks);
    expect(isClosed(number, directory)).toBe(trunks.length === 0);
  });

  it("without `*` nothing else leaves", () => {
    const only = readDirectory([makeSource("directory.yaml", routed.replace(', "*": [pstn]', ""))]).directory;
    expect(routeOf("+15095550139", only)).toEqual([]);
  });

  it.each([
    ["a trunk that is not there", '{ "+34*": [nowhere] }', "nowhere"],
    ["what is no number", "{ spain: [pstn] }", "`spain`"],
  ])("%s is told", (_what, written, named) => {
    const [found] = readDirectory([makeSource("directory.yaml", routed.replace(routes, written))]).diagnostics;
    expect(found).toMatchObject({ severity: "error", message: expect.stringContaining(named) });
  });
});

function failures(statements: string, told: string): string[] {
  const text = `strategy "s" { entry "5000"  default route to group Reception
      ${statements}
    }
    test "t" for "s" { call A from "+34600000001" to "5000" at 0s
      ${told}
    }`;
  return runTests(programOf(text, routed)).flatMap((result) => result.failures.map(({ message }) => message));
}

test.each([
  ["+34910000000", "answered by number"],
  ["+34803000000", "gone"],
])("a strategy rings %s: %s", (number, outcome) => {
  const told = outcome === "gone" ? 'expect A hears "gone"' : `expect A answered by number "${number}"`;
  const ring = `answer  ring "${number}" for 20s { on unreachable { play "gone" hangup } }  hangup`;
  expect(failures(ring, `number "${number}" answers after 1s  ${told}`)).toEqual([]);
});

test("row 4.23: nothing rings longer on a trunk than its `no_answer`", () => {
  const ring = 'answer  ring "+34910000000" for 20s { on no_answer { play "gone" hangup } }  hangup';
  expect(failures(ring, 'number "+34910000000" answers after 9s  expect A hears "gone" before 8s')).toEqual([]);
});

describe("toll fraud: what a caller brings cannot be called but where the directory leads", () => {
  /** Offers that a call makes whose strategy calls what it was told, in every way there is. */
  function offered(target: string): { number: string; trunks: string[] }[] {
    const ways = [
      "ring call.data.target for 20s { on unreachable { } on no_answer, busy, rejected { } }",
      "transfer to call.data.target { on failed { } }",
      "dial call.data.target via trunk narrow, trunk pstn { on failed(code) { } on busy, no_answer { } }",
    ];
    const found: { number: string; trunks: string[] }[] = [];
    for (const way of ways) {
      const checked = programOf(
        `strategy "s" { entry "5000"  default route to group Reception  answer  ${way}  hangup }`,
        routed,
      );
      const engine = createEngine({ program: loadProgram(checked), now: 0 });
      const take = (commands: readonly Command[]): void => {
        for (const command of commands)
          if (command.type === "offer" && command.party.kind === "number") found.push(command.party);
      };
      const arrived = { type: "call.arrived", call: "A", from: "+34600000001", to: "5000", data: { target } } as const;
      take(engine.accept(arrived, 0).commands);
      take(engine.accept({ type: "call.answered", call: "A" }, 1).commands);
    }
    return found;
  }

  it("a number that leads somewhere is called by its trunk, by a SIP URI too", () => {
    expect(offered("+34910000000").map(({ trunks }) => trunks)).toEqual([["narrow"], ["narrow"], ["narrow"]]);
    expect(offered("sip:+34910000000@gw2.example")).toEqual([
      { kind: "number", number: "+34910000000", trunks: ["narrow"] },
    ]);
    expect(offered("tel:+34910000000").map(({ trunks }) => trunks)).toEqual([["narrow"]]);
  });

  it.each([
    "+34803123456",
    "0034803123456",
    "803123456",
    "+34 803-123.456",
    "tel:+34803123456",
    "tel:+34803123456;phone-context=x",
    "sip:+34803123456@gw.example",
    "sip:+34803123456@gw2.example;user=phone",
    "sips:803123456@gw.example",
    "SIP:+34803123456@GW.EXAMPLE",
    "sip:+34910000000@evil.example",
    "sip:+34910000000@gw3.example", // a trunk of ours, to which this number does not lead
    "sip:+34910000000:secret@gw.example@evil.example",
    "+34#803123456",
    "+34910000000#803123456",
    "+3",
  ])("%j is called by nobody", (target) => expect(offered(target)).toEqual([]));
});
