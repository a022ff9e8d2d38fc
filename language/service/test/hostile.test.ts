import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSource, type Range } from "../../source.ts";
import * as service from "../index.ts";
import { marked } from "./marked.ts";

const examples = join(import.meta.dirname, "../../../examples");
const texts = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".strategy"))
  .map((name) => readFileSync(join(examples, name), "utf8"));
const words = texts.join(" ").split(/\s+/);

const { project: base } = marked({ "a.strategy": "" });

/** Asks everything at one place, and gives every range that came back for the file. */
function askAll(text: string, at: number): Range[] {
  const path = "a.strategy";
  const project = service.openProject({ ...base.texts, strategies: [makeSource(path, text)] }, base);
  const sheet = project.sheets.get(path);
  const range = { start: Math.min(at, 10), end: at };
  const renamed = service.rename(project, path, at, "renamed");
  const places = [...service.definition(project, path, at), ...service.references(project, path, at)];
  return [
    ...(service.findings(project).get(path) ?? []).map((one) => one.range),
    ...service.completion(project, path, at).map((one) => one.range),
    ...[service.hover(project, path, at)].flatMap((one) => (one ? [one.range] : [])),
    ...places.flatMap((one) => (one.path === path ? [one.range] : [])),
    ...("edits" in renamed ? renamed.edits.map((one) => one.range) : []),
    ...service.actions(project, path, range).flatMap(({ edits }) => edits.map((one) => one.range)),
    ...service.formatting(project, path, range).map((one) => one.range),
    ...service.inlays(project, path).map(({ offset }) => ({ start: offset, end: offset })),
    ...service.lenses(project, path).map((one) => one.range),
    ...(sheet
      ? [...service.painting(sheet), ...service.folding(sheet), ...service.outline(sheet)].map((one) => one.range)
      : []),
    ...(sheet ? service.selections(sheet, at) : []),
  ];
}

function check(text: string, at: number): void {
  const outside = askAll(text, at).filter(({ start, end }) => !(0 <= start && start <= end && end <= text.length));
  expect(outside).toEqual([]);
}

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  {
    weight: 2,
    arbitrary: fc.constantFrom("{", "}", "(", ")", '"', '"{', "\n", ".", ",", "\r\n", "#", "-> ", "\0", "😀", "{}"),
  },
  fc.string({ maxLength: 6 }),
);

describe("hostile texts", () => {
  it("mutated examples: nothing throws, every range lies in the text", () => {
    const cut = fc.tuple(
      fc.constantFrom(...texts),
      fc.nat(),
      fc.nat({ max: 60 }),
      fc.array(piece, { maxLength: 4 }),
      fc.nat(),
    );
    fc.assert(
      fc.property(cut, ([text, from, drop, put, where]) => {
        const start = from % text.length;
        const changed = text.slice(0, start) + put.join(" ") + text.slice(start + drop);
        check(
          changed,
          where % 3 === 0 ? where % (changed.length + 1) : Math.min(start + put.join(" ").length, changed.length),
        );
      }),
      { numRuns: 60 },
    );
  });

  it("a text as it is typed, word by word", () => {
    for (const text of texts) {
      for (let at = 0; at <= text.length; at += 211) check(text.slice(0, at), at);
    }
  });

  it("random words", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.nat(), (parts, where) => {
        const text = parts.join(" ");
        check(text, where % (text.length + 1));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["nesting", "if yes { ".repeat(3000)],
    ["brackets", `strategy "s" { let a = ${"(".repeat(5000)}`],
    ["a long expression", `strategy "s" { let a = ${"1 + ".repeat(20_000)}`],
    ["a long chain", `strategy "s" { note call${".a".repeat(5000)}`],
    ["many texts", `strategy "s" { say ${'"{a}", '.repeat(3000)}`],
    ["comments", "# a\n".repeat(5000)],
    ["no line end", `strategy "s" { ${"answer ".repeat(5000)}`],
    [
      "names of JavaScript",
      'strategy "s" { set call.data.__proto__ = constructor  queue toString { on hasOwnProperty { } } ring agent constructor for 1s }',
    ],
    ["quotes", `strategy "s" { play ${'"'.repeat(3001)}`],
    ["NUL and lone surrogates", `strategy "\0\ud800" { note "\udc00{call.\0from}" }`],
  ])("%s", (_, text) => {
    for (const at of [0, text.length >> 1, text.length]) check(text, at);
  });

  it("places outside of the text, and files that are not there", () => {
    const { project } = marked({ "a.strategy": 'strategy "s" { answer }' });
    for (const at of [-5, 1000, Number.MAX_SAFE_INTEGER]) {
      expect(service.completion(project, "a.strategy", at)).toBeInstanceOf(Array);
      expect(service.definition(project, "a.strategy", at)).toEqual([]);
    }
    expect(service.completion(project, "b.strategy", 0)).toEqual([]);
    expect(service.hover(project, "b.strategy", 0)).toBeUndefined();
  });

  it("directories that are none", () => {
    for (const yaml of [
      "",
      "- a\n- b",
      "a: &a [*a]",
      "agents: { ana: { skills: 7 } }\ngroups: [x]",
      "\0",
      "agents:\n  constructor: {}",
    ]) {
      const { project, path } = marked({ "directory.yaml": yaml, "a.strategy": texts[0] ?? "" });
      for (let at = 0; at < 2000; at += 211) expect(service.completion(project, path, at)).toBeInstanceOf(Array);
      expect(service.findings(project).get("directory.yaml")).toBeInstanceOf(Array);
    }
  });
});

it("reads only what changed", () => {
  const open = (text: string, before?: service.Project) =>
    service.openProject(
      { strategies: [makeSource("a", "# a"), makeSource("b", text)], directory: [makeSource("d", "directory: 1")] },
      before,
    );
  const first = open("# b");
  const second = open("# c", first);
  expect(second.sheets.get("a")).toBe(first.sheets.get("a"));
  expect(second.sheets.get("b")).not.toBe(first.sheets.get("b"));
  expect(second.binder).toBe(first.binder);
});
