import { describe, expect, it } from "vitest";
import { Alternation, NonTerminal } from "../../grammar/chevrotain.ts";
import { grammar } from "../../grammar/grammar.ts";
import { Reader } from "../../grammar/reader.ts";
import { parse } from "../../parse.ts";
import { allPhrases, plainForm } from "../../phrases.ts";
import { makeSource } from "../../source.ts";

/** What a form stands in, by the row that it is a line of. */
const around: Record<string, string> = {
  item: "…",
  strategyPart: 'strategy "s" { … }',
  statement: 'strategy "s" { … }',
  queueLine: 'strategy "s" { queue Q { … } }',
  ringLine: 'strategy "s" { ring x for 1s { … } }',
  voicemailLine: 'strategy "s" { voicemail to mailbox m { … } }',
  previewLine: 'strategy "s" { preview to group g for 1s { … } }',
  askLine: 'strategy "s" { ask bot b { … } }',
  dialLine: 'strategy "s" { dial x via trunk t { … } }',
  transferLine: 'strategy "s" { transfer to x { … } }',
  referLine: 'strategy "s" { refer to x { … } }',
  callbackLine: 'strategy "s" { callback to x { … } }',
  collectLine: 'strategy "s" { collect 1 digit { … } }',
  fetchLine: 'strategy "s" { fetch GET h "/" within 1s { … } }',
  sendLine: 'strategy "s" { send GET h "/" within 1s { … } }',
  collectClause: 'strategy "s" { collect 1 digit … }',
  entryClause: 'strategy "s" { entry "1" … }',
  calendarLine: "calendar c { … }",
  valueForm: 'strategy "s" { let x = … }',
  testLine: 'test "t" for "s" { … }',
  agentRest: 'test "t" for "s" { agent a … }',
  callClause: 'test "t" for "s" { call A from "1" to "2" at 0s … }',
  expectation: 'test "t" for "s" { expect A … }',
  trafficLine: 'traffic "t" for "s" { … }',
};

const nameOf = (rule: string): string => rule.slice(1, -1);

/** The parts of an alternative. */
const inside = (one: object): unknown[] => ("definition" in one && Array.isArray(one.definition) ? one.definition : []);

/** The rules that are one of several, by the rule that they are one of. */
function choices(): Map<string, string[]> {
  const reader = new Reader();
  grammar(reader);
  const found = new Map<string, string[]>();
  for (const [name, rule] of Object.entries(reader.getGAstProductions())) {
    const [choice] = rule.definition;
    if (!(choice instanceof Alternation) || rule.definition.length > 1) continue;
    const parts = choice.definition.flatMap(inside);
    found.set(
      nameOf(name),
      parts.flatMap((part) => (part instanceof NonTerminal ? [nameOf(part.nonTerminalName)] : [])),
    );
  }
  return found;
}

const rows = choices();

/** Lines whose words each have a phrase of their own, or that show none. */
const without = new Set(["statement", "expression", "agentIn", "refuses", "stated", "timing"]);

describe.each(Object.keys(around))("%s", (row) => {
  const lines = rows.get(row) ?? [];

  it("has lines", () => expect(lines).not.toEqual([]));

  it.each(lines.filter((line) => !without.has(line)))("%s has a phrase, whose form can be read here", (line) => {
    const phrase = allPhrases[line];
    expect(phrase).toBeDefined();
    const text = (around[row] ?? "").replace("…", () => plainForm(phrase?.form ?? ""));
    expect(parse(makeSource("form", text)).diagnostics.map(({ message }) => `${message}: ${text}`)).toEqual([]);
  });
});
