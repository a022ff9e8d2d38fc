import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "../parse.ts";
import { differences, readChunks } from "./chunks.ts";

const folder = new URL("cases/", import.meta.url);

describe.each(readdirSync(folder))("%s", (name) => {
  const chunks = readChunks(name, readFileSync(new URL(name, folder), "utf8"));
  it.each(chunks.map((chunk) => [chunk.title, chunk] as const))("%s", (_title, chunk) => {
    expect(differences(chunk, parse(chunk.source).diagnostics)).toEqual([]);
  });
});
