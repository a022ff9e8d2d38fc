import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { enableMapSet, produce } from "immer";
import { expect, test } from "vitest";
import type { Drive } from "../core.ts";
import { tell } from "./ladder.ts";

/*
 * The second driver of recipes makes a new, frozen object of each change. Everything must go the same way, so nothing in the engine
 * holds an object over a change, or changes one outside of a recipe.
 */

enableMapSet();

const anew: Drive = (table, id, recipe) => {
  const it = table.get(id);
  if (it === undefined) throw new Error(`nothing is called ${id}`);
  let result: ReturnType<typeof recipe> | undefined;
  table.set(
    id,
    produce(it, (draft) => {
      result = recipe(draft as typeof it);
    }),
  );
  return result as ReturnType<typeof recipe>;
};

const folder = join(import.meta.dirname, "stories");

test.each(readdirSync(folder))("%s", (name) => {
  const [strategy = "", ladder = ""] = readFileSync(join(folder, name), "utf8").split("\n---\n");
  expect(`${tell(strategy, ladder, { drive: anew }).text}\n`).toBe(ladder);
});
