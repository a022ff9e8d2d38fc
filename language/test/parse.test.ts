import { array, assert, constantFrom, nat, property, string, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "../parse.ts";
import { makeSource, positionAt } from "../source.ts";
import { lex } from "../grammar/lex.ts";
import { keywords } from "../grammar/tokens.ts";
import { walk } from "../walk.ts";
import { fixtures } from "./fixtures.ts";

const texts = fixtures.map(({ text }) => text);

/** Whatever the text: a tree, findings in order and inside the text; without findings a tree without holes. */
function holds(text: string): void {
  const { file, diagnostics } = parse(makeSource("t", text));
  let at = 0;
  for (const { range, message, code } of diagnostics) {
    expect(code).toMatch(/^S1\d\d$/);
    expect(message).not.toMatch(/undefined|NaN|Word|Token|Identifier/);
    expect(range.start).toBeGreaterThanOrEqual(at);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(text.length);
    at = range.start;
  }
  const misplaced: string[] = [];
  walk(file, ({ kind, range: { start, end } }) => {
    const isInside = start >= 0 && start <= end && end <= text.length;
    if (!isInside || (kind === "hole" && diagnostics.length === 0)) misplaced.push(`${kind} ${start} ${end}`);
  });
  expect(misplaced).toEqual([]);
}

function inStrategy(text: string): string {
  return `strategy "a" {\n default route to group G\n ${text}\n}\n`;
}

const anyFixture = constantFrom(...texts);
const word = constantFrom(
  ...keywords.keys(),
  ...'{ } ( ) [ ] , : . .. -> = == < ?? + - * / " "x" "{a}" "{" 5 30s 09:00 2026-12-24 20% 1m30 name # \\ @ \n \n '.split(
    " ",
  ),
);

describe("never throws", () => {
  it("on any characters", () => {
    assert(property(string({ unit: "binary", maxLength: 200 }), holds), { numRuns: 300 });
  });
  it("on any words", () => {
    assert(
      property(array(word, { maxLength: 80 }), (words) => holds(words.join(" "))),
      { numRuns: 500 },
    );
  });
  it("on any words in a strategy", () => {
    assert(
      property(array(word, { maxLength: 60 }), (words) => holds(inStrategy(words.join(" ")))),
      { numRuns: 500 },
    );
  });
  it("on the beginning of a strategy", () => {
    assert(
      property(anyFixture, nat(), (text, length) => holds(text.slice(0, length % text.length))),
      { numRuns: 200 },
    );
  });
  it("on a strategy with a piece taken out, doubled or put elsewhere", () => {
    const place = nat({ max: 2000 });
    const changed = tuple(anyFixture, place, nat({ max: 30 }), place).map(([text, from, length, to]) => {
      const piece = text.slice(from, from + length);
      const rest = text.slice(0, from) + text.slice(from + length);
      return rest.slice(0, to) + piece + rest.slice(to);
    });
    assert(property(changed, holds), { numRuns: 300 });
  });
  it("on a strategy with words put in", () => {
    const changed = tuple(anyFixture, nat({ max: 2000 }), word).map(
      ([text, at, put]) => `${text.slice(0, at)} ${put} ${text.slice(at)}`,
    );
    assert(property(changed, holds), { numRuns: 300 });
  });
});

describe("a word taken out of a strategy", () => {
  const without = texts.flatMap((text) => {
    const whole = text.replace(/^#.*/, "");
    return [...whole.matchAll(/"[^"\n]*"|\w+|[^\s\w]/g)].map(({ index, 0: image }) => ({
      image,
      line: positionAt(makeSource("t", whole), index).line,
      source: makeSource("t", whole.slice(0, index) + whole.slice(index + image.length)),
    }));
  });
  const found = without.map((each) => ({ ...each, diagnostics: parse(each.source).diagnostics }));

  it("is told on its line, or at the end of the line before", () => {
    for (const { image, line, source, diagnostics } of found) {
      const [first] = diagnostics;
      const told = first ? positionAt(source, first.range.start).line : line;
      expect([line - 1, line], `without ${image} in line ${line}`).toContain(told);
    }
  });

  it("is told once", () => {
    const echoes = found.filter(({ diagnostics }) => diagnostics.length > 1);
    expect(found.length).toBeGreaterThan(2500);
    expect(echoes.map(({ image, line }) => `without ${image} in line ${line}`)).toEqual([]);
  });
});

describe("a slip in a strategy", () => {
  type Slip = (word: string) => string | undefined;
  const slips: [string, Slip, number][] = [
    ["a letter left out", (word) => (/^[A-Za-z_]{4,}$/.test(word) ? word.charAt(0) + word.slice(2) : undefined), 0],
    ["a word written twice", (word) => `${word} ${word}`, 5],
    ["a text that does not end", (word) => (word.endsWith('"') ? word.slice(0, -1) : undefined), 4],
    ["a semicolon for a comma", (word) => (word === "," ? ";" : undefined), 0],
  ];

  it.each(slips)("%s is told on its line, and hardly ever twice", (_title, slip, most) => {
    const echoes: string[] = [];
    const elsewhere: string[] = [];
    for (const text of texts) {
      // Every third word is enough.
      for (const { image, startOffset } of lex(text).tokens.filter((_, at) => at % 3 === 0)) {
        const slipped = slip(image);
        if (slipped === undefined) continue;
        const source = makeSource("t", text.slice(0, startOffset) + slipped + text.slice(startOffset + image.length));
        const lineOf = (at: number): number => positionAt(source, at).line;
        const [first, second] = parse(source).diagnostics;
        const line = lineOf(startOffset);
        if (second) echoes.push(`${image} in line ${line}: ${second.message}`);
        if (first && ![line - 1, line].includes(lineOf(first.range.start))) elsewhere.push(`${image} in line ${line}`);
      }
    }
    expect(echoes.length, echoes.join("\n")).toBeLessThanOrEqual(most);
    expect(elsewhere.length, elsewhere.join("\n")).toBeLessThanOrEqual(1);
  });
});

describe("depth and size", () => {
  const inLine =
    '[ |( |{ |f( |not |- |a + |a.|if a then |x["|{ a: |match a { b -> |if a { |if a { } else |on x { |} |) |" |"{ |"{a}" |@ ';
  const lines =
    'foo|play )|let x =|entry|at 0s|queue Q { while waiting {|strategy "a" {|test "a" for "b" {|if a|}|1m30 30 s';
  const repeated = [...inLine.split("|"), ...lines.split("|").map((line) => `${line}\n`)];
  it.each(repeated)("10,000 times %j is reported and no more", (piece) => {
    const text = `strategy "a" {\n  default route to group G\n  let x = ${piece.repeat(10_000)}`;
    const { diagnostics } = parse(makeSource("t", text));
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it("says once that something is nested too deeply", () => {
    const text = `strategy "a" {\n  let x = ${"[".repeat(10_000)}1${"]".repeat(10_000)}\n  hangup\n}`;
    const { diagnostics, file } = parse(makeSource("t", text));
    expect(diagnostics.map(({ code }) => code)).toEqual(["S108"]);
    expect(file.items[0]).toMatchObject({ body: { statements: [{ kind: "let" }, { kind: "hangup" }] } });
  });

  it("says once that blocks are nested too deeply", () => {
    const text = `strategy "a" {\n  ${"if a { ".repeat(10_000)}${"} ".repeat(10_000)}\n  hangup\n}`;
    expect(parse(makeSource("t", text)).diagnostics.map(({ code }) => code)).toEqual(["S108"]);
  });

  it("takes a long chain of else-ifs, and a long sum", () => {
    const chain = `strategy "a" {\n  ${"if a { hangup } else ".repeat(300)}{ leave }\n  let x = ${"1 + ".repeat(200)}1\n}`;
    expect(parse(makeSource("t", chain)).diagnostics).toEqual([]);
  });

  it("keeps going after thousands of mistakes", () => {
    const text = `strategy "a" {\n${"  foo bar { baz }\n".repeat(10_000)}  hangup\n}`;
    const { diagnostics, file } = parse(makeSource("t", text));
    expect(diagnostics).toHaveLength(10_000);
    const [item] = file.items;
    expect(item?.kind === "strategy" && item.body.statements.at(-1)?.kind).toBe("hangup");
  });
});

describe("what is no text", () => {
  const told = (text: string) => {
    const source = makeSource("t", text);
    return parse(source).diagnostics.map(({ code, message, range }) => [code, message, range.start]);
  };
  const misread = "this file is not text in UTF-8: from here on it cannot be read";

  it.each<[string, string, number]>([
    ["bytes of another encoding, decoded", 'strategy "caf\uFFFD" {\n  play "\uFFFD"\n}', 13],
    ["UTF-16", "s\0t\0r\0a\0t\0e\0g\0y\0", 1],
    ["a picture", "\uFFFDPNG\r\n\x1a\n\0\0", 0],
  ])("%s is told once", (_what, text, at) => expect(told(text)).toEqual([["S106", misread, at]]));

  it("a character that cannot be seen is told, also in texts and comments", () => {
    const text = 'strategy "a" { # x\u202E\n  note "a\u0007\u0008b {c\x7f}"\n  hangup\x1b\n}\n';
    expect(told(text)).toEqual([
      ["S106", "the character U+202E means nothing here", text.indexOf("\u202E")],
      ["S106", "the character U+0007 means nothing here", text.indexOf("\u0007")],
      ["S106", "the character U+007F means nothing here", text.indexOf("\x7f")],
      ["S106", "the character U+001B means nothing here", text.indexOf("\x1b")],
    ]);
  });

  it("line ends of all kinds end lines", () => {
    const text = 'strategy "a" {\r\n  answer # x\r  play "a"\n\r\n  hangup\r}\n';
    const { file, diagnostics } = parse(makeSource("t", text));
    expect(diagnostics).toEqual([]);
    expect(file.items[0]).toMatchObject({
      body: { statements: [{ kind: "answer" }, { kind: "play" }, { kind: "hangup" }] },
    });
  });
});
