import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Finding, SiteText } from "../desk/index.ts";
import { makeSource, positionAt, type Source } from "../language/index.ts";
import { isFolder } from "./disk.ts";
import type { Loaded } from "./load.ts";

/*
 * The texts of a run as the API lists them: strategies by their paths from the folder of the run, the directory as `directory.yaml` or
 * in `directory/` wherever its files are. Whoever opens them elsewhere has a site that can be checked.
 */

/** The name of each path that the checker and calls know. */
export function namesIn(run: string, { read, sources }: Loaded): ReadonlyMap<string, string> {
  const folder = isFolder(run) ? run : dirname(run);
  const fromFolder = (path: string): string => relative(resolve(folder), resolve(path)).split(sep).join("/");
  const nameOf = ({ path }: Source): string => {
    if (!read.sources.some((one) => one.path === path)) return fromFolder(path);
    return read.sources.length === 1 ? "directory.yaml" : `directory/${basename(path)}`;
  };
  return new Map(sources.map((source) => [source.path, nameOf(source)]));
}

export function listed({ sources }: Loaded, names: ReadonlyMap<string, string>): SiteText[] {
  return sources.map(({ path, text }) => ({ path: names.get(path) ?? path, text }));
}

/** Back to the paths that the checker knows; a strategy of a new name counts as if it lay in the run's folder. */
export function sourcesOf(run: string, files: readonly SiteText[], names: ReadonlyMap<string, string>): Source[] {
  const paths = new Map(Array.from(names, ([path, name]) => [name, path]));
  const folder = isFolder(run) ? run : dirname(run);
  return files.map(({ path, text }) => makeSource(paths.get(path) ?? join(folder, path), text));
}

export function findingsIn({ diagnostics, sources }: Loaded, names: ReadonlyMap<string, string>): Finding[] {
  return diagnostics.map(({ code, severity, message, hint, path, range }) => {
    const source = sources.find((one) => one.path === path);
    const { line, column } = source ? positionAt(source, range.start) : { line: 1, column: 1 };
    return {
      code,
      severity,
      message,
      ...(hint !== undefined && { hint }),
      path: names.get(path) ?? path,
      line,
      column,
    };
  });
}
