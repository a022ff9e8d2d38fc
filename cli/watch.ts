import { type FSWatcher, statSync, watch } from "node:fs";
import { dirname } from "node:path";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

/** Editors write a file in several steps; milliseconds. */
const SETTLED_MS = 100;
const READ = /\.(strategy|ya?ml|csv|wav)$/;

/** Does it now and whenever a file in these folders, or beside these files, changes; until SIGINT. Returns the last exit code. */
export function again(paths: readonly string[], act: () => number): Promise<number> {
  let code = 0;
  let timer: NodeJS.Timeout | undefined;
  const changed = (_event: string, file: string | null): void => {
    if (file !== null && !READ.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      complain("");
      code = once(act);
    }, SETTLED_MS);
  };
  const watchers = [...new Set(paths.map(folderOf))].map((folder) => watching(folder, changed));
  // Watched from before the first time on, so that no change is missed.
  code = once(act);
  return new Promise((resolve) => {
    process.once("SIGINT", () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      resolve(code);
    });
  });
}

/** A file that is not there for a moment does not end the watch. */
function once(act: () => number): number {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`cordboard: ${error.message}`);
    return 1;
  }
}

function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
}

function watching(folder: string, changed: (event: string, file: string | null) => void): FSWatcher {
  try {
    return watch(folder, { recursive: true }, changed);
  } catch (error) {
    throw new UsageError(`cannot watch ${folder}: ${reason(error)}`);
  }
}
