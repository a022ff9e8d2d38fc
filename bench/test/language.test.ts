import { expect, it } from "vitest";
import { check, makeSource, parse, readDirectory } from "../../language/index.ts";
import { descend } from "../language/descent.ts";
import { langiumParser } from "../language/langium.ts";
import { directory, subset, whole } from "../language/texts.ts";

it("measures a text without mistakes, of the wanted length", () => {
  const source = makeSource("whole.strategy", whole(100));
  const site = readDirectory([makeSource("directory.yaml", directory)]);
  const { file, diagnostics } = parse(source);
  expect([...site.diagnostics, ...diagnostics, ...check([{ source, file }], site.directory).diagnostics]).toEqual([]);
  expect(source.text.split("\n").length).toBeLessThan(250);
});

it("lets the parser by hand make the same tree", () => {
  const text = subset(500);
  const { file, diagnostics } = parse(makeSource("subset.strategy", text));
  expect(diagnostics).toEqual([]);
  expect(descend(text)).toEqual(file);
});

it("lets Langium read the same text", async () => {
  const read = await langiumParser();
  expect(read(subset(500))).toMatchObject({ $type: "File" });
});
