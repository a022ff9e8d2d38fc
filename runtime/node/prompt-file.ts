import { existsSync } from "node:fs";
import { join } from "node:path";
import { promptFiles } from "../../language/index.ts";

/** The prompt's file that is there, by the language's rule of names. */
export function promptFile(folder: string, name: string, language: string): string | undefined {
  return promptFiles(name, language)
    .map((one) => join(folder, one))
    .find((path) => existsSync(path));
}
