#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/**
 * Starts the built program from what Node made of its text at the build (`bundle.ts`): compiling all that anew takes Node
 * longer than checking a strategy. Another version of Node does not take that; it compiles then, and all else is the same.
 */
const filename = fileURLToPath(new URL("./main.cjs", import.meta.url));
const program = new Script(readFileSync(filename, "utf8"), { filename, cachedData: made() });
const load = (path: string): Promise<unknown> => import(path);
program.runInThisContext()(createRequire(filename), load, filename);

function made(): Buffer | undefined {
  try {
    return readFileSync(`${filename}.cache`);
  } catch {
    return undefined;
  }
}
