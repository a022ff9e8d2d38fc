import { graph, nameOf, positionAt, type Range, timelines } from "../../language/index.ts";
import * as service from "../../language/service/index.ts";
import type { Site } from "../model.ts";
import { serve } from "./serve.ts";
import { promptsOf, sourcesOf } from "./site.ts";

/* The language's editor service, for the texts of one site. */

let project = service.openProject({ strategies: [], directory: [] });
let site: Site = { files: [] };

function read(): void {
  project = service.openProject({ ...sourcesOf(site), prompts: promptsOf(site) }, project);
}

const sheet = (path: string) => project.sheets.get(path);

/** Colours as editors count them: lines and columns from the token before, five numbers each. */
function painted(path: string): Uint32Array {
  const read = sheet(path);
  if (!read) return new Uint32Array();
  let before = { line: 1, column: 1 };
  return Uint32Array.from(
    service.painting(read).flatMap(({ range, paint, declares }) => {
      const { line, column } = positionAt(read.source, range.start);
      const across = line === before.line ? column - before.column : column - 1;
      const down = line - before.line;
      before = { line, column };
      return [down, across, range.end - range.start, service.paints.indexOf(paint), declares ? 1 : 0];
    }),
  );
}

/** More findings of one file help nobody, and slow the editor down. */
const mostFindings = 500;

// Before it says that it is there: how long that takes is the machine's affair, and not the text's.
service.warmUp();

const api = serve(() => ({
  open(opened: Site): void {
    site = opened;
    read();
  },
  /** One file has another text. */
  write(path: string, text: string): void {
    site = { ...site, files: site.files.map((one) => (one.path === path ? { path, text } : one)) };
    read();
  },
  findings: () =>
    Object.fromEntries([...service.findings(project)].map(([path, found]) => [path, found.slice(0, mostFindings)])),
  words: () => service.highlighting(),
  legend: () => ({ paints: service.paints }),
  completion: (path: string, at: number) => service.completion(project, path, at),
  hover: (path: string, at: number) => service.hover(project, path, at),
  signature: (path: string, at: number) => service.signatureAt(project, path, at),
  formatting: (path: string, within?: Range) => service.formatting(project, path, within),
  actions: (path: string, within: Range) => {
    const all = service.fixAll(project, path);
    return [...service.actions(project, path, within), ...(all ? [all] : [])];
  },
  definition: (path: string, at: number) => service.definition(project, path, at),
  references: (path: string, at: number) => service.references(project, path, at),
  highlights: (path: string, at: number) => service.highlights(project, path, at),
  renamable: (path: string, at: number) => service.renamable(project, path, at),
  rename: (path: string, at: number, name: string) => service.rename(project, path, at, name),
  outline: (path: string) => {
    const read = sheet(path);
    return read ? service.outline(read) : [];
  },
  folding: (path: string) => {
    const read = sheet(path);
    return read ? service.folding(read) : [];
  },
  selections: (path: string, at: number) => {
    const read = sheet(path);
    return read ? service.selections(read, at) : [];
  },
  painted,
  inlays: (path: string, within: Range) => service.inlays(project, path, within),
  /** The ways of calls through the strategy of this name, and what other strategies there are. */
  chart: (wanted?: string) => {
    const files = [...project.sheets.values()];
    const strategies = files.flatMap(({ file }) => file.items.flatMap((one) => (one.kind === "strategy" ? [one] : [])));
    const names = strategies.map(nameOf);
    const strategy = names.find((name) => name === wanted) ?? names[0];
    return { names, strategy, chart: graph(files, strategy) };
  },
  timelines: () => timelines([...project.sheets.values()], project.binder.directory),
  lenses: (path: string) => service.lenses(project, path),
}));

export type LanguageApi = typeof api;
