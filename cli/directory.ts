import { type DirectoryResult, readDirectory, type Source } from "../language/index.ts";
import { readSource } from "./files.ts";

export interface LoadedDirectory extends DirectoryResult {
  sources: Source[];
  /** Other files that took part: exports of agents. */
  attached: Source[];
}

/** Reads a directory with the files that it names. One of those that cannot be read is a finding, not an exception. */
export function loadDirectory(paths: string[]): LoadedDirectory {
  const sources = paths.map(readSource);
  const first = readDirectory(sources);
  const attached = first.files.flatMap(readIfThere);
  return { ...(attached.length > 0 ? readDirectory(sources, attached) : first), sources, attached };
}

/** Under the path by which the directory calls it. */
function readIfThere(path: string): Source[] {
  try {
    return [{ ...readSource(path), path }];
  } catch {
    return [];
  }
}
