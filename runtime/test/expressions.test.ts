import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Value } from "../values.ts";
import { programOf } from "./programs.ts";

const data: Record<string, Value> = {
  n: 7,
  name: "Ada",
  big: true,
  nothing: null,
  list: { is: "list", items: [1, 2, 3] },
  deep: { is: "record", fields: { inner: "x", "k-2": "y" } },
  wait: { is: "duration", ms: 90_000 },
};

/** What a strategy notes of an expression, or why it went another way. */
function noted(expression: string, before = ""): string {
  const program = programOf(`
    calendar allday { open mon..sun 00:00..24:00 }
    strategy "s" { entry "5100" default route to group Reception ${before} let it = ${expression} note "{it}" reject 486 }
    strategy "t" { entry "5101" default route to group Reception answer queue Sales { at 0s group Sales give up never } }`);
  const engine = createEngine({ program: loadProgram(program), now: 1_000_000 });
  const events: Event[] = [
    { type: "agent.readied", agent: "ana", source: "desk" },
    { type: "agent.claimed", agent: "ben", source: "login", state: "not_ready", reason: "lunch" },
    {
      type: "call.arrived",
      call: "A",
      from: "0034600000001",
      to: "5100",
      trunk: "pbx",
      headers: { "X-Cell": "17" },
      data,
    },
  ];
  const records = events.flatMap((event) => engine.accept(event, 1_000_000).records);
  const told = records.find((record) => record.type === "call.noted" || record.type === "call.default_routed");
  return told?.type === "call.noted"
    ? told.text
    : told?.type === "call.default_routed"
      ? `! ${told.reason}`
      : "nothing";
}

test.each([
  // numbers, durations, moments
  ["1 + 2 * 3 - 4 / 2", "5"],
  ["-(2 + 3)", "-5"],
  ["call.data.n / (call.data.n - call.data.n)", "! bad_value: number / number (test.strategy:3)"],
  ["90s + 30s", "2m"],
  ["2 * 90s", "3m"],
  ["90s / 2", "45s"],
  ["90s / 30s", "3"],
  ["call.data.wait - 30s", "1m"],
  ["call.arrived + 1s", "1970-01-01T00:16:41.000Z"],
  ["call.arrived - call.arrived", "0s"],
  ["call.waited", "0s"],
  ["never > 30d", "yes"],
  ["closing(allday)", "never"],
  ["closing(allday) > call.arrived", "yes"],
  ["call.arrived + 1d >= closing(allday)", "no"],
  ["closing(allday) - call.arrived", "never"],
  ["next_opening(allday) == call.arrived", "yes"],
  ["20%", "20%"],
  ["09:05", "09:05"],
  ["2026-12-24 > 2026-12-23", "yes"],
  // comparing
  ["3 < 3", "no"],
  ["3 <= 3", "yes"],
  ["call.data.n > call.data.name", "no"],
  ["call.data.nothing > 3", "! bad_value: missing beside `>` (test.strategy:3)"],
  ['call.data.n == "7"', "no"],
  ["call.data.list == [1, 2, 3]", "yes"],
  ["call.data.nothing == missing", "yes"],
  ["2 in call.data.list", "yes"],
  ["9 in call.data.list", "no"],
  ["1 in call.data.n", "! bad_value: `in` needs a list or numbers, not number (test.strategy:3)"],
  ['call.data.name starts with "Ad"', "yes"],
  // yes and no
  ["call.data.big and not (1 == 2)", "yes"],
  ["call.data.n and yes", "! bad_value: number where yes or no is needed (test.strategy:3)"],
  ["no and call.data.n", "no"],
  ["yes or call.data.n", "yes"],
  // what is missing
  ['call.data.absent ?? "else"', "else"],
  ["call.data.absent is found", "no"],
  ["call.data.n is found", "yes"],
  ["call.data.absent", "! bad_value: missing inside a text (test.strategy:3)"],
  ['call.data.absent.deeper ?? "gone"', "gone"],
  ['call.data.__proto__ ?? "gone"', "gone"],
  ['call.data["constructor"] ?? "gone"', "gone"],
  // records
  ["call.data.deep.inner", "x"],
  ['call.data.deep["k-2"]', "y"],
  ["call.data.name.first", "! bad_value: text has no `first` (test.strategy:3)"],
  ['call.header["x-cell"] ?? "none"', "17"],
  ['call.header["x-other"] ?? "none"', "none"],
  // the call
  ["call.language", "en"],
  ["call.entry", "5100"],
  ["call.trunk == trunk pbx", "yes"],
  // phones are phones
  ['call.from == "+34600000001"', "yes"],
  ['call.from == "600 000 001"', "yes"],
  ['call.from starts with "+346"', "yes"],
  ['call.from in ["+34600000001"]', "yes"],
  ["call.from in numbers duty", "no"],
  ["call.from is withheld", "no"],
  ["call.from", "0034600000001"],
  ['"{call.from}" == "600000001"', "no"],
  ['(call.data.absent ?? call.from) == "600000001"', "yes"],
  ['(if yes then call.from else "1") == "600000001"', "yes"],
  ['call.from in ["1", "600000001"]', "yes"],
  ['"600000001" in [call.from]', "yes"],
  ["call.from == call.to", "no"],
  ["call.from == missing", "no"],
  ['call.data["{call.from}"] ?? "none"', "none"],
  ['call.data[call.from] ?? "none"', "none"],
  ["agent_named(call.from) is found", "no"],
  // agents
  ['agent_at("6101").name ?? ""', "ana"],
  ['agent_at("9999") is found', "no"],
  ['agent_named("ben").state', "not_ready"],
  ['agent_named("ana").state == ready', "yes"],
  ["agent cleo.state == offline", "yes"],
  ["agent ana.device", "ana"],
  ['agent ana.redirect ?? "none"', "none"],
  // statistics
  ["ready(group Sales)", "1"],
  ["staffed(group Sales)", "2"],
  ["reachable(agent cleo)", "0"],
  ["busy(group Sales)", "0"],
  ["waiting(queue Sales)", "0"],
  ["longest_wait(queue Sales)", "0s"],
  // choosing
  ['if call.data.n > 5 then "big" else "small"', "big"],
  ['match call.data.n { 1, 2 -> "low" 7 -> "seven" else -> "high" }', "seven"],
  ['match agent ben.state { ready, talking -> "there" not_ready -> "away" else -> "gone" }', "away"],
  ['match call.from { "600000001" -> "known" else -> "unknown" }', "known"],
  ["mailbox of group Sales == mailbox sales", "yes"],
])("%s is %s", (expression, expected) => {
  expect(noted(expression)).toBe(expected);
});

test.each([
  ['c == "600000001"', "yes"],
  ['c != "600000001"', "no"],
  ['"600 000 001" == c', "yes"],
  ['match c { "600000001" -> "known" else -> "unknown" }', "known"],
  ['c in ["600000001"]', "yes"],
  ['c starts with "+346"', "yes"],
  ["c is withheld", "no"],
  ["c == call.from", "yes"],
  ['call.data.caller == "600000001"', "yes"],
  ["call.data.caller", "0034600000001"],
  ['d == "600000900"', "yes"],
])("behind a name %s is %s", (expression, expected) => {
  expect(noted(expression, "let c = call.from let d = number duty set call.data.caller = c")).toBe(expected);
});

test("others are told of a phone as its number", () => {
  const program = programOf(`strategy "s" {
    entry "5100"
    default route to group Reception
    set call.data.caller = call.from
    set call.data.deep = { list: [call.to] }
    ring agent ana for 20s { showing { from: call.from } }
  }`);
  const engine = createEngine({ program: loadProgram(program), now: 0 });
  engine.accept({ type: "agent.readied", agent: "ana", source: "desk" }, 0);
  const { commands } = engine.accept({ type: "call.arrived", call: "A", from: "600000001", to: "5100" }, 0);
  expect(commands).toMatchObject([{ type: "offer", showing: { from: "600000001" } }]);
  expect(engine.call("A")?.data).toEqual({
    caller: "600000001",
    deep: { is: "record", fields: { list: { is: "list", items: ["5100"] } } },
  });
});

test("a text cannot grow without end", () => {
  const doubling = Array.from({ length: 16 }, (_, index) => `let t${index + 1} = "{t${index}}{t${index}}"`).join(" ");
  expect(noted("t16", `let t0 = "xxxxxxxx" ${doubling}`)).toBe("! limit: a text became too long (test.strategy:3)");
});

test("data cannot grow without end, and what was read before stays as it was", () => {
  const more = Array.from({ length: 13 }, (_, index) => `let t${index + 1} = "{t${index}}{t${index}}"`).join(" ");
  const sets = Array.from({ length: 9 }, (_, index) => `set call.data.k${index} = t13`).join(" ");
  expect(noted("t1", `let t0 = "x" ${more} ${sets}`)).toMatch(/^! limit: call.data is larger than 65536 characters/);
  expect(noted("before.n", "let before = call.data set call.data.n = 8")).toBe("7");
  expect(noted("call.data.deep.inner", "set call.data.deep.other = 1")).toBe("x");
});

test("variables end with their block", () => {
  expect(
    noted("a", "let a = 1 if a == 1 { let b = 2 set call.data.b = b } else { let b = 3 set call.data.b = b }"),
  ).toBe("1");
});
