import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  agentFields,
  agentStates,
  calendarFields,
  callbackOutcomes,
  callFields,
  callOutcomes,
  choosers,
  functions,
  outcomes,
} from "../builtins.ts";
import { check } from "../check.ts";
import { readDirectory } from "../directory/read.ts";
import { format } from "../format/format.ts";
import { standard } from "../pages/standard.ts";
import { silence } from "../silence.ts";
import { makeSource, positionAt } from "../source.ts";
import { docPages, docs, type Fence, fencesIn, filesOf, framed, unframed } from "./fences.ts";

const home = makeSource("directory.yaml", standard.directory);
const { directory, diagnostics: own } = readDirectory([home]);

/** What a reader who copied the example would be told about it, by line of the page. */
function told(fence: Fence): { line: number; code: string; message: string }[] {
  const example = framed(fence);
  const files = filesOf(example);
  const syntax = files.flatMap((file) => file.diagnostics);
  const checked = check(files, directory, { hadErrors: syntax.length > 0, prompts: new Set(standard.prompts) });
  const findings = silence([...syntax, ...checked.diagnostics], files, [home]).told;
  const source = files[0]?.source;
  return findings.flatMap(({ code, message, range, path }) => {
    // What such an example declares is used in others.
    if (code === "S214" && fence.marks.some((mark) => mark === "beside" || mark === "values")) return [];
    if (path !== source?.path || range.start < example.start || range.start > example.end) return [];
    const line = positionAt(source, range.start).line - positionAt(source, example.start).line + fence.line;
    return [{ line, code, message }];
  });
}

it("the example site is sound", () => {
  expect(own).toEqual([]);
});

it("the reference shows every word of the language", () => {
  const grammar = readFileSync(join(docs, "grammar.ebnf"), "utf8");
  const wanted = new Set([
    ...[...grammar.matchAll(/"([A-Za-z_]+)"/g)].map(([, word]) => word),
    ...Object.values(outcomes).flatMap(({ handled }) => Object.keys(handled)),
    ...Object.keys({ ...functions, ...callFields, ...agentFields, ...calendarFields, ...choosers }),
    ...callOutcomes,
    ...callbackOutcomes,
    ...agentStates,
  ]);
  const examples = docPages
    .filter((name) => name.startsWith("language"))
    .flatMap((name) => fencesIn(readFileSync(join(docs, name), "utf8")))
    .map(({ text }) => text);
  for (const word of examples.join(" ").match(/[A-Za-z_]+/g) ?? []) wanted.delete(word);
  expect([...wanted]).toEqual([]);
});

describe.each(docPages)("docs/%s", (name) => {
  const path = join(docs, name);
  const page = readFileSync(path, "utf8");
  const fences = fencesIn(page);

  it.each(fences.map((fence) => [fence.line, fence] as const))("the example at line %i", (_, fence) => {
    const at = fence.marks.indexOf("told");
    const codes = at === -1 ? [] : fence.marks.slice(at + 1);
    const found = told(fence);
    if (at === -1) expect(found.map(({ line, code, message }) => `${name}:${line} ${code} ${message}`)).toEqual([]);
    else expect([...new Set(found.map(({ code }) => code))]).toEqual(codes);
  });

  it("has its examples as the formatter sets them", () => {
    const set = fences.reduce(
      (text, fence) => text.replace(`\n${fence.text}\`\`\``, () => `\n${wellSet(fence)}\`\`\``),
      page,
    );
    if (process.env["UPDATE"]) writeFileSync(path, set);
    expect(readFileSync(path, "utf8")).toBe(set);
  });
});

function wellSet(fence: Fence): string {
  if (fence.marks[0] === "values") return fence.text;
  const example = framed(fence);
  const { text } = format(makeSource("example", example.text));
  return text === undefined ? fence.text : unframed(example, text);
}
