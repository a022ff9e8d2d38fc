import {
  check,
  type CheckedProgram,
  type Diagnostic,
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

/** The checked program of a site, or the first error that keeps it from being one. */
export function programOf(site: Site): { program: CheckedProgram } | { error: Diagnostic | undefined } {
  const { strategies, directory: yaml, attached } = sourcesOf(site);
  const { directory, diagnostics } = readDirectory(yaml, attached);
  const parsed = strategies.map((source) => ({ source, ...parse(source) }));
  const reading = [...diagnostics, ...parsed.flatMap((one) => one.diagnostics)];
  const hadErrors = reading.some(({ severity }) => severity === "error");
  const prompts = site.prompts && { prompts: new Set(Object.keys(site.prompts)) };
  const checked = check(parsed, directory, { hadErrors, ...prompts });
  if (checked.program) return { program: checked.program };
  return { error: [...reading, ...checked.diagnostics].find(({ severity }) => severity === "error") };
}
