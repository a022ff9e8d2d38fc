import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { grammar } from "../grammar/grammar.ts";
import { Reader } from "../grammar/reader.ts";
import { lex } from "../grammar/lex.ts";
import { keywords } from "../grammar/tokens.ts";
import { ebnf } from "./ebnf.ts";
import { clashes } from "./firsts.ts";
import { grammarRules } from "./gast.ts";

it("has no definition errors: no ambiguity at one token, no left recursion, no rule unknown", () => {
  expect(() => grammar(new Reader(false))).not.toThrow();
});

describe("keywords", () => {
  it.each([...keywords])("%s lexes as itself", (word, type) => {
    expect(lex(word).tokens.map(({ tokenType }) => tokenType)).toEqual([type]);
    expect(lex(`${word}s_ x${word}`).tokens.map(({ tokenType }) => tokenType.name)).toEqual([
      "Identifier",
      "Identifier",
    ]);
  });
});

const greedyOnPurpose = [
  // `if a then b else c.d + 1`: an access and an operator belong to the value right before them, not to the whole choice.
  "operand: many Dot, LBracket",
  "expression: many Compare, Minus, OrElse, Over, Plus, Times, andWord, inWord, isWord, orWord, startsWord",
];
/** A value on the next line would belong to another statement: there the line rule decides (statements.ts). */
const settledByLine = "return: optional";

it("takes no optional part that could as well be what follows it", () => {
  expect(clashes(grammarRules()).filter((clash) => !clash.startsWith(settledByLine))).toEqual(greedyOnPurpose);
});

describe("docs/grammar.ebnf", () => {
  const path = new URL("../../docs/grammar.ebnf", import.meta.url);
  const text = ebnf(grammarRules());

  it("is current", () => {
    if (process.env["UPDATE"]) writeFileSync(path, text);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("gives every name to one rule", () => {
    const names = [...text.matchAll(/^([\w-]+) = /gm)].map(([, name]) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
