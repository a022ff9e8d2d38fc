import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Parsed, parse } from "../parse.ts";
import { makeSource, positionAt, type Source } from "../source.ts";

/*
 * Examples in the docs, by the words after `strategy` at their fence:
 * - none: a whole file
 * - `beside`: items of a file that already has the strategy "example"
 * - `statements`: what stands in a strategy, after the answer; `unanswered`: before it
 * - `waiting`: what stands in `while waiting`
 * - `lines`: lines of a test
 * - `values`: a value on each line
 * - `told CODE …` after any of these: the codes that it is told
 */

export const docs = join(import.meta.dirname, "../../docs");

/** Examples of codes.md are checked with their pages. */
export const docPages = [
  "../README.md",
  ...readdirSync(docs, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".md") && name !== "codes.md",
  ),
];

export interface Fence {
  /** Where its first line stands in the page. */
  line: number;
  marks: string[];
  text: string;
}

export function fencesIn(page: string): Fence[] {
  const source = makeSource("page", page);
  return [...page.matchAll(/^```strategy *(.*)\n([\s\S]*?)^```$/gm)].map((found) => ({
    line: positionAt(source, found.index).line + 1,
    marks: (found[1] ?? "").split(" ").filter(Boolean),
    text: found[2] ?? "",
  }));
}

export interface Framed {
  text: string;
  /** Where the example stands in `text`. */
  start: number;
  end: number;
  /** Blanks that its lines have in front there. */
  indent: number;
}

const head = 'strategy "example" {\n  entry "5000"\n  default route to group Sales\n\n';
const answered = `${head}  answer\n`;
const tail = "  voicemail to mailbox sales\n}\n";
/** It asks for all that tests and traffic can speak of. */
const strategy = `${answered}  play "welcome"
  fetch GET crm "/customers" within 1s
  send POST mail "/calls" with { to: call.to } within 1s
  ask bot helpdesk { give up after 1m }
  split {
    50% madrid { note "madrid" }
    50% lyon   { note "lyon" }
  }
  collect 1 digit prompt "menu" within 5s {
    on "1" {
      ring number duty_engineer for 20s { confirmed by "1" prompt "take-call" }
    }
  }
  queue Sales {
    at 0s  agents with billing >= 3 and language(call.language) >= 1
    at 1m  add group Sales
    give up after 2m
    while waiting { music "moh/calm" }
  }
${tail}`;

export function framed({ marks, text }: Fence): Framed {
  switch (marks[0]) {
    case "beside":
      return within(`${strategy}\n`, text, 0, "");
    case "statements":
      return within(answered, text, 2, tail);
    case "unanswered":
      return within(head, text, 2, tail);
    case "waiting":
      return within(
        `${answered}  queue Sales {\n    at 0s group Sales\n    give up after 2m\n    while waiting {\n`,
        text,
        6,
        `    }\n  }\n${tail}`,
      );
    case "lines":
      return within(`${strategy}\ntest "example" for "example" {\n`, text, 2, "}\n");
    case "values":
      return within(answered, values(text), 2, tail);
    default:
      return within("", text, 0, "");
  }
}

function within(before: string, text: string, indent: number, after: string): Framed {
  const lead = " ".repeat(indent);
  const inner = text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : lead + line));
  const middle = `${inner.join("\n")}\n`;
  return { text: before + middle + after, start: before.length, end: before.length + middle.length, indent };
}

/** The example again, out of the formatted text of its frame, whose own lines formatting leaves as they are. */
export function unframed({ text, start, end, indent }: Framed, formatted: string): string {
  const middle = formatted.slice(start, formatted.length - (text.length - end));
  return middle
    .split("\n")
    .map((line) => line.slice(indent))
    .join("\n");
}

/** Each on a `let` of its own. */
function values(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line, at) => (line === "" ? "" : `let v${at} = ${line}`))
    .join("\n");
}

/** Used by examples: `use "lib/crm.strategy"`. */
const library = {
  path: "lib/crm.strategy",
  text: `sub customer(phone) {
  return fetch GET crm "/customers" with { phone } within 1s else { name: "", tier: "none" }
}
`,
};

/** The example, and beside it what it uses. */
export function filesOf({ text }: Framed): (Parsed & { source: Source })[] {
  const sources = [makeSource("example.strategy", text)];
  if (/^use /m.test(text)) sources.push(makeSource(library.path, library.text));
  return sources.map((source) => ({ source, ...parse(source) }));
}
