/**
 * Where the brace stands that somebody means who types one on a blank line at `at`: the next thing below, in a text in which another one
 * would be one too many.
 */
export function braceBelow(text: string, at: number): number | undefined {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const below = text.slice(at);
  const blank = below.length - below.trimStart().length;
  const isBelow = below[blank] === "}" && below.slice(0, blank).includes("\n");
  return line.trim() === "" && isBelow && count(text, "{") === count(text, "}") ? at + blank : undefined;
}

const count = (text: string, brace: string): number => text.split(brace).length - 1;
