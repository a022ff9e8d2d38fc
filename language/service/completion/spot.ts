import type { Expected } from "../../grammar/probe.ts";
import type { Cursor } from "../cursor.ts";
import type { Project, Sheet } from "../project.ts";

/** Everything that suggestions are made from. */
export interface Spot {
  project: Project;
  sheet: Sheet;
  path: string;
  cursor: Cursor;
}

/** Rules that stand between a construct and the name or value in it. */
const between = new Set(
  (
    "name anyName text plainText thingName literal pattern primary operand expression head inner prefix givenValue valueForm " +
    "outcomeEither bracketed thing otherThing mailbox number duration percent day time hours named yes no never missing badNumber"
  ).split(" "),
);

/** The construct that a name or value would belong to. */
export function ownerOf({ within, begins }: Expected): string {
  return [...within, ...begins].findLast((rule) => !between.has(rule)) ?? "";
}

/** The word or sign before the cursor, or one further back. */
export function previous({ cursor }: Spot, back = 1): string {
  return cursor.before.at(-back)?.image ?? "";
}

/** The function or skill whose arguments are being written, and which of them. */
export function callAround({ before }: Cursor): { name: string; nth: number } | undefined {
  let nth = 0;
  let depth = 0;
  for (let at = before.length - 1; at > 0; at--) {
    const image = before[at]?.image ?? "";
    if (image === ")" || image === "]" || image === "}") depth++;
    else if (image === "(" && depth === 0) return { name: before[at - 1]?.image ?? "", nth };
    else if (image === "(" || image === "[" || image === "{") depth--;
    else if (image === "," && depth === 0) nth++;
    if (depth < 0) return undefined;
  }
  return undefined;
}
