import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Paths of the prompts in a folder and below it, by the names that strategies use: `moh/calm` for `moh/calm.wav` and, where the
 * site speaks English, for `moh/calm.en.wav`.
 */
export function promptsIn(folder: string, languages: string[], below = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) for (const [name, file] of promptsIn(folder, languages, path)) found.set(name, file);
    else if (entry.name.endsWith(".wav")) found.set(nameOf(path, languages), join(folder, path));
  }
  return found;
}

function nameOf(path: string, languages: string[]): string {
  const stem = path.slice(0, -".wav".length);
  const language = languages.find((one) => stem.endsWith(`.${one}`));
  return language ? stem.slice(0, -language.length - 1) : stem;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
