import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Paths of the prompts in a folder and below it, by the names that strategies use: `moh/calm`, whatever its languages. */
export function promptFiles(folder: string, below = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [name, file] of promptFiles(folder, path)) found.set(name, file);
    else if (entry.name.endsWith(".wav")) found.set(path.replace(/(\.[a-z]{2,3})?\.wav$/, ""), join(folder, path));
  }
  return found;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
