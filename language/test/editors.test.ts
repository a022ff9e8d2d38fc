import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { highlighting } from "../highlighting.ts";
import { keywords } from "../grammar/tokens.ts";
import { snippets } from "../snippets.ts";
import { textMate, type TextMateRule } from "../textmate.ts";

const folder = join(import.meta.dirname, "../../editors/vscode");
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
const written = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

describe("highlighting", () => {
  it("has every word once", () => {
    const all = Object.values(highlighting()).flat();
    expect(new Set(all).size).toBe(all.length);
    expect([...keywords.keys()].filter((word) => !all.includes(word))).toEqual([]);
  });
});

describe("the extension for VS Code", () => {
  it("colours by the words of today", async () => {
    await expect(written(textMate())).toMatchFileSnapshot(join(folder, "syntaxes/strategy.tmLanguage.json"));
  });

  it("has the snippets of today", async () => {
    await expect(written(snippets())).toMatchFileSnapshot(join(folder, "snippets/strategy.json"));
  });

  it("names files that are there, and what its lenses call", () => {
    const manifest = read("package.json");
    expect(manifest).toMatchObject({
      main: "./extension.js",
      engines: { vscode: expect.stringMatching(/^\^1\.\d+\.0$/) as string },
      contributes: {
        languages: [{ id: "strategy", extensions: [".strategy"] }],
        grammars: [{ language: "strategy", scopeName: textMate().scopeName }],
        commands: ["restart", "run", "test", "tests", "simulate"].map((name) => ({ command: `cordboard.${name}` })),
      },
    });
    const named = JSON.stringify(manifest).matchAll(/"(\.\/[^"]+)"/g);
    for (const [, path = ""] of named) expect(existsSync(join(folder, path)), path).toBe(true);
  });

  it("knows where a line is indented more or less", () => {
    const { indentationRules: rules, wordPattern } = read("language-configuration.json") as {
      indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string };
      wordPattern: string;
    };
    const more = new RegExp(rules.increaseIndentPattern, "u");
    expect(["queue Q {", 'on "1" { # then', "say ["].filter((line) => !more.test(line))).toEqual([]);
    expect(['play "a {b"', "on busy { }", "# queue {", "answer"].filter((line) => more.test(line))).toEqual([]);
    expect(new RegExp(rules.decreaseIndentPattern, "u").test("  }")).toBe(true);
    expect("give_up 1m30s 09:00 straße".match(new RegExp(wordPattern, "gu"))).toEqual([
      "give_up",
      "1m30s",
      "09:00",
      "straße",
    ]);
  });
});

// ------------------------------------------------------------------------------------------- a reader of TextMate grammars

const repository = textMate().repository;

function rulesOf(patterns: readonly TextMateRule[] | undefined): TextMateRule[] {
  return (patterns ?? []).flatMap((rule) =>
    rule.include ? rulesOf(repository[rule.include.slice(1)]?.patterns) : [rule],
  );
}

const at = (source: string, text: string, from: number): RegExpExecArray | undefined => {
  const pattern = new RegExp(source, "gmu");
  pattern.lastIndex = from;
  return pattern.exec(text) ?? undefined;
};

/** The scopes of one line: the earliest match wins, of equal ones the first rule. */
function scopes(line: string, rules: readonly TextMateRule[], from = 0, end?: string): { found: string[]; at: number } {
  const found: string[] = [];
  const note = (name: string | undefined, text: string): void => {
    if (name && text.trim() !== "") found.push(`${text} ${name.replace(".cordboard-strategy", "")}`);
  };
  let place = from;
  while (place <= line.length) {
    const stop = end === undefined ? undefined : at(end, line, place);
    const all = rules.map((rule) => ({ rule, match: at(rule.match ?? rule.begin ?? "", line, place) }));
    const next = all.reduce((best, one) =>
      (one.match?.index ?? Infinity) < (best.match?.index ?? Infinity) ? one : best,
    );
    if (stop && stop.index <= (next.match?.index ?? Infinity)) return { found, at: stop.index + stop[0].length };
    if (!next.match) break;
    const { rule, match } = next;
    if (rule.end === undefined) {
      if (rule.captures)
        for (const [nth, { name }] of Object.entries(rule.captures)) note(name, match[Number(nth)] ?? "");
      else note(rule.name, match[0]);
      place = match.index + Math.max(1, match[0].length);
    } else {
      const inner = scopes(line, rulesOf(rule.patterns), match.index + match[0].length, rule.end);
      note(rule.name, line.slice(match.index, inner.at));
      found.push(...inner.found);
      place = Math.max(inner.at, match.index + 1);
    }
  }
  return { found, at: line.length };
}

describe("colours", () => {
  it.each([
    [
      'strategy "s" { # note',
      ["strategy keyword.control.item", '"s" string.quoted.double', "# note comment.line.number-sign"],
    ],
    [
      "let who = run customer(call.from)",
      [
        "let keyword.control",
        "who variable.other.declaration",
        "= keyword.operator",
        "run keyword.control",
        "customer entity.name.function",
        "call variable.language",
        "from variable.other.property",
      ],
    ],
    [
      "at 1m30s add group Back when ready(queue Q) > 2",
      [
        "at keyword.other",
        "1m30s constant.numeric.duration",
        "add keyword.other",
        "group storage.type",
        "Back entity.name.type",
        "when keyword.other",
        "ready support.function",
        "queue storage.type",
        "Q entity.name.type",
        "> keyword.operator",
        "2 constant.numeric",
      ],
    ],
    [
      'note "a {call.data.topic} \\{"',
      [
        "note keyword.control",
        '"a {call.data.topic} \\{" string.quoted.double',
        "{call.data.topic} meta.embedded",
        "call variable.language",
        "data variable.other.property",
        "topic variable.other.property",
        "\\{ constant.character.escape",
      ],
    ],
    [
      "open mon..fri 09:00..18:00",
      [
        "open keyword.other",
        "mon constant.language",
        ".. keyword.operator",
        "fri constant.language",
        "09:00 constant.other.time",
        ".. keyword.operator",
        "18:00 constant.other.time",
      ],
    ],
    ["clock 2026-12-24 17:59", ["clock keyword.other", "2026-12-24 constant.other.date", "17:59 constant.other.time"]],
    [
      "voicemail to mailbox of group Sales",
      [
        "voicemail keyword.control",
        "to keyword.other",
        "mailbox storage.type",
        "of keyword.other",
        "group storage.type",
        "Sales entity.name.type",
      ],
    ],
    ["60% madrid { wait 30 }", ["60% constant.numeric.percent", "wait keyword.control", "30 constant.numeric"]],
    ["showing { topic: 1 }", ["showing keyword.other", "topic variable.other.property", "1 constant.numeric"]],
    [
      "x is not found ?? missing",
      [
        "is keyword.operator.word",
        "not keyword.operator.word",
        "found keyword.other",
        "?? keyword.operator",
        "missing constant.language",
      ],
    ],
  ])("of %j", (line, wanted) => {
    expect(scopes(line, rulesOf([{ include: "#all" }])).found).toEqual(wanted);
  });
});
