import type { Calendar, File, QueuePlan, Sub, Use } from "./ast.ts";
import type { Source } from "./source.ts";

/*
 * Names across files. A file can name the subs, calendars and queue plans of its own and those of the files it uses, and of what
 * these use. Two files may use each other: `use` runs nothing, so that a circle has no order to get wrong.
 */

export interface ReadFile {
  source: Source;
  file: File;
}

/** Something declared at the top of a file, with the names that can be used inside it. */
export interface Declared<T> {
  source: Source;
  item: T;
  names: Names;
}

/** What one file can name. */
export interface Names {
  subs: Map<string, Declared<Sub>>;
  calendars: Map<string, Declared<Calendar>>;
  plans: Map<string, Declared<QueuePlan>>;
}

/** Inside a plan no other can be named: a plan that took over itself would have no end. */
export const noPlans: Names["plans"] = new Map();

/** What the text of a plan can name, where its file can name these. */
export const inPlan = (names: Names): Names => ({ ...names, plans: noPlans });

export const noNames = (): Names => ({ subs: new Map(), calendars: new Map(), plans: new Map() });

/** Two things of one name that a file sees; the first one counts. `use` brought the second, unless the file declares it. */
export interface Clash {
  file: ReadFile;
  first: Declared<Declaration>;
  second: Declared<Declaration>;
  use?: Use;
}

export type Declaration = Sub | Calendar | QueuePlan;

export interface Resolved {
  /** By the `path` of the source. */
  names: Map<string, Names>;
  clashes: Clash[];
}

/** The path of a used file as sources are named: it counts from the folder of the file that uses it. */
export function usedPath(from: string, path: string): string {
  const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/")) : "";
  const parts = path.startsWith("/") || folder === "" ? path : `${folder}/${path}`;
  const kept: string[] = [];
  for (const part of parts.split("/")) {
    const last = kept.at(-1);
    if (part === ".." && last !== undefined && last !== "..") kept.splice(last === "" ? 1 : -1);
    else if (part !== "." && (part !== "" || kept.length === 0)) kept.push(part);
  }
  return kept.join("/");
}

/** The path that a `use` writes, counted from the using file; undefined where it could not be read. */
export function pathOfUse({ path }: Use, source: Source): string | undefined {
  const [written, ...more] = path.parts;
  return typeof written === "string" && more.length === 0 ? usedPath(source.path, written) : undefined;
}

/** Who can name what. Says nothing about files that are not there. */
export function resolveNames(files: readonly ReadFile[]): Resolved {
  const byPath = new Map(files.map((one) => [usedPath("", one.source.path), one]));
  const names = new Map<string, Names>();
  for (const { source } of files) {
    names.set(source.path, noNames());
  }
  const clashes = files.flatMap((one) => {
    const known = names.get(one.source.path);
    return known ? fill(known, one, byPath, names) : [];
  });
  return { names, clashes };
}

function fill(
  known: Names,
  file: ReadFile,
  byPath: ReadonlyMap<string, ReadFile>,
  all: ReadonlyMap<string, Names>,
): Clash[] {
  const clashes: Clash[] = [];
  const seen = new Map<string, { declared: Declared<Declaration>; use?: Use }>();
  for (const { from, use } of reached(file, byPath)) {
    const names = all.get(from.source.path) ?? known;
    for (const item of from.file.items) {
      if (item.kind !== "sub" && item.kind !== "calendar" && item.kind !== "plan") continue;
      const first = seen.get(item.name.text);
      const second = { source: from.source, item, names };
      if (!first) {
        seen.set(item.name.text, { declared: second, ...(use && { use }) });
        put(known, second);
      } else if (!use || first.use !== use) clashes.push({ file, first: first.declared, second, ...(use && { use }) });
      // Else both came by one `use`, and the used file is told.
    }
  }
  return clashes;
}

function put(names: Names, { source, item, names: inside }: Declared<Declaration>): void {
  const { text } = item.name;
  if (item.kind === "sub") names.subs.set(text, { source, item, names: inside });
  else if (item.kind === "calendar") names.calendars.set(text, { source, item, names: inside });
  else names.plans.set(text, { source, item, names: inPlan(inside) });
}

/** The file itself and what it uses, nearest first, each once, with the `use` of the file that leads there. */
export function reached(file: ReadFile, byPath: ReadonlyMap<string, ReadFile>): { from: ReadFile; use?: Use }[] {
  const found: { from: ReadFile; use?: Use }[] = [{ from: file }];
  const seen = new Set([file]);
  for (let at = 0; at < found.length; at++) {
    const { from, use } = found[at] ?? { from: file };
    for (const item of from.file.items) {
      if (item.kind !== "use") continue;
      const next = byPath.get(pathOfUse(item, from.source) ?? "");
      if (!next || seen.has(next)) continue;
      seen.add(next);
      found.push({ from: next, use: use ?? item });
    }
  }
  return found;
}
