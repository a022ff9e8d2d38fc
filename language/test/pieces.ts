/*
 * Examples in pages and in the language reference are whole files or statements of one strategy. A whole file is known by an item that begins
 * at the left margin.
 */

const whole = /^(strategy|calendar|sub|use|queue plan|test|traffic)\b/m;
const head = 'strategy "example" {\n  entry "5000"\n  default route to group Sales\n\n';

export function isPiece(text: string): boolean {
  return !whole.test(text);
}

/** The text as a file: statements are put into a strategy, indented as the formatter would. */
export function asFile(text: string): string {
  if (!isPiece(text)) return `${text.trimEnd()}\n`;
  const lines = text.trimEnd().split("\n");
  return `${head}${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}\n}\n`;
}
