import {
  type CheckedProgram,
  type Diagnostic,
  judge,
  makeSource,
  parse,
  readDirectory,
  type Source,
} from "../../language/index.ts";
import type { Site } from "../model.ts";

/** The files of a site as `cordboard check` on their folder would take them: `directory.yaml`, else what is in `directory/`. */
export function sourcesOf({ files }: Site): { strategies: Source[]; directory: Source[]; attached: Source[] } {
  const sources = files.map(({ path, text }) => makeSource(path, text));
  const single = sources.filter(({ path }) => path === "directory.yaml");
  const folder = sources.filter(({ path }) => /^directory\/.*\.ya?ml$/.test(path));
  return {
    strategies: sources.filter(({ path }) => path.endsWith(".strategy")),
    directory: single.length > 0 ? single : folder,
    attached: sources.filter(({ path }) => path.endsWith(".csv")),
  };
}

/** Names of the prompts, as the checker takes them. */
export function promptsOf({ prompts }: Site): ReadonlySet<string> | "no folder" | undefined {
  const names = prompts && Object.keys(prompts);
  return names?.length === 0 ? "no folder" : names && new Set(names);
}

/** The checked program of a site, or the first error that keeps it from being one. */
export function programOf(site: Site): { program: CheckedProgram } | { error: Diagnostic | undefined } {
  const { strategies, directory, attached } = sourcesOf(site);
  const { told, program } = judge({
    strategies: strategies.map((source) => ({ source, ...parse(source) })),
    directory: readDirectory(directory, attached),
    directorySources: directory,
    prompts: promptsOf(site),
    whole: true,
    directoryFor: () => "directory.yaml",
  });
  return program ? { program } : { error: told.find(({ severity }) => severity === "error") };
}
