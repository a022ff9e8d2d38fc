import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../diagnostic.ts";
import { takeRows } from "../directory/rows.ts";
import { readYaml } from "../directory/yaml.ts";
import { makeSource } from "../source.ts";

const soaked = process.env["CORDBOARD_SOAK"] === "1";

/** What is read with rows taken out, and without. */
function bothWays(text: string) {
  const read = (rowsFrom: number) => {
    const diagnostics: Diagnostic[] = [];
    const node = readYaml(makeSource("d.yaml", text), diagnostics, rowsFrom);
    return { node, diagnostics };
  };
  return [read(0), read(Infinity)] as const;
}

const taken = (text: string) => takeRows(makeSource("d.yaml", text), 0).values.size;

describe("rows", () => {
  it.each([
    'otto: { name: "Otto", extension: "6177", skills: { billing: 7, language_en: -3 }, tags: [a, "b c", 20s] }',
    "  otto: {}",
    "otto: { a: [], b: { c: {} }, d: group Reception }  ".trimEnd(),
    "otto: { a: b, }",
    "otto: {   a:   b   }",
  ])("`%s` is one", (text) => {
    expect(taken(`agents:\n${text}\n`)).toBe(1);
    const [here, there] = bothWays(`${text}\n`);
    expect(here).toEqual(there);
  });

  it.each([
    "otto: { a: b } # note",
    "otto: { a: b",
    "otto: { a: 'b' }",
    'otto: { a: "b\\n" }',
    'otto: { "a": b }',
    "otto: { a: 1.5 }",
    "otto: { a: 0x1F }",
    "otto: { a: 007 }",
    "otto: { a: 1e3 }",
    "otto: { a: ~ }",
    "otto: { a: Null }",
    "otto: { true: b }",
    "otto: { a: &x b }",
    "otto: { a: *x }",
    "otto: { a: !t b }",
    "otto: { a: b, a: c }",
    "otto: { a: }",
    "otto: { a:b }",
    "otto: { a: b c: d }",
    "otto: { a: http://x }",
    "otto: { a: .inf }",
    "otto: { a: b } }",
    "otto: { a: - b }",
  ])("`%s` is left to the YAML reader", (text) => {
    expect(taken(`${text}\n`)).toBe(0);
  });

  it("are not looked for inside of texts over several lines", () => {
    for (const text of [
      "a: |\n  otto: { a: b }\n",
      "a: >-\n  otto: { a: b }\n",
      'a: "x\n  otto: { a: b }\n  "\n',
      "a: 'x\n  otto: { a: b }\n  '\n",
    ]) {
      expect(taken(text)).toBe(0);
      const [here, there] = bothWays(text);
      expect(here).toEqual(there);
    }
    expect(taken("# Otto's phone\notto: { a: b }\n")).toBe(1);
  });
});

it("both ways give the same, whatever the text", () => {
  const word = fc.constantFrom(
    "a",
    "bc",
    "group R",
    "yes",
    "null",
    "True",
    "1",
    "-2",
    "007",
    "1.5",
    "20s",
    "1e3",
    "x_y",
    "a.b",
    "-",
    "~",
  );
  const scalar = fc.oneof(
    word,
    word.map((one) => `"${one}"`),
    fc.constantFrom("'q'", '"\\n"', "*a", "&a x", "!t x", "a: b", "", "#c", '"'),
  );
  const { value } = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      scalar,
      fc
        .array(fc.tuple(word, tie("value")), { maxLength: 3 })
        .map((all) => `{ ${all.map(([k, v]) => `${k}: ${v}`).join(", ")} }`),
      fc.array(tie("value"), { maxLength: 3 }).map((all) => `[${all.join(", ")}]`),
    ),
  }));
  const line = fc
    .tuple(fc.constantFrom("", "  ", "    "), word, value, fc.constantFrom("", " ", " # c", ",", "\r"))
    .map(([indent, name, one, end]) => `${indent}${name}: ${one}${end}`);
  const other = fc.constantFrom("agents:", "  x: |", '  y: "', "  - z", "}", "a: {", "# it's", "'");
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: other }), { maxLength: 8 }),
      (lines) => {
        const [here, there] = bothWays(lines.join("\n"));
        expect(here).toEqual(there);
      },
    ),
    { numRuns: soaked ? 100_000 : 500 },
  );
}, 600_000);
