/** Clips for the letters from a to z, by how each is written so that a synthesiser names it. */
export function letters(names: string): Record<string, string> {
  const texts = names.split(" ");
  if (texts.length !== 26) throw new Error("26 letters are needed");
  return Object.fromEntries(texts.map((text, index) => [`letter-${String.fromCharCode(97 + index)}`, text]));
}

/** Clips in order, one for each text, under names that end with its number. */
export function numbered(prefix: string, first: number, texts: string): Record<string, string> {
  return Object.fromEntries(texts.split(" ").map((text, index) => [`${prefix}${first + index}`, text]));
}
