import type { Target } from "../ast.ts";

/** A party that is none of the directory's people: it is called by a number or a trunk. */
export function isOutside(target: Target): boolean {
  const noun = target.kind === "target" && target.thing.kind === "thing" ? target.thing.noun : undefined;
  return noun === "number" || noun === "trunk";
}
