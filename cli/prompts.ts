import { relative, sep } from "node:path";
import { filesBelow } from "./disk.ts";

/**
 * Paths of the prompts in a folder and below it, by the names that strategies use: `moh/calm` for `moh/calm.wav` and, where the
 * site speaks English, for `moh/calm.en.wav`.
 */
export function promptsIn(folder: string, languages: string[]): Map<string, string> {
  const paths = filesBelow(folder, ".wav");
  return new Map(paths.map((path) => [nameOf(relative(folder, path).split(sep).join("/"), languages), path]));
}

function nameOf(path: string, languages: string[]): string {
  const stem = path.slice(0, -".wav".length);
  const language = languages.find((one) => stem.endsWith(`.${one}`));
  return language ? stem.slice(0, -language.length - 1) : stem;
}
