import { enablePatches, Immer, type Patch } from "immer";
import type { Drive, Rows } from "./core.ts";
import { invariant } from "./defect.ts";

enablePatches();

/** Objects stay unfrozen: an engine that is watched must not become another one. */
const immer = new Immer({ autoFreeze: false });

/** What one recipe did to one object: forward and back, for time travel and for whoever keeps a copy elsewhere. */
export interface Change {
  kind: keyof Rows;
  id: string;
  patches: Patch[];
  inverse: Patch[];
}

/**
 * The second driver of recipes (`createEngine({ drive })`): each change makes a new object and tells its patches. For the one who
 * looks, not for the hot path: some 2 µs a change.
 */
export function patching(told: (change: Change) => void): Drive {
  return (kind, table, id, recipe) => {
    const it = table.get(id);
    invariant(it, `nothing is called ${id}`);
    let result: { value: ReturnType<typeof recipe> } | undefined;
    const [next, patches, inverse] = immer.produceWithPatches(it, (draft) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a draft is what it was made of
      result = { value: recipe(draft as typeof it) };
    });
    table.set(id, next);
    if (patches.length > 0) told({ kind, id, patches, inverse });
    invariant(result, "a recipe ran");
    return result.value;
  };
}
