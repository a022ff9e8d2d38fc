import type { Diagnostic } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import { bind } from "./bind.ts";
import type { DirectoryResult } from "./directory.ts";
import { mergeRoots } from "./merge.ts";
import { checkReferences } from "./references.ts";
import { readYaml } from "./yaml.ts";

/**
 * Reads one directory out of its files. Never throws; there is always a directory, with defaults where nothing sound was
 * written, and it is fit for use when no diagnostic is an error.
 */
export function readDirectory(sources: Source[]): DirectoryResult {
  const diagnostics: Diagnostic[] = [];
  const roots = sources.map((source) => readYaml(source, diagnostics)).filter((root) => root !== undefined);
  const unreadable = diagnostics.some((one) => one.code === "D100" || one.code === "D101");
  const raw = mergeRoots(roots, diagnostics);
  const directory = bind(raw, sources[0]?.path ?? "");
  // What an unreadable file would have named is unknown everywhere else: no echoes of that.
  if (!unreadable) checkReferences(raw, directory, diagnostics);
  const order = new Map(sources.map((source, index) => [source.path, index]));
  diagnostics.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.range.start - b.range.start);
  return { directory, diagnostics };
}
