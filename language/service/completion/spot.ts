import type { IToken } from "../../grammar/chevrotain.ts";
import type { Expected } from "../../grammar/probe.ts";
import type { Cursor } from "../cursor.ts";
import type { Project } from "../project.ts";
import type { Sheet } from "../sheet.ts";

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

/** The bracket that is open at the end of some tokens, or that the one at `close` closes; -1 where there is none. */
export function opener(tokens: readonly IToken[], close = tokens.length): number {
  let depth = 1;
  for (let at = close - 1; at >= 0; at--) {
    const image = tokens[at]?.image ?? "";
    if (image === ")" || image === "]" || image === "}") depth++;
    else if ((image === "(" || image === "[" || image === "{") && --depth === 0) return at;
  }
  return -1;
}

/** The function or skill whose arguments are being written, and which of them. */
export function callAround({ before }: Cursor): { name: string; nth: number } | undefined {
  const open = opener(before);
  if (before[open]?.image !== "(") return undefined;
  const commas = before.filter(({ image }, at) => at > open && image === "," && opener(before, at) === open);
  return { name: before[open - 1]?.image ?? "", nth: commas.length };
}
