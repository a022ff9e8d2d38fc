import type { Expr, Name } from "./ast.ts";
import { check, type CheckResult } from "./check.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { DirectoryResult } from "./directory/directory.ts";
import type { Parsed } from "./parse.ts";
import { type Silenced, silence } from "./silence.ts";
import type { Source } from "./source.ts";
import type { Type } from "./types.ts";

/** The texts of one site, read, and what only whoever read the files can know. */
export interface Texts {
  strategies: readonly (Parsed & { source: Source })[];
  directory: Pick<DirectoryResult, "directory" | "diagnostics" | "places">;
  /** The YAML files of the directory; none where there is no directory. */
  directorySources: readonly Source[];
  /** Names of the prompts there are, or that they have no folder. Without it, prompts are not looked at. */
  prompts?: ReadonlySet<string> | "no folder" | undefined;
  /** These are all the strategies that the directory serves. */
  whole: boolean;
  /** Where the directory of a strategy could be written, if there is none. */
  directoryFor(strategy: Source): string;
  /** Filled with what expressions and declared names are found to be. */
  types?: Map<Expr | Name, Type>;
}

/** Everything that is wrong with a site, in no particular order; the program where nothing is an error. */
export function judge(texts: Texts): Silenced & Pick<CheckResult, "program"> {
  const { strategies, directory, directorySources, types } = texts;
  const read = [...directory.diagnostics, ...strategies.flatMap((one) => one.diagnostics)];
  const { diagnostics, program } = check(strategies, directory.directory, {
    hadErrors: directorySources.length === 0 || read.some((one) => one.severity === "error"),
    ...(types && { types }),
    places: directory.places,
    whole: texts.whole && strategies.length > 0,
    ...(texts.prompts !== "no folder" && texts.prompts && { prompts: texts.prompts }),
  });
  // Without a directory every name of it would be a finding.
  const checked = directorySources.length > 0 ? diagnostics : [];
  const found = [...read, ...lacking(texts), ...checked];
  return { ...silence(found, strategies, directorySources), ...(program && { program }) };
}

const top = { start: 0, end: 0 };

/** A directory or prompts that are not there. */
function lacking({ strategies, directory, directorySources, prompts, directoryFor }: Texts): Diagnostic[] {
  const [source] = directorySources;
  const [first] = strategies;
  if (source) return prompts === "no folder" ? [withoutPrompts(source.path, directory.directory.prompts.folder)] : [];
  return first ? [withoutDirectory(first.source.path, directoryFor(first.source))] : [];
}

function withoutDirectory(path: string, where: string): Diagnostic {
  const message = `there is no directory.yaml beside \`${path}\``;
  return { code: "D117", severity: "error", message, path, range: top, hint: `write ${where}` };
}

/** `path` is the directory's first file, `folder` the one that is not there. */
function withoutPrompts(path: string, folder: string): Diagnostic {
  const message = "there is no folder of prompts, so callers hear nothing";
  const hint = `make ${folder}, or name another in the directory: prompts: { folder: … }`;
  return { code: "D125", severity: "warning", message, path, range: top, hint };
}
