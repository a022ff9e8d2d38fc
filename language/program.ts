import type { Calendar, QueuePlan, Strategy, Sub, Test, Traffic } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";
import { hash } from "./hash.ts";
import { type Declared, inPlan, type Names, noNames, type ReadFile, type Resolved } from "./names.ts";
import type { Source } from "./source.ts";

declare const checked: unique symbol;

/**
 * Strategies without errors, with the directory they were checked against. Only `check` makes one,
 * and the engine takes nothing else, so nothing is validated twice.
 */
export interface CheckedProgram {
  readonly [checked]: true;
  /** Of all texts and the directory: calls name the program they entered with by it. */
  hash: string;
  /** `names` is what the text of each can name: subs, calendars, queue plans, each with its own source and names. */
  strategies: { source: Source; strategy: Strategy; names: Names }[];
  subs: Declared<Sub>[];
  calendars: Declared<Calendar>[];
  plans: Declared<QueuePlan>[];
  tests: { source: Source; test: Test }[];
  traffic: { source: Source; traffic: Traffic }[];
  directory: Directory;
}

/** What all files declare, before it is checked. */
export type Items = Omit<CheckedProgram, symbol | "hash">;

/** The items of all files with what each can name. */
export function gather(files: readonly ReadFile[], { names: byPath }: Resolved, directory: Directory): Items {
  const items: Items = { strategies: [], subs: [], calendars: [], plans: [], tests: [], traffic: [], directory };
  for (const { source, file } of files) {
    const names = byPath.get(source.path) ?? noNames();
    for (const item of file.items) {
      if (item.kind === "strategy") items.strategies.push({ source, strategy: item, names });
      else if (item.kind === "sub") items.subs.push({ source, item, names });
      else if (item.kind === "calendar") items.calendars.push({ source, item, names });
      else if (item.kind === "plan") items.plans.push({ source, item, names: inPlan(names) });
      else if (item.kind === "test") items.tests.push({ source, test: item });
      else if (item.kind === "traffic") items.traffic.push({ source, traffic: item });
    }
  }
  return items;
}

/** The promise that nothing in them is an error. */
export function seal(files: readonly ReadFile[], items: Items): CheckedProgram {
  const program = {
    ...items,
    hash: hash([...files.map(({ source }) => source.text), JSON.stringify(items.directory)]),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the brand is this function's promise and has no value
  return program as CheckedProgram;
}
