/* What is taken from outside: links, files and what was saved may come from strangers. */

export const limits = {
  files: 100,
  /** All texts together, in characters; a thousand lines are about 40,000. */
  text: 1_000_000,
  path: 200,
  acts: 5000,
  prompts: 5000,
  /** A run, in milliseconds: a year. Far beyond it clocks and calendars end. */
  runMs: 366 * 86_400_000,
  /** A link, in characters: more than browsers and chats carry anyway. */
  link: 200_000,
  /** A link, unpacked, in bytes. */
  unpacked: 3_000_000,
} as const;

/** Why a file cannot have this name; undefined where it can. */
export function wrongName(path: string, taken: readonly string[]): string | undefined {
  if (path === "") return "a file needs a name";
  if (path.length > limits.path) return `the name is longer than ${limits.path} characters`;
  if (!/\.(strategy|ya?ml|csv)$/.test(path)) return "names end with .strategy, .yaml or .csv";
  if (!/^[\p{L}\p{N}_. -]+(\/[\p{L}\p{N}_. -]+)*$/u.test(path) || /(^|\/)\.\.?(\/|$)/.test(path))
    return "folders and names are made of letters, digits, spaces and _ . -";
  return taken.includes(path) ? `there is a file ${path} already` : undefined;
}

/** As editors count: every line ends with `\n`. */
export const plainText = (text: string): string => text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
