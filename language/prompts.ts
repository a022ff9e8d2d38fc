/**
 * Where a prompt's recording may be, below the folder of prompts, the best first: NAME.LANG.wav, else NAME.wav. A name may lead into
 * subfolders and never out: `..`, absolute names, backslashes and control characters have no file.
 */
export function promptFiles(name: string, language: string): string[] {
  if (!name.split("/").every(isName)) return [];
  return isName(language) ? [`${name}.${language}.wav`, `${name}.wav`] : [`${name}.wav`];
}

function isName(part: string): boolean {
  return /^[^\\/\p{Cc}]{1,128}$/u.test(part) && part !== "." && part !== "..";
}
