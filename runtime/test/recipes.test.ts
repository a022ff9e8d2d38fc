import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { applyPatches, freeze } from "immer";
import { expect, test } from "vitest";
import type { Drive } from "../core.ts";
import { type Change, patching } from "../patches.ts";
import { tell } from "./ladder.ts";

/*
 * The second driver of recipes makes a new object of each change. Everything must go the same way, so nothing in the engine holds
 * an object over a change, or changes one outside of a recipe; and the patches alone must tell what became of it, both ways.
 */

/** Freezes what the driver made, and looks at each change from both ends. */
function watching(): Drive {
  const changes: Change[] = [];
  const drive = patching((change) => changes.push(change));
  return (kind, table, id, recipe) => {
    const before = table.get(id);
    const result = drive(kind, table, id, recipe);
    const after = table.get(id);
    const last = changes.pop();
    if (before && after) {
      freeze(after, true);
      expect(last === undefined).toBe(before === after);
      if (last) {
        expect(last).toMatchObject({ kind, id });
        expect(applyPatches(before, last.patches)).toEqual(after);
        expect(applyPatches(after, last.inverse)).toEqual(before);
      }
    }
    return result;
  };
}

const folder = join(import.meta.dirname, "stories");

test.each(readdirSync(folder))("%s", (name) => {
  const [strategy = "", ladder = ""] = readFileSync(join(folder, name), "utf8").split("\n---\n");
  expect(`${tell(strategy, ladder, { drive: watching() }).text}\n`).toBe(ladder);
});
