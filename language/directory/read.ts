import type { Diagnostic } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import { bind } from "./bind.ts";
import type { DirectoryResult } from "./directory.ts";
import type { Attached } from "./export.ts";
import { fillMembers } from "./members.ts";
import { mergeRoots } from "./merge.ts";
import { placesOf } from "./places.ts";
import { checkReferences } from "./references.ts";
import { readYaml } from "./yaml.ts";

/** Findings after which it is not known what a file would have named. */
const unreadable = new Set(["D100", "D101", "D118", "D119"]);

/**
 * Reads one directory out of its files. `attached` are the other files that it names (`files` of the result), which the caller reads:
 * first without them, then once more with them. Never throws; there is always a directory, with defaults where nothing sound was
 * written, and it is fit for use when no diagnostic is an error.
 */
export function readDirectory(sources: Source[], attached: Source[] = []): DirectoryResult {
  const diagnostics: Diagnostic[] = [];
  const files: Attached = { files: new Map(attached.map((one) => [one.path, one])), named: new Set() };
  const roots = sources.map((source) => readYaml(source, diagnostics)).filter((root) => root !== undefined);
  const raw = mergeRoots(roots, files, diagnostics);
  const torn = diagnostics.some((one) => unreadable.has(one.code));
  const directory = bind(raw, sources[0]?.path ?? "");
  fillMembers(raw, directory, torn ? [] : sources, diagnostics);
  // What an unreadable file would have named is unknown everywhere else: no echoes of that.
  if (!torn) checkReferences(raw, directory, diagnostics);
  const order = new Map([...sources, ...attached].map((source, index) => [source.path, index]));
  diagnostics.sort((a, b) => (order.get(a.path) ?? 0) - (order.get(b.path) ?? 0) || a.range.start - b.range.start);
  return { directory, diagnostics, places: placesOf(raw), files: [...files.named] };
}
