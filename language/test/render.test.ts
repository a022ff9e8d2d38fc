import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../diagnostic.ts";
import { parse } from "../parse.ts";
import { render } from "../render.ts";
import { makeSource } from "../source.ts";

/*
 * Messages as an author sees them: in golden/messages.txt every text stands above what is said about it. `UPDATE=1` writes the
 * file anew; read text and message together then.
 */

const golden = new URL("golden/messages.txt", import.meta.url);

const texts = [
  'strategy "a" {\n  default route to group R\n  play "welcome\n  hangup\n}',
  'strategy "a" {\n  default route to group R\n  if call.from == "+34 {\n    hangup\n  }\n  play\n}',
  'strategy "a" {\n  default route to group R\n  queue Sales {\n    at 0s group R\n    while waiting {\n      music "m"\n    on nobody { hangup }\n  }\n}',
  'strategy "a" {\n\tdefault route to group R\n\tif yes {\thangup\t} esle { leave }\n}',
  'strategy "äöü 漢字 👍" {\r\n  default route to group R\r\n  note "漢字 {1 +} 👍"  ply "x"\r\n}\r\n',
  `strategy "a" {\n  default route to group R\n  note "${"long ".repeat(60)}" plya "x" note "${"long ".repeat(60)}"\n}`,
  'strategy "a" {\n  default route to group R\n  note "\u001b[31mred\u0007" \u0000 hangup\n}',
  'strategy "a"',
  "",
  'test "x" for "a" {\n  agent luc wiht group A, ready\n  clock 2026-02-30 10:00\n  expect A hears "p" whithin 5s\n}',
];

function shown(text: string): string {
  const source = makeSource("a.strategy", text);
  return render(parse(source).diagnostics, [source], { colour: false });
}

/** Characters that one cannot see, as pictures of themselves. */
function seen(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)));
}

it("shows messages as in golden/messages.txt", () => {
  const line = "─".repeat(80);
  const all = texts.map((text) => `${seen(text)}\n${line}\n${shown(text)}`).join(`${line}\n`);
  if (process.env["UPDATE"]) writeFileSync(golden, all);
  expect(all).toBe(readFileSync(golden, "utf8"));
});

function finding(path: string, start: number, end: number, message: string): Diagnostic {
  return { code: "S101", severity: "error", message, path, range: { start, end } };
}

describe("render", () => {
  const a = makeSource("a.strategy", "one two\nthree\n");
  const b = makeSource("b.strategy", "four\n");
  it("orders by file and place and says nothing twice", () => {
    const found = [
      finding("b.strategy", 0, 4, "b"),
      finding("a.strategy", 8, 13, "later"),
      finding("a.strategy", 0, 3, "first"),
    ];
    const lines = render([...found, ...found], [a, b], { colour: false }).split("\n");
    expect(lines.filter((each) => each.includes("error"))).toEqual([
      "a.strategy:1:1: error S101: first",
      "a.strategy:2:1: error S101: later",
      "b.strategy:1:1: error S101: b",
    ]);
  });

  it("marks a range over several lines to the end of the first", () => {
    expect(render([finding("a.strategy", 4, 13, "x")], [a], { colour: false })).toContain(
      "   1 | one two\n     |     ^^^\n",
    );
  });

  it("marks the place behind the last character", () => {
    expect(render([finding("b.strategy", 4, 4, "x")], [b], { colour: false })).toContain("   1 | four\n     |     ^\n");
    expect(render([finding("b.strategy", 5, 5, "x")], [b], { colour: false })).toContain(
      "b.strategy:2:1: error S101: x",
    );
  });

  it("shows a hint, other places, and files it has not", () => {
    const related = [{ path: "b.strategy", range: { start: 0, end: 4 }, message: "and here" }];
    const full: Diagnostic = { ...finding("gone.yaml", 0, 0, "m"), severity: "warning", hint: "write x", related };
    expect(render([full], [b], { colour: false })).toBe(
      "gone.yaml: warning S101: m\n  hint: write x\n  b.strategy:1:1: and here\n   1 | four\n     | ^^^^\n",
    );
  });

  it("shows fifty and counts the others", () => {
    const many = Array.from({ length: 70 }, (_, at) => finding("a.strategy", 0, 1, `number ${at}`));
    const text = render(many, [a], { colour: false });
    expect(text.match(/error S101/g)).toHaveLength(50);
    expect(text.endsWith("and 20 more\n")).toBe(true);
  });

  it("leaves out no error for a warning before it", () => {
    const many = Array.from({ length: 70 }, (_, at) => finding("a.strategy", 0, 1, `number ${at}`));
    const warnings = many.map((one): Diagnostic => ({ ...one, severity: "warning" }));
    const text = render([...warnings, finding("b.strategy", 0, 4, "the error")], [a, b], { colour: false });
    expect(text.match(/warning S101/g)).toHaveLength(49);
    expect(text).toContain("b.strategy:1:1: error S101: the error");
    expect(text.endsWith("and 21 more\n")).toBe(true);
  });

  it("colours only when told to", () => {
    const one = [finding("a.strategy", 0, 3, "x")];
    expect(render(one, [a], { colour: true })).toContain("\u001b[1;31merror S101:\u001b[0m x");
    expect(render(one, [a], { colour: false })).not.toContain("\u001b");
    expect(render([], [a], { colour: true })).toBe("");
  });
});
