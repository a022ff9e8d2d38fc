import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeSource } from "../../source.ts";
import { openProject, type Project } from "../project.ts";
import type { Sheet } from "../sheet.ts";

const examples = join(import.meta.dirname, "../../../examples");
const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".strategy"));
const text = files
  .slice(0, 4)
  .map((name) => readFileSync(join(examples, name), "utf8"))
  .join("\n");
const words = text.split(/\s+/);

const open = (now: string, before?: Project): Project =>
  openProject({ strategies: [makeSource("a.strategy", now)], directory: [] }, before);

/** All that a sheet says, tokens by their name. */
function said(project: Project): object {
  const sheet: Sheet | undefined = project.sheets.get("a.strategy");
  const tokens = sheet?.tokens.map(({ image, startOffset, tokenType }) => `${startOffset} ${image} ${tokenType.name}`);
  return { ...sheet, tokens, items: [...(sheet?.items ?? [])].toSorted((a, b) => a - b) };
}

/** Comparing as text is faster than telling where two trees differ. */
function expectSame(changed: Project, now: string): void {
  const [kept, whole] = [said(changed), said(open(now))];
  if (JSON.stringify(kept) !== JSON.stringify(whole)) expect(kept).toEqual(whole);
}

/** What is kept after a change must be what reading all gives. */
function check(before: string, after: string): Project {
  const changed = open(after, open(before));
  expectSame(changed, after);
  return changed;
}

describe("after a change", () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    fc.constantFrom(
      "{",
      "}",
      '"',
      "\n",
      "\n\n",
      "#",
      "(",
      ",",
      "strategy",
      'test "x" for "y" {',
      "\nqueue plan x { }\n",
      " ",
      "\r\n",
      "",
    ),
  );
  const change = fc.tuple(fc.nat(), fc.nat({ max: 30 }), fc.array(piece, { maxLength: 3 }));

  it("a text says what it would say if all of it were read", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let now = text;
        let project = open(now);
        for (const [where, drop, put] of changes) {
          const at = where % (now.length + 1);
          now = now.slice(0, at) + put.join(" ") + now.slice(at + drop);
          project = open(now, project);
        }
        expectSame(project, now);
      }),
      { numRuns: process.env["CORDBOARD_SOAK"] === "1" ? 5000 : 30 },
    );
  });

  it("only the item with the change is read", () => {
    const before = open(text);
    const at = text.indexOf("play", text.length / 2);
    const after = open(`${text.slice(0, at)}answer ${text.slice(at)}`, before);
    const [first] = before.sheets.get("a.strategy")?.file.items ?? [];
    expect(after.sheets.get("a.strategy")?.file.items[0]).toBe(first);
  });

  const two = 'strategy "a" {\n  answer\n}\n\nstrategy "b" {\n  hangup\n}\n';

  it.each([
    ["typing at the end", two, `${two}strategy "c"`],
    ["typing above all", two, `use "x"\n${two}`],
    ["between two items", two, two.replace("}\n\n", "}\nsub f(x)\n\n")],
    ["on the line of an item", two, two.replace("}\n\n", "} sub f(x)\n\n")],
    ["a brace too many", two, two.replace("answer", "answer }")],
    ["a brace too few", two, two.replace("answer\n}", "answer\n")],
    ["a broken item made whole", two.replace('"b" {', '"b"'), two],
    ["a word that runs on", two, two.replace("}\n\nstrategy", "},\n\nstrategy")],
    ["a comment behind an item", two, two.replace("}\n\n", "} # note\n\n")],
    ["a comment that takes an item in", two, two.replace('strategy "b"', '# strategy "b"')],
    ["an item taken out", two, 'strategy "b" {\n  hangup\n}\n'],
    ["all taken out", two, ""],
    ["all put in", "", two],
    ["CR and LF", two.replaceAll("\n", "\r\n"), two.replaceAll("\n", "\r\n").replace("answer", "answer\r\n  wait 1s")],
    ["the same letter again", two, two.replace("answer", "aanswer")],
    ["too deep", two, two.replace("answer", "if yes { ".repeat(60) + "}".repeat(60))],
  ])("%s", (_, before, after) => {
    check(before, after);
    check(after, before);
  });
});
