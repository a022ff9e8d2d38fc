import { dirname, resolve } from "node:path";
import {
  type CheckedProgram,
  type Diagnostic,
  judge,
  type Parsed,
  parse,
  pathOfUse,
  type Silenced,
  type Source,
  usedPath,
} from "../language/index.ts";
import { type LoadedDirectory, loadDirectory } from "./directory.ts";
import { isFile, isFolder } from "./disk.ts";
import { type Files, filesOf, readSource, strategyFiles } from "./files.ts";
import { promptsIn } from "./prompts.ts";

export interface Loaded {
  sources: Source[];
  diagnostics: Diagnostic[];
  /** Findings that a comment allows, in no particular order. */
  allowed: Silenced["allowed"];
  /** Absent when anything is an error. */
  program?: CheckedProgram;
  /** The directory they were checked against; `whole`: its strategies are all of these. */
  read: LoadedDirectory;
  whole: boolean;
  /** Where each prompt is, by name; empty without a folder of prompts. */
  prompts: Map<string, string>;
}

/** Reads, parses and checks strategies with their directory. Findings are values; only unreadable paths throw. */
export function load(paths: string[], directoryPaths: string[]): Loaded {
  strategyFiles(paths);
  return loadFiles(filesOf(paths, directoryPaths));
}

/** The same, where a directory may also stand alone. */
export function loadFiles(files: Files): Loaded {
  return judged(readStrategies(files.strategies), loadDirectory(files.directory), files.whole);
}

/** Other strategies, which are on no disk, with the directory and the prompts as they were read. */
export function loadTexts(strategies: Source[], { read, whole }: Loaded): Loaded {
  return judged(
    strategies.map((source) => ({ source, ...parse(source) })),
    read,
    whole,
  );
}

function judged(strategies: (Parsed & { source: Source })[], read: LoadedDirectory, whole: boolean): Loaded {
  const { directory, diagnostics, places, ...texts } = read;
  directory.prompts.folder = resolve(directory.prompts.folder);
  const { folder } = directory.prompts;
  const prompts = isFolder(folder) ? promptsIn(folder, directory.site.languages) : undefined;

  const { told, allowed, program } = judge({
    strategies,
    directory: { directory, diagnostics, places },
    directorySources: texts.sources,
    prompts: prompts ? new Set(prompts.keys()) : "no folder",
    whole,
    directoryFor: ({ path }) => `${resolve(dirname(path), "directory.yaml")}, or name the directory with --directory`,
  });
  const sources = [...texts.sources, ...texts.attached, ...strategies.map((one) => one.source)];
  return {
    sources,
    diagnostics: inOrder(told, sources),
    allowed,
    ...(program && { program }),
    read,
    whole,
    prompts: prompts ?? new Map(),
  };
}

/** The files named and those that they use, each once. A file that is not there is told by the checker, where it is used. */
export function readStrategies(paths: string[]): (Parsed & { source: Source })[] {
  const read = (path: string) => {
    const source = readSource(path);
    return { source, ...parse(source) };
  };
  const files = paths.map(read);
  const known = new Set(files.map(({ source }) => usedPath("", source.path)));
  for (const { source, file } of files) {
    for (const item of file.items) {
      const path = item.kind === "use" ? pathOfUse(item, source) : undefined;
      if (path === undefined || known.has(path) || !path.endsWith(".strategy") || !isFile(path)) continue;
      known.add(path);
      files.push(read(path));
    }
  }
  return files;
}

/** As one reads: file by file, from top to bottom. */
function inOrder(diagnostics: Diagnostic[], sources: Source[]): Diagnostic[] {
  const rank = new Map(sources.map((source, at) => [source.path, at]));
  return diagnostics.toSorted(
    (a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0) || a.range.start - b.range.start,
  );
}
