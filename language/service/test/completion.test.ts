import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { completion } from "../completion/completion.ts";
import { inStrategy, marked } from "./marked.ts";

const cases = readFileSync(new URL("completion.cases.txt", import.meta.url), "utf8").split("\n---\n");

/** Words that begin an item of a file: a case that begins otherwise is the body of a strategy. */
const isWhole = /^(<\|>|strat<|sub |strategy |calendar |queue plan |test |traffic |#)/;

/** A case, and under it what is suggested at its cursor. */
function answered(text: string): string {
  const [, ...lines] = text.trimEnd().split("\n");
  const body = lines.join("\n");
  const { project, path, offset } = marked({
    "a.strategy": isWhole.test(body) ? body : inStrategy(lines.join("\n  ")),
  });
  const found = completion(project, path, offset).map(({ label }) => label);
  return `${text.trimEnd()}\n→ ${found.length === 0 ? "nothing" : found.join(" · ")}`;
}

it("suggests what can stand at the cursor", async () => {
  await expect(`${cases.map(answered).join("\n---\n")}\n`).toMatchFileSnapshot("golden/completion.txt");
});

it("writes forms as snippets and texts with their quotes", () => {
  const snippets = (text: string): string[] => {
    const { project, path, offset } = marked({ "a.strategy": inStrategy(text) });
    return completion(project, path, offset).map(({ snippet }) => snippet);
  };
  expect(snippets("wai<|>")).toContain("wait ${1:2s}");
  expect(snippets("queue Q { while waiting { onc<|> } }")).toContain('once { ${1:play "welcome"} }');
  expect(snippets("play <|>")).toContain('"welcome"');
  expect(snippets('play "<|>"')).toContain("welcome");
  expect(snippets('play "<|>')).toContain('welcome"');
  expect(snippets("if <|>")).toContain("service_level(${1:queue}, ${2:within})");
});

it("replaces the word at the cursor, whatever stands behind it", () => {
  const { project, path, offset } = marked({ "a.strategy": inStrategy("ring agent an<|>xy for 20s") });
  const [first] = completion(project, path, offset);
  expect(first?.range).toEqual({ start: offset - 2, end: offset + 2 });
});
