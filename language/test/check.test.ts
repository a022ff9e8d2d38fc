import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { readDirectory } from "../directory/read.ts";
import { parse } from "../parse.ts";
import { makeSource, type Source } from "../source.ts";
import { differences, readChunks, whole } from "./chunks.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const { directory } = readDirectory([makeSource("cases.yaml", read("cases.yaml"))]);
const prompts = new Set(["welcome", "sorry", "m"]);

function findings(source: Source, known?: ReadonlySet<string>): Diagnostic[] {
  const { file, diagnostics } = parse(source);
  const hadErrors = diagnostics.length > 0;
  return [...diagnostics, ...check([{ source, file }], directory, { hadErrors, prompts: known }).diagnostics];
}

for (const name of readdirSync(new URL("check-cases", import.meta.url))) {
  describe(name, () => {
    for (const chunk of readChunks(name, read(`check-cases/${name}`))) {
      it(chunk.title, () => {
        const source = whole(chunk);
        expect(differences({ ...chunk, source }, findings(source, prompts))).toEqual([]);
      });
    }
  });
}

/** Trunks that differ in whom they may call. */
const lines = `site: { name: s, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { outbound: { "+49*": [berlin], "+34*": [madrid], "+34803*": [narrow], "+34999*": [], "53*": [pbx] } }
agents: { ana: { extension: "5100" } }
groups: { Sales: { members: [ana] } }
trunks:
  pbx: { to: "sip:pbx.example", roles: [pbx] }
  berlin: { to: "sip:berlin.example", country: DE, outbound: { allowed: ["030*"] } }
  madrid: { to: "sip:madrid.example" }
  narrow: { to: "sip:narrow.example", outbound: { allowed: ["+349*"] } }
numbers: { duty: "+34600000061" }
`;

const rangeOf = (text: string, part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });

const good = 'strategy "a" { entry "1"  default route to group Sales  hangup }\n';

const run = (...texts: string[]) =>
  check(
    texts.map((text, index) => {
      const source = makeSource(`${index}.strategy`, text);
      return { source, file: parse(source).file };
    }),
    directory,
  );

const body = (text: string) =>
  makeSource("s", `strategy "s" { entry "1"  default route to group Sales  ${text} hangup }`);

describe("the result", () => {
  it("is a program when nothing is an error", () => {
    const { program, diagnostics } = run(good, good.replace('"a"', '"b"').replace('"1"', '"2"'));
    expect(diagnostics).toEqual([]);
    expect(program?.strategies.map(({ source }) => source.path)).toEqual(["0.strategy", "1.strategy"]);
    expect(program?.hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is none after an error, here or before", () => {
    expect(run(good, good).program).toBeUndefined();
    const source = makeSource("a", good);
    expect(check([{ source, file: parse(source).file }], directory, { hadErrors: true }).program).toBeUndefined();
  });

  it("has another hash for another text", () => {
    expect(run(good).program?.hash).toBe(run(good).program?.hash);
    expect(run(good).program?.hash).not.toBe(run(`${good}#`).program?.hash);
  });

  it("looks over all files", () => {
    const { diagnostics } = run(good, good);
    expect(diagnostics.map(({ code, path, related }) => `${path} ${code} ${related?.[0]?.path}`)).toEqual([
      "1.strategy S206 0.strategy",
      "1.strategy S417 0.strategy",
    ]);
  });

  it("says what of the directory has the number of an entry", () => {
    const source = makeSource("a.strategy", good.replace('"1"', '"*28"'));
    const site = 'groups: { Sales: { members: [ana] } }\nagents: { ana: }\nflags:\n  storm: { dial: "*28" }\n';
    const { directory: its, places } = readDirectory([makeSource("directory.yaml", site)]);
    const { diagnostics } = check([{ source, file: parse(source).file }], its, { places });
    expect(diagnostics.map(({ code, related }) => [code, related])).toEqual([
      ["S425", [{ path: "directory.yaml", range: rangeOf(site, "storm"), message: "the flag" }]],
    ]);
  });

  it("tells no echoes of what could not be read", () => {
    const text =
      'uze "lib.strategy"\nstrategy "a" { entry "1"  default route to group Nowhere  secret data.x  note "{who}" }';
    expect(findings(makeSource("a", text)).map(({ code }) => code[1])).toEqual(["1", "1"]);
    const slip = text.replace("Nowhere", "Saless");
    expect(findings(makeSource("a", slip)).map(({ code }) => code)).toContain("S201");
  });

  it("misses a trunk for outside numbers", () => {
    const source = makeSource("a", 'strategy "a" { entry "1"  default route to "+34910603165"  hangup }');
    const bare = readDirectory([]).directory;
    expect(check([{ source, file: parse(source).file }], bare).diagnostics.map(({ code }) => code)).toEqual(["S212"]);
  });

  it.each([
    ["what the trunk's own country makes of it is allowed", 'ring "+493012345678" for 20s', []],
    ["what is not", 'ring "+4989123456" for 20s', ["trunk `berlin` may not call `+4989123456`"]],
    ["only the trunks of its route count", 'ring "+34803123456" for 20s', ["trunk `narrow` may not call"]],
    ["a route of its own", "ring number duty for 20s", []],
    ["no route", 'ring "+15550100" for 20s', ['no trunk leads to `"+15550100"`']],
    ["closed", 'ring "+34999000111" for 20s', ["nobody may call `+34999000111`"]],
    ["an entry that is a phone at the exchange too", 'ring "5300" for 20s', []],
    ["an entry whose number comes back", 'ring "+34911222333" for 20s', ["is an entry here"]],
    ["a SIP URI at a trunk", 'transfer to "sip:100@pbx.example"', []],
    ["a SIP URI elsewhere", 'transfer to "sip:100@elsewhere.example"', ["no trunk leads to `elsewhere.example`"]],
    ["a tel URI", 'transfer to "tel:+34600000061"', []],
  ])("a number that no trunk leads to (S212): %s", (_what, statement, told) => {
    const { directory } = readDirectory([makeSource("directory.yaml", lines)]);
    const confirmed = statement.startsWith("ring") ? ' { confirmed by "1" prompt "m" }' : "";
    const text = `strategy "s" { entry "5000", "5300", "+34911222333"  default route to group Sales  answer  ${statement}${confirmed}  hangup }`;
    const source = makeSource("a", text);
    const found = check([{ source, file: parse(source).file }], directory).diagnostics.filter(
      ({ code }) => code === "S212",
    );
    expect(found.map(({ message }) => message)).toEqual(told.map((each) => expect.stringContaining(each)));
  });

  it("answers before the queue, not beside its wait, and quotes no number to take it from a text", () => {
    const text = `strategy "s" {
  entry "1"
  default route to group Sales
  queue Q {
    at 0s group Sales
    give up after 5m
    while waiting {
      play "m"
    }
  }
  note "{"text" - 0}"
}
`;
    const [unheard, minus] = ["S401", "S303"].map((code) =>
      findings(makeSource("s", text)).find((one) => one.code === code),
    );
    expect(unheard?.fix?.edits.map(({ range }) => text.slice(range.start, range.start + 5))).toEqual(["queue"]);
    expect(minus).toMatchObject({ code: "S303", fix: undefined, hint: undefined });
  });

  it("offers fixes that mend", () => {
    const text =
      'strategy "s" {\n  entry "1"\n  default route to group Sals\n  play "welcom"\n  wait 30\n  ring anna for 20s\n}\n';
    let source = makeSource("s", text);
    for (let round = 0; round < 10; round++) {
      const [edit] = findings(source, prompts).flatMap((one) => one.fix?.edits ?? []);
      if (!edit) break;
      source = makeSource("s", source.text.slice(0, edit.range.start) + edit.text + source.text.slice(edit.range.end));
    }
    expect(source.text).toBe(
      'strategy "s" {\n  entry "1"\n  default route to group Sales\n  answer\n  play "welcome"\n  wait 30s\n  ring agent ana for 20s\n}\n',
    );
  });
});

describe("fixes", () => {
  const mended = (text: string, code: string) => {
    const source = makeSource("s", `strategy "s" {\n  entry "1"\n  default route to group Sales\n${text}}\n`);
    const fix = findings(source).find((one) => one.code === code)?.fix;
    const [edit] = fix?.edits ?? [];
    if (!edit) return undefined;
    const { start, end } = edit.range;
    return (source.text.slice(0, start) + edit.text + source.text.slice(end)).slice(source.text.indexOf(text), -2);
  };

  it.each([
    ["S401", '  play "m"\n  hangup\n', '  answer\n  play "m"\n  hangup\n'],
    ["S421", "  answer\n  reject 486\n", "  answer\n  hangup\n"],
    [
      "S424",
      '  answer\n  if yes and call.waited > 1m {\n    play "m"\n  }\n  else { hangup }\n',
      '  answer\n  if yes and call.waited > 1m {\n    play "m"\n    hangup\n  }\n  else { hangup }\n',
    ],
    [
      "S424",
      '  answer\n  match call.language { "en" -> { play "m" }  else -> { hangup } }\n',
      '  answer\n  match call.language { "en" -> { play "m"  hangup }  else -> { hangup } }\n',
    ],
    ["S426", "  ring agent ana for 20m\n", "  ring agent ana for 20s\n"],
    ["S450", "  split { 50% a { hangup }  30% b { hangup } }\n", "  split { 50% a { hangup }  50% b { hangup } }\n"],
    ["S450", "  split { 50% a { hangup }  80% b { hangup } }\n", "  split { 50% a { hangup }  50% b { hangup } }\n"],
  ])("mend %s", (code, wrong, right) => {
    expect(mended(wrong, code)).toBe(right);
  });
});

describe("many subs", () => {
  const subs = (count: number, body: (nth: number) => string) =>
    Array.from({ length: count }, (_, nth) => `sub s${nth}() { ${body(nth)} }\n`).join("");
  const start = 'strategy "s" { entry "1"  default route to group Sales  run s0()  hangup }';

  it("that run the next one twice are each followed once", () => {
    const text = `${subs(32, (nth) => (nth === 31 ? 'answer play "m"' : `run s${nth + 1}() run s${nth + 1}()`))}${start}`;
    expect(findings(makeSource("s", text)).map(({ code }) => code)).toEqual([]);
  });

  it("go only so deep", () => {
    const text = `${subs(3000, (nth) => (nth === 2999 ? "answer" : `run s${nth + 1}()`))}${start}`;
    const codes = findings(makeSource("s", text)).map(({ code }) => code);
    expect(codes).toContain("S445");
  });

  it("in a long circle are not all named", () => {
    const text = `${subs(20, (nth) => `run s${(nth + 1) % 20}()`)}${start}`;
    const circle = findings(makeSource("s", text)).find(({ code }) => code === "S445");
    expect(circle?.message).toBe(
      "a sub cannot run itself: `s0` runs `s1` runs `s2` runs `s3` runs `s4` runs `s5` runs 14 more runs `s0`",
    );
  });
});
const counted = (times: number, text: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => text(at)).join(" ");

describe("hostile texts", () => {
  const texts = readdirSync(new URL("check-cases", import.meta.url)).map((name) => read(`check-cases/${name}`));
  const words = texts
    .join(" ")
    .split(/\s+/)
    .filter((word) => word !== "###");

  it("never throws, and every range lies in its text", () => {
    const piece = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 6 }));
    const mixed = fc.array(piece, { maxLength: 120 }).map((parts) => `strategy "s" { entry "1" ${parts.join(" ")}`);
    const cut = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.nat(), fc.array(piece, { maxLength: 3 }))
      .map(([text, from, drop, put]) => {
        const at = from % text.length;
        return text.slice(0, at) + put.join(" ") + text.slice(at + (drop % 30));
      });
    fc.assert(
      fc.property(fc.oneof(mixed, cut), (text) => {
        for (const { range } of findings(makeSource("s", text))) {
          expect(range.start <= range.end && range.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("looks only so deep into an expression", () => {
    const chain = " + 1".repeat(90);
    const text = Array.from({ length: 5 }).reduce<string>((inner) => `(${inner}${chain})`, "1");
    expect(findings(body(`let a = ${text}  note "{a}"`)).map(({ code }) => code)).toEqual(["S307"]);
  });

  it("follows more data than any call plan has without a false word", () => {
    const text = counted(
      600,
      (at) => `set call.data.k${at} = ${at}  if call.data.k${at} > 1 { note "{call.data.k${at}}" }`,
    );
    expect(findings(body(text))).toEqual([]);
  });

  it("walks subs that run each other in two ways at every level but once for each", () => {
    const subs = counted(
      200,
      (at) => `sub s${at}(x) { ${at ? `run s${at - 1}(x)  run s${at - 1}("{x}")` : 'note "{x}"'} }\n`,
    );
    const text = `${subs}strategy "s" { entry "1"  default route to group Sales  run s199(1)  hangup }`;
    expect(findings(makeSource("s", text)).every(({ code }) => code === "S445")).toBe(true);
  });

  it("takes long chains and deep nesting", () => {
    for (const text of [
      `let a = ${"1 + ".repeat(20_000)}1`,
      `let a = ${"not ".repeat(5000)}yes`,
      `if ${"call.from is found and ".repeat(5000)}yes { }`,
      `if yes { ${"} else if yes { ".repeat(3000)}}`,
      `${"if yes { ".repeat(2000)}${"}".repeat(2000)}`,
      "let a = 1 ".repeat(2000),
      `${'loop 2 times { play "m" if yes { hangup } '.repeat(45)}${"}".repeat(45)}`,
      `${"try { loop 9 times { collect 1 digit { ".repeat(15)}${"} } } ".repeat(15)}`,
      'if call.waited > 1s { note "a" } else { play "m" } '.repeat(2000),
      `${"loop 2 times { ".repeat(40)}note "x"${" }".repeat(40)}`,
      `let a0 = { x: 1 } ${counted(60, (at) => `let a${at + 1} = { x: a${at}, y: a${at} }`)}`,
      counted(600, (at) => `set call.data.k${at} = ${at}  if call.data.k${at} > 1 { note "x" }`),
    ]) {
      expect(Array.isArray(findings(body(text)))).toBe(true);
    }
  });
});
