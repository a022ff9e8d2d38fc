import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readDirectory } from "../directory/read.ts";
import { agentsFrom, top } from "../directory/schema.ts";
import { readYaml } from "../directory/yaml.ts";
import { keysBelow, keyTable, table, topTable } from "../pages/directory-keys.ts";
import { makeSource } from "../source.ts";

const path = new URL("../../docs/directory.md", import.meta.url);
const page = () => readFileSync(path, "utf8");

/** Every key there is, with its path. */
const all = keysBelow({ ...top, ...agentsFrom });

const isTop = (name: string): name is keyof typeof top => Object.hasOwn(top, name);

function tableOf(name: string): string {
  if (name === "top") return topTable();
  if (name === "columns") return table(keysBelow(agentsFrom));
  if (isTop(name)) return keyTable(name);
  throw new Error(`no table is called ${name}`);
}

const marked = /(<!-- keys: (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g;

describe("docs/directory.md", () => {
  it("holds the tables as they are", () => {
    const text = page().replaceAll(
      marked,
      (_, begin: string, name: string, end: string) => begin + tableOf(name) + end,
    );
    if (process.env["UPDATE"]) writeFileSync(path, text);
    expect(page()).toBe(text);
  });

  it("has a section with a table for every key", () => {
    const sections = [...page().matchAll(marked)].map((match) => match[2]);
    expect(sections).toEqual(["top", ...Object.keys(top).toSpliced(7, 0, "columns")]);
  });

  const examples = [...page().matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const [, agents = ""] = /```text\n([\s\S]*?)```/.exec(page()) ?? [];
  it.each(examples.map((text) => [text.split("\n")[0], text]))("its example `%s` has no findings", (_, text) => {
    const { diagnostics } = readDirectory([makeSource("directory.yaml", text)], [makeSource("agents.csv", agents)]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });
});

describe("every key", () => {
  it.each(all)(
    "%s is described: what it means in one line, and how it is written",
    (_, { about, otherwise, example }) => {
      expect(about).toMatch(/^[^A-Z].{10,}[^.]$/);
      expect(otherwise ?? example).toBeDefined();
    },
  );

  it.each(all)("%s takes its own example, and what stands for its absence", (_, { shape, otherwise, example }) => {
    for (const text of [otherwise, example]) {
      const node = text === undefined ? undefined : readYaml(makeSource("x.yaml", text), []);
      const diagnostics: Parameters<typeof shape.read>[1] = [];
      if (node) shape.read(node, diagnostics);
      expect(diagnostics).toEqual([]);
    }
  });
});

/** What an entry must have to be one. */
const least: Record<string, object> = {
  trunks: { x: { to: "sip:x" } },
  trunk_groups: { x: { trunks: "t" } },
  sites: { x: { trunks: "t" } },
  media_sites: { x: { at: "x:1", secret: { env: "X" } } },
  hosts: { x: { url: "https://x.example" } },
  webhooks: { x: { url: "https://x.example" } },
};

const records = new Set(["site", "defaults", "skills", "prompts", "desk"]);

describe("what holds without a key is what the reference says", () => {
  const told = all.filter(
    ([at, { otherwise }]) => otherwise !== undefined && at.includes(".") && !at.startsWith("columns"),
  );
  it.each(told)("%s", (at, { otherwise = "" }) => {
    const [name = "", ...rest] = at.split(".");
    const whole = least[name] ?? (records.has(name) ? {} : { x: {} });
    const written = within(whole, [...(records.has(name) ? [] : ["x"]), ...rest], parse(otherwise));
    const read = (value: object) => readDirectory([makeSource("d.yaml", JSON.stringify({ [name]: value }))]);
    const { directory, diagnostics } = read(written);
    expect(diagnostics.map(({ code }) => code)).not.toContain("D103");
    expect(directory).toEqual(read(whole).directory);
  });
});

/** The same with a value at a path. */
function within(value: object, [first = "", ...rest]: string[], leaf: unknown): object {
  const inner: unknown = Object.entries(value).find(([name]) => name === first)?.[1];
  const below = typeof inner === "object" && inner !== null ? inner : {};
  return { ...value, [first]: rest.length === 0 ? leaf : within(below, rest, leaf) };
}
