import { type ISerializedGast, type TokenType, tokenMatcher } from "chevrotain";
import { describe, expect, it } from "vitest";
import { grammar } from "../grammar/grammar.ts";
import { Reader } from "../grammar/reader.ts";
import { lex } from "../grammar/lex.ts";
import { keywords, vocabulary } from "../grammar/tokens.ts";

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

/*
 * Chevrotain takes an optional part greedily and does not see that its first token could also follow it. This computes both
 * sets over the whole grammar, with token categories resolved, and wants them disjoint.
 */
const greedyOnPurpose = [
  // `if a then b else c.d + 1`: an access and an operator belong to the value right before them, not to the whole choice.
  "<operand> Repetition of Dot, LBracket",
  "<expression> Repetition of Compare, Minus, OrElse, Over, Plus, Times, andWord, inWord, isWord, orWord, startsWord",
];
/** A value on the next line would belong to another statement: there the line rule decides (statements.ts). */
const settledByLine = "<return> Option of ";

it("takes no optional part that could as well be what follows it", () => {
  const { reader } = grammar(new Reader());
  const rules = new Map(reader.getSerializedGastProductions().map((rule) => [named(rule), rule]));
  expect(clashes(rules).filter((clash) => !clash.startsWith(settledByLine))).toEqual(greedyOnPurpose);
});

type Rules = Map<string, ISerializedGast>;
type Sets = Map<string, Set<string>>;

/** Empty text in a set of first tokens: the row may be empty. */
const empty = "";

function clashes(rules: Rules): string[] {
  const first: Sets = new Map([...rules.keys()].map((name) => [name, new Set()]));
  fixpoint(first, (name) => firstOf(parts(rules.get(name)), first));
  const follow: Sets = new Map([...rules.keys()].map((name) => [name, new Set()]));
  const found = new Set<string>();
  for (let before = -1; before !== size(follow); ) {
    before = size(follow);
    found.clear();
    for (const [name, rule] of rules) visit(parts(rule), follow.get(name) ?? new Set(), { name, first, follow, found });
  }
  return [...found];
}

interface Visit {
  name: string;
  first: Sets;
  follow: Sets;
  found: Set<string>;
}

/** Walks a row of which `after` follows: hands down what follows each part, and notes the optional parts that clash with it. */
function visit(row: ISerializedGast[], after: Set<string>, state: Visit): void {
  for (const [at, part] of row.entries()) {
    const next = firstOf(row.slice(at + 1), state.first);
    const rest = next.has(empty) ? union(next, after) : next;
    if (part.type === "NonTerminal")
      for (const each of rest) if (each !== empty) state.follow.get(named(part))?.add(each);
    const repeats = part.type === "Repetition" || part.type === "RepetitionMandatory";
    const own = firstOf(parts(part), state.first);
    if (part.type === "Option" || repeats) {
      const both = [...own].filter((each) => each !== empty && rest.has(each));
      const tokens = both
        .filter((each) => each !== "Operator")
        .toSorted()
        .join(", ");
      if (both.length > 0) state.found.add(`${state.name} ${part.type} of ${tokens}`);
    }
    const inner = repeats ? union(rest, own) : rest;
    if (part.type === "Alternation") for (const choice of parts(part)) visit(parts(choice), inner, state);
    else visit(parts(part), inner, state);
  }
}

function firstOf(row: ISerializedGast[], first: Sets): Set<string> {
  const found = new Set<string>();
  for (const part of row) {
    const own = firstOfPart(part, first);
    for (const each of own) if (each !== empty) found.add(each);
    if (!own.has(empty)) return found;
  }
  return found.add(empty);
}

function firstOfPart(part: ISerializedGast, first: Sets): Set<string> {
  if (part.type === "Terminal") return tokensOf(named(part));
  if (part.type === "NonTerminal") return first.get(named(part)) ?? new Set();
  if (part.type === "Alternation")
    return parts(part).reduce((all, each) => union(all, firstOf(parts(each), first)), new Set<string>());
  const own = firstOf(parts(part), first);
  return part.type === "Option" || part.type === "Repetition" ? union(own, new Set([empty])) : own;
}

/** A category stands for all its tokens. */
function tokensOf(name: string): Set<string> {
  const category = vocabulary.find((type) => type.name === name);
  const members = vocabulary.filter((type) => category && belongsTo(type, category));
  return new Set(members.map((type) => type.name));
}

function belongsTo(type: TokenType, category: TokenType): boolean {
  return tokenMatcher({ image: "", startOffset: 0, tokenType: type, tokenTypeIdx: type.tokenTypeIdx ?? 0 }, category);
}

function parts(part: ISerializedGast | undefined): ISerializedGast[] {
  return part && "definition" in part && Array.isArray(part.definition) ? part.definition : [];
}

function named(part: ISerializedGast): string {
  return "name" in part && typeof part.name === "string" ? part.name : "";
}

function union(a: Set<string>, b: Set<string>): Set<string> {
  return new Set([...a, ...b]);
}

function size(sets: Sets): number {
  return [...sets.values()].reduce((sum, each) => sum + each.size, 0);
}

function fixpoint(sets: Sets, compute: (name: string) => Set<string>): void {
  for (let before = -1; before !== size(sets); ) {
    before = size(sets);
    for (const name of sets.keys()) sets.set(name, union(sets.get(name) ?? new Set(), compute(name)));
  }
}
