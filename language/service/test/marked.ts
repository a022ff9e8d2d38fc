import { readFileSync } from "node:fs";
import type { Edit } from "../../diagnostic.ts";
import { makeSource } from "../../source.ts";
import { openProject, type Project } from "../project.ts";
import type { Sheet } from "../sheet.ts";

/** A place in a project, written as texts in which `<|>` stands for the cursor. */
export interface Marked {
  project: Project;
  path: string;
  offset: number;
}

const site = readFileSync(new URL("site.yaml", import.meta.url), "utf8");
const prompts = ["welcome", "sorry", "closed", "menu", "moh/calm"];

/** Texts by path, the first one where there is no cursor; those that end in `.yaml` are the directory, and without one it is `site.yaml`. */
export function marked(texts: Record<string, string>): Marked {
  const cursor = Object.entries(texts).find(([, text]) => text.includes("<|>"));
  const sources = Object.entries(texts).map(([path, text]) => makeSource(path, text.replace("<|>", "")));
  const directory = sources.filter(({ path }) => path.endsWith(".yaml"));
  const project = openProject({
    strategies: sources.filter(({ path }) => path.endsWith(".strategy")),
    directory: directory.length > 0 ? directory : [makeSource("directory.yaml", site)],
    prompts: new Set(prompts),
  });
  return { project, path: cursor?.[0] ?? Object.keys(texts)[0] ?? "", offset: cursor?.[1].indexOf("<|>") ?? 0 };
}

/** Statements in a strategy. */
export function inStrategy(text: string): string {
  return `strategy "s" {\n  entry "1"\n  default route to group Sales\n  ${text}\n}\n`;
}

/** The lines on which places are, each with what stands there in brackets. */
export function shown(
  { project }: Marked,
  places: readonly { path: string; range: { start: number; end: number } }[],
): string[] {
  return places.map(({ path, range }) => {
    const sources = [...project.texts.strategies, ...project.texts.directory];
    const text = sources.find((source) => source.path === path)?.text ?? "";
    const start = text.lastIndexOf("\n", range.start - 1) + 1;
    const end = text.indexOf("\n", range.end);
    const line = `${text.slice(start, range.start)}[${text.slice(range.start, range.end)}]${text.slice(range.end, end === -1 ? undefined : end)}`;
    return `${path}: ${line.trim()}`;
  });
}

/** The sheet with the cursor, or the first. */
export function sheetOf({ project, path }: Marked): Sheet {
  const sheet = project.sheets.get(path) ?? [...project.sheets.values()][0];
  if (!sheet) throw new Error("no strategy file");
  return sheet;
}

/** A text after edits that do not overlap. */
export function apply(text: string, edits: readonly Pick<Edit, "range" | "text">[]): string {
  return edits
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce((now, { range, text: put }) => now.slice(0, range.start) + put + now.slice(range.end), text);
}
