import { readdirSync, readFileSync } from "node:fs";
import { parse } from "../../parse.ts";
import { makeSource } from "../../source.ts";
import { readChunks } from "../chunks.ts";

/** Texts to spoil: every item of the examples by itself, and every piece of the case files. */
export function bases(): string[] {
  const texts = filesBelow("../../../examples/").flatMap(itemsOf);
  const cases = ["../cases/", "../check-cases/"].flatMap(filesBelow);
  return [...texts, ...cases.flatMap((text) => readChunks("t", text).map(({ source }) => source.text))];
}

function filesBelow(folder: string): string[] {
  const url = new URL(folder, import.meta.url);
  const names = readdirSync(url, { recursive: true, encoding: "utf8" }).toSorted();
  return names.filter((name) => name.endsWith(".strategy")).map((name) => readFileSync(new URL(name, url), "utf8"));
}

function itemsOf(text: string): string[] {
  return parse(makeSource("t", text)).file.items.map(({ range }) => `${text.slice(range.start, range.end)}\n`);
}
