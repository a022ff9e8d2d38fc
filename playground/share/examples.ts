import type { Work } from "../model.ts";

/* The folders of `examples/`, as they were when the page was built. */

const texts = import.meta.glob<string>(
  ["../../examples/*/*.strategy", "../../examples/*/*.yaml", "../../examples/*/*/*.strategy"],
  { query: "?raw", import: "default", eager: true },
);

/** Milliseconds of the audio that comes with the first. */
const recordings = {
  "call-later": 5780,
  "moh/calm": 16000,
  nobody: 5036,
  sorry: 8111,
  "still-here": 3502,
  welcome: 5229,
};

/** Those that play it; the others have none. */
const prompts: Record<string, Record<string, number>> = {
  "first-call": recordings,
  "drachtio-server": recordings,
  kamailio: recordings,
};

/** The one to begin with; the others follow by name. */
const first = "first-call";

/** Folders with a strategy of their own name. */
const names = Object.keys(texts)
  .flatMap((path) => /\/([^/]+)\/\1\.strategy$/.exec(path)?.[1] ?? [])
  .toSorted((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1));

export const examples: ReadonlyMap<string, Work> = new Map(names.map((name) => [name, workOf(name)]));

function workOf(name: string): Work {
  const folder = `../../examples/${name}/`;
  const open = `${name}.strategy`;
  const rank = (path: string): number => [path === open, path.endsWith(".strategy"), true].indexOf(true);
  const files = Object.keys(texts)
    .filter((path) => path.startsWith(folder))
    .map((path) => ({ path: path.slice(folder.length), text: texts[path] ?? "" }))
    .toSorted((a, b) => rank(a.path) - rank(b.path));
  return { site: { files, prompts: prompts[name] ?? {} }, open, scenario: { origin: { from: "hand" }, acts: [] } };
}
