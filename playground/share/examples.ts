import type { Work } from "../model.ts";

/* The folders of `examples/`, as they were when the page was built. */

const texts = import.meta.glob<string>(
  ["../../examples/*/*.strategy", "../../examples/*/*.yaml", "../../examples/*/*/*.strategy"],
  { query: "?raw", import: "default", eager: true },
);

/** From the simplest on. Only the first has prompts to be played. */
const order = ["first-call", "billing", "accounts", "expert", "frontdesk", "national", "vip"];

export const examples: ReadonlyMap<string, Work> = new Map(
  order.map((name) => {
    const folder = `../../examples/${name}/`;
    const open = `${name}.strategy`;
    const rank = (path: string): number => [path === open, path.endsWith(".strategy"), true].indexOf(true);
    const files = Object.keys(texts)
      .filter((path) => path.startsWith(folder))
      .map((path) => ({ path: path.slice(folder.length), text: texts[path] ?? "" }))
      .toSorted((a, b) => rank(a.path) - rank(b.path));
    const prompts = name === "first-call" ? undefined : {};
    return [name, { site: { files, prompts }, open, scenario: { origin: { from: "hand" }, acts: [] } }];
  }),
);
