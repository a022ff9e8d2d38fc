import type { DirectoryResult } from "../directory/directory.ts";
import { readDirectory } from "../directory/read.ts";
import type { Source } from "../source.ts";
import { reread } from "./reread.ts";
import { readSheet, type Sheet } from "./sheet.ts";

/** All texts of one site, as an editor holds them at one moment. */
export interface Texts {
  strategies: readonly Source[];
  /** The YAML files of the directory; none where there is no directory. */
  directory: readonly Source[];
  /** Other files that the directory names: lists of agents. */
  attached?: readonly Source[];
  /** Names of the prompts there are, or that they have no folder. Without it, prompts are not looked at. */
  prompts?: ReadonlySet<string> | "no folder";
}

/** The prompts there are, where that is known. */
export function promptNames({ prompts }: Texts): ReadonlySet<string> | undefined {
  return prompts === "no folder" ? undefined : prompts;
}

/** The directory, read. */
export interface Binder extends DirectoryResult {
  /** Its YAML files, then what they name. */
  sources: readonly Source[];
}

/**
 * A snapshot of one site. Every question of an editor is a plain function of a project, and what it computes on the way is kept
 * with the project (memo.ts), so that asking again costs nothing.
 */
export interface Project {
  texts: Texts;
  /** By path, in the order of the texts. */
  sheets: ReadonlyMap<string, Sheet>;
  binder: Binder;
}

/** Reads what `before` has not read already. A source that is the same object, or has the same text, is not read again. */
export function openProject(texts: Texts, before?: Project): Project {
  const sheets = new Map(texts.strategies.map((source) => [source.path, sheet(source, before)]));
  return { texts, sheets, binder: binder(texts, before) };
}

function sheet(source: Source, before: Project | undefined): Sheet {
  const known = before?.sheets.get(source.path);
  if (known?.source.text === source.text) return known;
  return (known && reread(known, source)) ?? readSheet(source);
}

function binder({ directory, attached = [] }: Texts, before: Project | undefined): Binder {
  const sources = [...directory, ...attached];
  const known = before?.binder;
  const isKnown = ({ path, text }: Source, index: number): boolean => {
    const other = known?.sources[index];
    return other?.path === path && other.text === text;
  };
  if (known && known.sources.length === sources.length && sources.every(isKnown)) return known;
  return { sources, ...readDirectory([...directory], [...attached]) };
}
