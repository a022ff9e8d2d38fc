import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { readDirectory } from "../directory/read.ts";
import { changedTrunkTypes } from "../directory/trunk-type.ts";
import { format } from "../format/format.ts";
import type { Page } from "../pages/page.ts";
import { pages } from "../pages/pages.ts";
import { standard } from "../pages/standard.ts";
import { parse } from "../parse.ts";
import { silence } from "../silence.ts";
import { makeSource } from "../source.ts";
import { asFile } from "./pieces.ts";

/** No text alone raises these: a fault of ours, and what is wrong with other files than it. */
const withoutExample = ["S199", "D117", "D119", "D125", "D127"];

const root = join(import.meta.dirname, "../..");

function codesInSources(): string[] {
  const files = ["language", "cli"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .map((name) => join(room, name))
      .filter((path) => path.endsWith(".ts") && !/[/\\](test|pages)[/\\]/.test(path)),
  );
  const found = files.flatMap((path) => readFileSync(join(root, path), "utf8").match(/(?<=")[SD]\d{3}(?=")/g) ?? []);
  return [...new Set(found)].toSorted();
}

function findings(page: Page, example: string): Diagnostic[] {
  if (page.code.startsWith("D")) {
    const read = (text: string) => readDirectory([makeSource("directory.yaml", text)]);
    const next = read(example);
    const running = page.running === undefined ? next : read(page.running);
    return [...next.diagnostics, ...changedTrunkTypes(running.directory, next)];
  }
  const { directory, diagnostics: own } = readDirectory([
    makeSource("directory.yaml", page.directory ?? standard.directory),
  ]);
  const source = makeSource("example.strategy", asFile(example));
  const { file, diagnostics } = parse(source);
  const hadErrors = diagnostics.length > 0;
  const checked = check([{ source, file }], directory, { hadErrors, prompts: new Set(standard.prompts) });
  return silence([...own, ...diagnostics, ...checked.diagnostics], [{ source, file }], []).told;
}

const told = (all: Diagnostic[]) => all.map(({ code, severity, message }) => `${code} ${severity}: ${message}`);

describe("every code has a page", () => {
  it("and every page a code", () => {
    expect(pages.map((page) => page.code).toSorted()).toEqual(codesInSources());
  });

  it("with an example, but for those that no text raises", () => {
    expect(pages.filter((page) => page.wrong === undefined).map((page) => page.code)).toEqual(withoutExample);
    expect(pages.filter((page) => page.right === undefined).map((page) => page.code)).toEqual(withoutExample);
  });
});

describe.each(pages.map((page) => [page.code, page] as const))("%s", (code, page) => {
  const { wrong, right } = page;

  it("is well set", () => {
    expect(page.title).toMatch(/^[^A-Z].*[^.]$/);
    for (const text of [page.what, page.why, page.mend]) expect(text).toMatch(/^[A-Z`].*[.]$/s);
  });

  if (wrong !== undefined) {
    it("is raised by its wrong example, alone and with its severity", () => {
      const all = findings(page, wrong);
      expect(new Set(all.map((one) => `${one.code} ${one.severity}`)), told(all).join("\n")).toEqual(
        new Set([`${code} ${page.severity}`]),
      );
    });
  }

  if (right !== undefined) {
    it("is not raised by the right one, and nothing else is", () => {
      expect(told(findings(page, right))).toEqual([]);
      if (code.startsWith("S")) expect(format(makeSource("right", asFile(right))).text).toBe(asFile(right));
    });
  }
});
