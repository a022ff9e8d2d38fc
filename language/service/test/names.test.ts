import { describe, expect, it } from "vitest";
import { definition, references } from "../definition.ts";
import { rename } from "../rename.ts";
import { marked, shown } from "./marked.ts";

const library = `sub customer(phone) {
  let found = agent_at(phone)
  return found
}
calendar office { open mon..fri 09:00..17:00 }
queue plan orders { give up after 2m }
`;

const strategy = `use "lib.strategy"
strategy "main" {
  entry "5000", "5100".."5199"
  default route to group Sales
  let who = run customer(call.from)
  if office is open {
    set call.data.topic = "x"
    note "{who.name} {call.data.topic}"
  }
  queue Billing by orders {
    at 0s agents with billing >= 7 and language(en) >= 6
    showing { who, topic: call.data["topic"] }
  }
  voicemail to mailbox of group Sales { on failed, empty { note "{outcome}" } }
}
test "one" for "main" {
  agent ana with group Sales, ready
  call A from "+34600000001" to "5150" at 0s data { topic: "y" }
  expect A waits in queue Billing
  expect A ends left_message mailbox sales before 1m
}
test "calls may come last" for "main" {
  expect Z ends left_message
  call Z from "+34600000001" to "5000" at 0s
}
`;

/** The project with the cursor put right behind the first `before` in the strategy. */
function at(before: string) {
  const [path, text] = strategy.includes(before) ? ["main.strategy", strategy] : ["lib.strategy", library];
  return marked({ "main.strategy": strategy, "lib.strategy": library, [path]: text.replace(before, `${before}<|>`) });
}

describe("definition", () => {
  it.each([
    ['note "{wh', ["main.strategy: let [who] = run customer(call.from)"]],
    ["run cus", ["lib.strategy: sub [customer](phone) {"]],
    ["agent_at(ph", ["lib.strategy: sub customer([phone]) {"]],
    ["return fo", ["lib.strategy: let [found] = agent_at(phone)"]],
    ["if off", ["lib.strategy: calendar [office] { open mon..fri 09:00..17:00 }"]],
    ["by ord", ["lib.strategy: queue plan [orders] { give up after 2m }"]],
    ['use "li', ["lib.strategy: []sub customer(phone) {"]],
    ["in queue Bil", ["main.strategy: queue [Billing] by orders {"]],
    ['for "ma', ['main.strategy: strategy "[main]" {']],
    ['to "515', ['main.strategy: entry "5000", ["5100".."5199"]']],
    ["expect A", ['main.strategy: call [A] from "+34600000001" to "5150" at 0s data { topic: "y" }']],
    ["expect Z", ['main.strategy: call [Z] from "+34600000001" to "5000" at 0s']],
    ["of group Sal", ["directory.yaml: [Sales]: { members: [ana, luc], mailbox: sales }"]],
    [
      "with bill",
      ["directory.yaml: skills: { scale: 0..10, names: [[billing], cards, expert_boiler], languages: [en, es] }"],
    ],
    [
      "language(e",
      ["directory.yaml: skills: { scale: 0..10, names: [billing, cards, expert_boiler], languages: [[en], es] }"],
    ],
    ["agent an", ['directory.yaml: [ana]: { name: Ana, extension: "5100", skills: { billing: 7, language_en: 8 } }']],
    ["mailbox sal", ['directory.yaml: [sales]: { owner: group Sales, on: pbx, deposit: "2000" }']],
    ["data.top", []],
    ["  voicem", []],
  ])("of %j", (before, wanted) => {
    const place = at(before);
    expect(shown(place, definition(place.project, place.path, place.offset))).toEqual(wanted);
  });
});

describe("references", () => {
  it.each([
    [
      "data.top",
      [
        'main.strategy: set call.data.[topic] = "x"',
        'main.strategy: note "{who.name} {call.data.[topic]}"',
        'main.strategy: showing { who, topic: call.data["[topic]"] }',
        'main.strategy: call A from "+34600000001" to "5150" at 0s data { [topic]: "y" }',
      ],
    ],
    [
      "let wh",
      [
        "main.strategy: let [who] = run customer(call.from)",
        'main.strategy: note "{[who].name} {call.data.topic}"',
        'main.strategy: showing { [who], topic: call.data["topic"] }',
      ],
    ],
    ["sub cus", ["main.strategy: let who = run [customer](call.from)", "lib.strategy: sub [customer](phone) {"]],
  ])("of %j", (before, wanted) => {
    const place = at(before);
    expect(shown(place, references(place.project, place.path, place.offset))).toEqual(wanted);
  });
});

/** The changed lines of all files after a rename, or why it was refused. */
function renamed(before: string, to: string): string[] {
  const { project, path, offset } = at(before);
  const result = rename(project, path, offset, to);
  if ("refused" in result) return [result.refused];
  return project.texts.strategies.flatMap((source) => {
    const edits = result.edits
      .filter((edit) => edit.path === source.path)
      .toSorted((a, b) => b.range.start - a.range.start);
    const text = edits.reduce(
      (now, { range, text: put }) => now.slice(0, range.start) + put + now.slice(range.end),
      source.text,
    );
    const old = source.text.split("\n");
    return text.split("\n").flatMap((line, index) => (line === old[index] ? [] : [line.trim()]));
  });
}

describe("rename", () => {
  it.each([
    [
      "let wh",
      "customer_record",
      [
        "let customer_record = run customer(call.from)",
        'note "{customer_record.name} {call.data.topic}"',
        'showing { who: customer_record, topic: call.data["topic"] }',
      ],
    ],
    ["sub cus", "lookup", ["let who = run lookup(call.from)", "sub lookup(phone) {"]],
    ["customer(ph", "number_dialled", ["sub customer(number_dialled) {", "let found = agent_at(number_dialled)"]],
    ["by ord", "rules", ["queue Billing by rules {", "queue plan rules { give up after 2m }"]],
    ["if off", "hours", ["if hours is open {", "calendar hours { open mon..fri 09:00..17:00 }"]],
    ["queue Bil", "Money", ["queue Money by orders {", "expect A waits in queue Money"]],
    [
      'strategy "ma',
      "all calls",
      ['strategy "all calls" {', 'test "one" for "all calls" {', 'test "calls may come last" for "all calls" {'],
    ],
    [
      "data.top",
      "reason",
      [
        'set call.data.reason = "x"',
        'note "{who.name} {call.data.reason}"',
        'showing { who, topic: call.data["reason"] }',
        'call A from "+34600000001" to "5150" at 0s data { reason: "y" }',
      ],
    ],
    [
      "expect A",
      "B",
      [
        'call B from "+34600000001" to "5150" at 0s data { topic: "y" }',
        "expect B waits in queue Billing",
        "expect B ends left_message mailbox sales before 1m",
      ],
    ],
    ["let wh", "group", ["`group` is a word of the language and cannot be a name"]],
    ["let wh", "two words", ["`two words` is not one word, and a name is"]],
    ["let wh", "customer", ["`customer` is a sub or a calendar, and nothing hides these"]],
    ["sub cus", "office", ["`main.strategy` knows something called `office` already"]],
    ["if off", "who", ["`who` stands for something else in `main.strategy` already"]],
    ['strategy "ma', "a {b}", ["a name cannot be empty or hold quotes, braces or line ends"]],
    [
      "of group Sal",
      "Selling",
      ["`Sales` is not named here: rename it in the directory, where other systems know it by its name"],
    ],
    ["agent_a", "x", ["`agent_at` is a word of the language"]],
    ["  voicem", "x", ["no name stands here"]],
  ])("%j to %s", (before, to, wanted) => {
    expect(renamed(before, to)).toEqual(wanted);
  });
});
