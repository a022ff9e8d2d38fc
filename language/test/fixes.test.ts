import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { check } from "../check.ts";
import type { Diagnostic, Edit } from "../diagnostic.ts";
import { readDirectory } from "../directory/read.ts";
import { parse } from "../parse.ts";
import { makeSource, type Source } from "../source.ts";
import { readChunks, whole } from "./chunks.ts";

/*
 * Every fix that the check cases are offered mends what it was offered for, and leaves a text that can be read.
 */

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const { directory } = readDirectory([makeSource("cases.yaml", read("cases.yaml"))]);
const prompts = new Set(["welcome", "sorry", "m"]);

function findings(source: Source): { syntax: Diagnostic[]; checked: Diagnostic[] } {
  const { file, diagnostics: syntax } = parse(source);
  const { diagnostics } = check([{ source, file }], directory, { hadErrors: syntax.length > 0, prompts });
  return { syntax, checked: diagnostics };
}

function applied({ path, text }: Source, edits: readonly Edit[]): Source {
  const fromEnd = edits.toSorted((a, b) => b.range.start - a.range.start);
  const mended = fromEnd.reduce(
    (all, { range, text: by }) => all.slice(0, range.start) + by + all.slice(range.end),
    text,
  );
  return makeSource(path, mended);
}

const same = (all: readonly Diagnostic[], { code, message }: Diagnostic) =>
  all.filter((one) => one.code === code && one.message === message).length;

const offered = readdirSync(new URL("check-cases", import.meta.url)).flatMap((name) =>
  readChunks(name, read(`check-cases/${name}`)).flatMap((chunk) => {
    const source = whole(chunk);
    const { syntax, checked } = findings(source);
    if (syntax.length > 0) return [];
    return checked.flatMap((one) =>
      one.fix ? [{ title: `${chunk.title}: ${one.fix.title}`, source, checked, one, edits: one.fix.edits }] : [],
    );
  }),
);

it.each(offered)("$title", ({ source, checked, one, edits }) => {
  const mended = applied(source, edits);
  const after = findings(mended);
  expect(after.syntax.map(({ message }) => message)).toEqual([]);
  expect(same(after.checked, one), `${one.message}\n${mended.text}`).toBeLessThan(same(checked, one));
});
