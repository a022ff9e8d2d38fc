import type { Directory } from "./directory.ts";

/** Every skill there is; `language_en` for the language `en`. */
export function skillsOf({ skills }: Pick<Directory, "skills">): string[] {
  return [...skills.names, ...skills.languages.map((language) => `language_${language}`)];
}
