import { resolve } from "node:path";
import { check, type CheckedProgram, type Diagnostic, parse, readDirectory, type Source } from "../language/index.ts";
import { directoryFiles, readSource, strategyFiles } from "./files.ts";
import { isFolder, promptFiles } from "./prompts.ts";

export interface Loaded {
  sources: Source[];
  diagnostics: Diagnostic[];
  /** Absent when anything is an error. */
  program?: CheckedProgram;
  /** Where each prompt is, by name; empty without a folder of prompts. */
  prompts: Map<string, string>;
}

/** Reads, parses and checks strategies with their directory. Findings are values; only unreadable paths throw. */
export function load(paths: string[], directoryPaths: string[]): Loaded {
  const strategyPaths = strategyFiles(paths);
  const directoryPathsFound = directoryFiles(directoryPaths, strategyPaths);
  const directorySources = directoryPathsFound.map(readSource);
  const { directory, diagnostics } = readDirectory(directorySources);
  const folder = resolve(directory.prompts.folder);
  directory.prompts.folder = folder;
  const prompts = isFolder(folder) ? promptFiles(folder) : undefined;

  const parsed = strategyPaths.map(readSource).map((source) => ({ source, ...parse(source) }));
  const reading = [...diagnostics, ...parsed.flatMap((one) => one.diagnostics)];
  const hadErrors = reading.some((one) => one.severity === "error");
  const checked = check(parsed, directory, { hadErrors, ...(prompts ? { prompts: new Set(prompts.keys()) } : {}) });
  const sources = [...directorySources, ...parsed.map((one) => one.source)];
  return {
    sources,
    diagnostics: inOrder([...reading, ...checked.diagnostics], sources),
    ...(checked.program ? { program: checked.program } : {}),
    prompts: prompts ?? new Map(),
  };
}

/** As one reads: file by file, from top to bottom. */
function inOrder(diagnostics: Diagnostic[], sources: Source[]): Diagnostic[] {
  const rank = new Map(sources.map((source, at) => [source.path, at]));
  return diagnostics.toSorted(
    (a, b) => (rank.get(a.path) ?? 0) - (rank.get(b.path) ?? 0) || a.range.start - b.range.start,
  );
}
