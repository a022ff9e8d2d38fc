import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname, resolve } from "node:path";
import { isUsageError, reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

/** Editors write a file in several steps; milliseconds. */
const SETTLED_MS = 100;
const READ = /\.(strategy|ya?ml|csv|wav)$/;

/** Does it now and whenever a file in these folders, or beside these files, changes; until SIGINT. Returns the last exit code. */
export function again(paths: readonly string[], act: () => number): Promise<number> {
  let code = 0;
  const stop = whenChanged(paths, { recursive: true }, () => {
    complain("");
    code = once(act);
  });
  // Watched from before the first time on, so that no change is missed.
  code = once(act);
  return new Promise((end) => {
    process.once("SIGINT", () => {
      stop();
      end(code);
    });
  });
}

/** Tells when files in these folders, or beside these files, have changed and come to rest. Returns how to stop that. */
export function whenChanged(
  paths: readonly string[],
  { recursive }: { recursive: boolean },
  changed: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const seen = (_event: string, file: string | null): void => {
    if (file !== null && !READ.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED_MS);
  };
  const folders = new Set(paths.map((path) => resolve(folderOf(path))));
  const watchers = [...folders].map((folder) => watching(folder, recursive, seen));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** A file that is not there for a moment does not end the watch. */
function once(act: () => number): number {
  try {
    return act();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    complain(`cordboard: ${error.message}`);
    return 1;
  }
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

function watching(
  folder: string,
  recursive: boolean,
  changed: (event: string, file: string | null) => void,
): FSWatcher {
  try {
    // A folder that goes away is no reason to end.
    return watch(folder, { recursive }, changed).on("error", () => undefined);
  } catch (error) {
    throw new UsageError(`cannot watch ${folder}: ${reason(error)}`);
  }
}
