import { entranceFor, entrances } from "../entries.ts";
import { pathOfUse } from "../names.ts";
import type { Range } from "../source.ts";
import { type Meaning, meaningOf, type Place, placesOf } from "./meaning.ts";
import { mentionAt } from "./mentions.ts";
import type { Project } from "./project.ts";

/** The name that stands at an offset of a strategy file, and what it means. */
export function meaningAt(
  project: Project,
  path: string,
  offset: number,
): { meaning: Meaning; range: Range } | undefined {
  const sheet = project.sheets.get(path);
  const mention = sheet && mentionAt(sheet, offset);
  return mention && { meaning: meaningOf(project, path, mention), range: mention.range };
}

/** Where the name at an offset gets its meaning, in a strategy file or in the directory. */
export function definition(project: Project, path: string, offset: number): Place[] {
  const used = fileAt(project, path, offset);
  if (used !== undefined) return [{ path: used, range: { start: 0, end: 0 }, declares: true }];
  const found = meaningAt(project, path, offset);
  if (!found) return [];
  const { meaning } = found;
  if (meaning.kind === "phone") return entriesOf(project, meaning.name);
  return [...inDirectory(project, meaning), ...placesOf(project, meaning).filter(({ declares }) => declares)];
}

/** Every place of the name at an offset, in the order of the files. */
export function references(project: Project, path: string, offset: number): Place[] {
  const found = meaningAt(project, path, offset);
  if (!found) return [];
  return [...placesOf(project, found.meaning), ...inDirectory(project, found.meaning)];
}

/** The same within one file: an editor marks them. */
export function highlights(project: Project, path: string, offset: number): Place[] {
  return references(project, path, offset).filter((place) => place.path === path);
}

/** The file that a `use` at an offset names, where there is such a file. */
function fileAt({ sheets }: Project, path: string, offset: number): string | undefined {
  const sheet = sheets.get(path);
  const use = sheet?.file.items.find(
    ({ kind, range }) => kind === "use" && range.start <= offset && offset <= range.end,
  );
  const used = sheet && use?.kind === "use" ? pathOfUse(use, sheet.source) : undefined;
  return used !== undefined && sheets.has(used) ? used : undefined;
}

/** The entry that takes a number. */
function entriesOf({ sheets, binder }: Project, number: string): Place[] {
  const { country } = binder.directory.site;
  const strategies = [...sheets].flatMap(([path, { file }]) =>
    file.items.flatMap((item) => (item.kind === "strategy" ? [{ path, strategy: item }] : [])),
  );
  const doors = entrances(
    strategies.map(({ strategy }) => strategy),
    country,
  );
  const door = entranceFor(number, doors, country);
  const path = strategies.find(({ strategy }) => strategy === door?.strategy)?.path;
  return door && path !== undefined ? [{ path, range: door.pattern.range, declares: true }] : [];
}

/** Where the directory has the thing. */
function inDirectory({ binder }: Project, { kind, name }: Meaning): Place[] {
  const place = binder.places.get(`${kind === "number" ? "numbers" : kind} ${name}`);
  return place ? [{ ...place, declares: true }] : [];
}
