import { readFileSync } from "node:fs";
import { array, assert, constantFrom, property, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "../format/format.ts";
import { lex } from "../grammar/lex.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";
import { fixtures } from "./fixtures.ts";

function formatted(text: string): string | undefined {
  return format(makeSource("t", text)).text;
}

function file(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

/** Pieces by `---`: a title, what is written, what comes of it (the same where one of them is empty), by `===`. */
const cases = file("format-cases.txt")
  .split(/^---\n/m)
  .map((piece) => {
    const [title = "", first = "", second = ""] = piece.split(/^===\n/m);
    const [name, ...rest] = title.split("\n\n");
    return { title: name?.trim() ?? "", before: first || rest.join("\n\n"), after: second || rest.join("\n\n") };
  });

describe("format", () => {
  it.each(cases.map((each) => [each.title, each] as const))("%s", (_title, { before, after }) => {
    expect(formatted(before)).toBe(after);
    expect(formatted(after)).toBe(after);
  });

  it.each(fixtures)("leaves $name as it is", ({ text }) => {
    expect(formatted(text)).toBe(text);
  });

  it("writes line ends as they are here", () => {
    expect(formatted('\uFEFFstrategy "a" {\r\n\thangup # x \r\n}')).toBe('strategy "a" {\n  hangup  # x\n}\n');
    expect(formatted("")).toBe("");
    expect(formatted("\n\n# only this\n\n\n# and that")).toBe("# only this\n\n# and that\n");
  });

  it("gives no text where the text cannot be read, but the reasons", () => {
    const { text, diagnostics } = format(makeSource("t", 'strategy "a" { play }'));
    expect(text).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
  });
});

function settles(before: string): void {
  const once = formatted(before) ?? "";
  expect(parse(makeSource("t", before)).diagnostics).toEqual([]);
  expect(formatted(once)).toBe(once);
  expect(once.match(/# \w+/g)).toEqual(before.match(/# \w+/g));
  expect(once).not.toMatch(/ \n|\n\n\n/);
  expect(once.split("\n").every((line) => line.length <= 120 || line.includes("#"))).toBe(true);
}

describe("format of a strategy with other spaces and comments", () => {
  /** Line ends and comments only round braces and commas and before operators and clauses: elsewhere they break the line rule. */
  const blank = constantFrom(" ", "   ", "\n", "\n\n\n", " # note\n", "\n  # alone\n");
  const leads = new Set(
    "and or == >= < > ?? with within prompt ended tries via over rising up then else when again".split(" "),
  );
  const pieces = fixtures.map(({ text }) => {
    const words = lex(text).tokens.map(({ image }) => image);
    return words.map((word, at) => ({ word, mayBreak: /^[{},]$/.test(word) || leads.has(words[at + 1] ?? "") }));
  });
  /** Blanks come round again, so that a failure shrinks in reasonable time. */
  const spaced = tuple(constantFrom(...pieces), array(blank, { minLength: 1, maxLength: 60 })).map(([words, blanks]) =>
    words.map(({ word, mayBreak }, at) => word + (mayBreak ? blanks[at % blanks.length] : " ")).join(""),
  );

  it("settles at once and keeps every comment", () => {
    assert(property(spaced, settles), { numRuns: 150 });
  });
});
