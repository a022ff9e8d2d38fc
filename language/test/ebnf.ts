import { keywords, letter, vocabulary } from "../grammar/tokens.ts";
import { tokensOf } from "./firsts.ts";
import type { Part, Rules } from "./gast.ts";

/*
 * The grammar as a text for people, in the order of the chapters of the language. What is used once and short is written where
 * it is used; what is only another name for something goes by that.
 */

/** Chapters with the rules they begin with. What a rule uses stands below it, unless a chapter begins with it. */
const chapters: [title: string, rules: string[]][] = [
  ["Files", ["items", "use", "sub", "thing"]],
  ["Values", ["expression", "pattern", "literal", "part"]],
  ["A strategy", ["strategy"]],
  ["Statements", ["block", "statement", "handler"]],
  ["Queues", ["queue", "queuePlan", "callback"]],
  ["Preview", ["preview"]],
  ["Bots", ["ask"]],
  ["Calls to the outside", ["dial", "transfer", "refer"]],
  ["Calendars", ["calendar"]],
  ["Tests", ["test"]],
  ["Traffic", ["traffic"]],
];

/** What tokens are called; all others are words and signs, which stand for themselves. */
const tokenNames: Record<string, string> = {
  Word: "name",
  AnyName: "any-word",
  Noun: "noun",
  Operator: "operator",
  Compare: "comparison",
  StateWord: "state",
  Statistic: "figure",
  Day: "weekday",
  Text: "text",
  Num: "number",
  Duration: "duration",
  TimeOfDay: "time",
  CalendarDay: "date",
  Percent: "percentage",
};

/** Where the name of a rule in the parser says little by itself. */
const ruleNames: Record<string, string> = {
  items: "file",
  part: "value in a text",
  primary: "simple value",
  valueForm: "value",
  valueLine: "arm with a value",
  blockArms: "arms with blocks",
  collect: "collect in steps",
  digits: "collect",
  called: "run",
  whom: "target",
  whomFor: "target of a step",
  skilled: "people by skill",
  agentRest: "agent has or does",
  given: "agent has",
  httpReplies: "reply",
  numberActs: "number does",
  trunkActs: "trunk does",
  botActs: "bot does",
};

const head = `(*
  The grammar of Cordboard strategies, written by the parser itself: \`UPDATE=1 npx vitest run language/test/grammar.test.ts\`.

  { x } is x any number of times, [ x ] is x or nothing, x | y is one of both. One word decides everywhere.
  Line ends separate nothing, but a text ends on its line, and a value or a name begins on the line of the word, noun, dot or
  operator it belongs to; after ( [ { , : -> it may begin on the next. # begins a comment, up to the end of the line.
*)

`;

export function ebnf(rules: Rules): string {
  const page = new Page(rules);
  const parts = chapters.map(([title, roots], at) => `(* ${at + 1}  ${title} *)\n\n${page.chapter(roots)}`);
  const left = [...rules.keys()].filter((name) => !page.has(name));
  if (left.length > 0) throw new Error(`no chapter has the rules ${left.join(", ")}`);
  return `${head}${[...parts, `(* Words and signs *)\n\n${words()}`].join("\n\n")}\n`;
}

class Page {
  private readonly rules: Rules;
  private readonly uses: ReadonlyMap<string, number>;
  private readonly roots = new Set(chapters.flatMap(([, roots]) => roots));
  private readonly written = new Set<string>();

  constructor(rules: Rules) {
    this.rules = rules;
    const uses = new Map<string, number>();
    for (const part of rules.values()) for (const name of rulesIn(part)) uses.set(name, (uses.get(name) ?? 0) + 1);
    this.uses = uses;
  }

  /** Whether the text says what a rule is. */
  has(name: string): boolean {
    return this.written.has(name) || this.isInlined(name);
  }

  chapter(roots: string[]): string {
    return roots.flatMap((root) => this.from(root)).join("\n");
  }

  /** The rule and what it uses and no other chapter begins with. */
  private from(name: string): string[] {
    const part = this.rules.get(name);
    if (!part || this.written.has(name)) return [];
    this.written.add(name);
    const below = this.named(part).filter((each) => !this.roots.has(each));
    return [this.define(name, part), ...below.flatMap((each) => this.from(each))];
  }

  /** The rules that the text of a part names. */
  private named(part: Part): string[] {
    return rulesIn(part).flatMap((name) => {
      const inside = this.rules.get(name);
      return inside && this.isInlined(name) ? this.named(inside) : [name];
    });
  }

  private isInlined(name: string): boolean {
    const part = this.rules.get(name);
    if (!part || this.roots.has(name)) return false;
    if (part.is === "token" || part.is === "rule") return true;
    return this.uses.get(name) === 1 && this.text(part).length <= 60;
  }

  private define(name: string, part: Part): string {
    const head = `${display(name)} = `;
    const line = `${head}${this.text(part)} ;`;
    if (line.length <= 120) return line;
    if (part.is === "choice") return `${head}${this.choices(part).join("\n  | ")} ;`;
    return `${head}${wrap(part.is === "row" ? part.parts.map((each) => this.text(each, true)) : [this.text(part)])} ;`;
  }

  private choices(part: Part): string[] {
    if (part.is === "choice") return part.parts.flatMap((each) => this.choices(each));
    if (part.is === "rule" && this.isInlined(part.name)) {
      const inside = this.rules.get(part.name);
      if (inside) return this.choices(inside);
    }
    const text = this.text(part);
    return text === "" ? [] : [text];
  }

  private text(part: Part, within = false): string {
    switch (part.is) {
      case "token":
        return tokenText(part.name);
      case "rule": {
        const inside = this.rules.get(part.name);
        return inside && this.isInlined(part.name) ? this.text(inside, within) : display(part.name);
      }
      case "optional":
        return `[ ${this.text(part.part)} ]`;
      case "many":
        return `{ ${this.text(part.part)} }`;
      case "row": {
        const texts = part.parts.map((each) => this.text(each, true));
        return texts.filter((each) => each !== "").join(" ");
      }
      default: {
        const all = [...new Set(this.choices(part))];
        return within && all.length > 1 ? `( ${all.join(" | ")} )` : all.join(" | ");
      }
    }
  }
}

function rulesIn(part: Part): string[] {
  switch (part.is) {
    case "token":
      return [];
    case "rule":
      return [part.name];
    case "row":
    case "choice":
      return part.parts.flatMap(rulesIn);
    default:
      return rulesIn(part.part);
  }
}

function wrap(texts: string[]): string {
  const lines = [""];
  for (const text of texts) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + text.length > 110) lines.push(text);
    else lines[lines.length - 1] = line === "" ? text : `${line} ${text}`;
  }
  return lines.join("\n    ");
}

function display(name: string): string {
  const words = ruleNames[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.replaceAll(" ", "-");
}

/** A number that is none is read, and told; it is not part of the language. */
function tokenText(name: string): string {
  if (name === "BadNumber") return "";
  const known = tokenNames[name];
  if (known) return known;
  const label = vocabulary.find((type) => type.name === name)?.LABEL ?? name;
  return `"${label.replaceAll("`", "")}"`;
}

const categories = ["Noun", "Operator", "StateWord", "Statistic", "Day"];
const literals = ["Compare", "Text", "Num", "Duration", "Percent", "TimeOfDay", "CalendarDay"];

function words(): string {
  const reserved = [...keywords].filter(([, type]) => !tokensOf("Word").has(type.name)).map(([word]) => `"${word}"`);
  return [
    "name = ? any-word but a reserved-word ? ;",
    `any-word = ? ${sourceOf("Identifier")} ? ;`,
    `letter = ? [${letter}] ? ;`,
    `reserved-word = ${wrapChoices(reserved)} ;`,
    ...categories.map((name) => `${tokenNames[name]} = ${wrapChoices([...tokensOf(name)].map(tokenText))} ;`),
    ...literals.map((name) => `${tokenNames[name]} = ? ${sourceOf(name)} ? ;`),
  ].join("\n");
}

/** The regular expression of a token, without the part that only keeps the next word off. */
function sourceOf(name: string): string {
  const pattern = vocabulary.find((type) => type.name === name)?.PATTERN;
  const source = pattern instanceof RegExp ? pattern.source : "";
  return source
    .replaceAll(`(?![${letter}0-9])`, "")
    .replaceAll(`[${letter}]`, "letter")
    .replaceAll(`[${letter}0-9]`, "(letter|[0-9])");
}

function wrapChoices(texts: string[]): string {
  return wrap(texts.map((text, at) => (at === 0 ? text : `| ${text}`)));
}
