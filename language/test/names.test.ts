import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { readDirectory } from "../directory/read.ts";
import { resolveNames, usedPath } from "../names.ts";
import { parse } from "../parse.ts";
import { plannedRules } from "../planned.ts";
import { makeSource } from "../source.ts";

const cases = readFileSync(new URL("cases.yaml", import.meta.url), "utf8");
const { directory } = readDirectory([makeSource("cases.yaml", cases)]);

const read = (files: Record<string, string>) =>
  Object.entries(files).map(([path, text]) => {
    const source = makeSource(path, text);
    return { source, file: parse(source).file };
  });

/** Findings of several files: path, code and message. */
const told = (files: Record<string, string>) =>
  check(read(files), directory).diagnostics.map(({ path, code, message }) => `${path} ${code} ${message}`);

const strategy = (body: string, entry = "5000") =>
  `strategy "s${entry}" { entry "${entry}"  default route to group Sales  ${body}  hangup }`;

describe("the path of a used file", () => {
  it.each([
    ["a.strategy", "lib/crm.strategy", "lib/crm.strategy"],
    ["x/a.strategy", "lib/crm.strategy", "x/lib/crm.strategy"],
    ["x/a.strategy", "./crm.strategy", "x/crm.strategy"],
    ["x/y/a.strategy", "../crm.strategy", "x/crm.strategy"],
    ["x/a.strategy", "../../crm.strategy", "../crm.strategy"],
    ["../x/a.strategy", "../crm.strategy", "../crm.strategy"],
    ["./x/a.strategy", "b.strategy", "x/b.strategy"],
    ["/p/a.strategy", "../../../b.strategy", "/b.strategy"],
    ["x/a.strategy", "/p/b.strategy", "/p/b.strategy"],
    ["", "./a.strategy", "a.strategy"],
  ])("%s uses %s: %s", (from, path, expected) => {
    expect(usedPath(from, path)).toBe(expected);
  });
});

describe("use", () => {
  it("makes what a file declares, and what that uses, nameable", () => {
    const files = {
      "a.strategy": `use "lib/b.strategy"\n${strategy("run one()  run two()")}`,
      "lib/b.strategy": 'use "c.strategy"\nsub one() { run two() }',
      "lib/c.strategy": 'sub two() { note "x" }',
    };
    expect(told(files)).toEqual([]);
    const [resolved] = [resolveNames(read(files))];
    expect([...(resolved.names.get("a.strategy")?.subs.keys() ?? [])]).toEqual(["one", "two"]);
    expect([...(resolved.names.get("lib/c.strategy")?.subs.keys() ?? [])]).toEqual(["two"]);
  });

  it("goes in circles without harm", () => {
    expect(
      told({
        "a.strategy": `use "b.strategy"\nsub one() { note "x" }\n${strategy("run two()")}`,
        "b.strategy": 'use "a.strategy"\nsub two() { run one() }',
      }),
    ).toEqual([]);
  });

  it("of a file that is not there", () => {
    expect(told({ "x/a.strategy": `use "b.strategy"\n${strategy("")}` })).toEqual([
      "x/a.strategy S210 there is no file `b.strategy`",
    ]);
  });

  it("of what nobody names, or a second time", () => {
    const lib = { "b.strategy": 'sub one() { note "x" }' };
    expect(told({ "a.strategy": `use "b.strategy"\n${strategy("")}`, ...lib })).toEqual([
      "a.strategy S214 nothing of `b.strategy` is named here",
    ]);
    expect(told({ "a.strategy": `use "b.strategy"\nuse "./b.strategy"\n${strategy("run one()")}`, ...lib })).toEqual([
      "a.strategy S214 `./b.strategy` is used above already",
    ]);
  });

  it("of strategies that are tested elsewhere", () => {
    const test = 'test "t" for "s5000" { call A from "1" to "5000" at 0s  expect A ends hung_up }';
    expect(told({ "a.strategy": strategy(""), "t.strategy": `use "a.strategy"\n${test}` })).toEqual([]);
  });

  it("brings no name that is not named", () => {
    expect(told({ "a.strategy": strategy("run one()"), "b.strategy": 'sub one() { note "x" }' })).toEqual([
      "a.strategy S213 there is no sub `one`",
    ]);
  });

  it("of two files with one name", () => {
    const files = {
      "a.strategy": `use "b.strategy"\nuse "c.strategy"\n${strategy("run one()  run two()")}`,
      "b.strategy": 'sub one() { note "b" }',
      "c.strategy": 'sub one() { note "c" }\nsub two() { note "d" }',
    };
    expect(told(files)).toEqual(["a.strategy S205 this brings a sub `one`, and there is a sub of this name already"]);
  });

  it("of a file that has the name twice is told there", () => {
    expect(
      told({
        "a.strategy": `use "b.strategy"\n${strategy("run one()")}`,
        "b.strategy": 'sub one() { note "b" }\nsub one() { note "c" }',
      }),
    ).toEqual(["b.strategy S205 there is a sub `one` already"]);
  });

  it("a sub sees the names of its own file", () => {
    expect(
      told({
        "a.strategy": `use "b.strategy"\nsub mine() { note "x" }\n${strategy("run one()  run mine()")}`,
        "b.strategy": "sub one() { run mine() }",
      }),
    ).toEqual(["b.strategy S213 there is no sub `mine`"]);
  });
});

describe("the rules of a queue by a plan", () => {
  const text = `queue plan p {
  priority 5
  ring for 15s
  at 0s group Sales
  at 1m add group Night
  give up after 5m
  on give_up, nobody { note "plan" }
}
strategy "s" {
  entry "1"
  default route to group Sales
  queue Q by p {
    ring for 20s
    at 30s add agent ana
    at 2m only agent luc
    on nobody { note "own" }
  }
}`;
  const [{ file } = { file: undefined }] = read({ "a.strategy": text });
  const [plan, whole] = file?.items ?? [];
  const queue = whole?.kind === "strategy" ? whole.body.statements[0] : undefined;
  if (plan?.kind !== "plan" || queue?.kind !== "queue") throw new Error("no plan");
  const { rules, fromPlan } = plannedRules(queue, plan);
  const written = (node: { range: { start: number; end: number } } | undefined) =>
    node && text.slice(node.range.start, node.range.end);

  it("own lines win, and the plan's fill in", () => {
    expect([written(rules.priority), written(rules.ringFor), written(rules.giveUp)]).toEqual([
      "priority 5",
      "20s",
      "give up after 5m",
    ]);
  });

  it("steps are merged by their time", () => {
    expect(rules.steps.map(written)).toEqual([
      "at 0s group Sales",
      "at 30s add agent ana",
      "at 1m add group Night",
      "at 2m only agent luc",
    ]);
  });

  it("an own handler takes its outcome from the plan's", () => {
    const handlers = rules.handlers.map(
      ({ outcomes, body }) => `${outcomes.map(({ name }) => name.text).join()} ${written(body)}`,
    );
    expect(handlers).toEqual(['nobody { note "own" }', 'give_up { note "plan" }']);
  });

  it("knows which lines the plan wrote", () => {
    const lines = [rules.priority, rules.ringFor, rules.giveUp, ...rules.steps, ...rules.handlers];
    expect(lines.map((line) => line !== undefined && fromPlan.has(line))).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it("a queue without a plan has its own", () => {
    expect(plannedRules(queue, undefined)).toEqual({ rules: queue, fromPlan: new Set() });
  });
});
