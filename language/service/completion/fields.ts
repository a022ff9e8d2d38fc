import { settable } from "../../builtins.ts";
import type { Type } from "../../types.ts";
import { typeLine } from "../type-words.ts";
import { callType, dataType, partsBefore, typeBefore } from "./chain.ts";
import { opener, previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { namesOfKind } from "./things.ts";
import { variables } from "./values.ts";

/** Behind a dot. */
export function members(spot: Spot): Offer[] {
  const type = typeBefore(spot, spot.cursor.before.length - 2);
  return type === dataType ? dataKeys(spot) : parts(type);
}

function parts(type: Type): Offer[] {
  return Object.entries(partsBefore(type)).map(([label, part]) => {
    return { label, kind: "field", detail: typeLine(part.type), about: part.about };
  });
}

/** What `set` and `secret` write. */
export function callParts(spot: Spot): Offer[] {
  if (previous(spot, 2) !== "call") return previous(spot, 2) === "data" ? dataKeys(spot) : [];
  return parts(callType).filter(({ label }) => label === "data" || settable.some((one) => one === label));
}

export function dataKeys(spot: Spot): Offer[] {
  return namesOfKind(spot, "field").map((offer) => ({ ...offer, kind: "field", detail: "call.data" }));
}

/** Fields of a record: keys that are used elsewhere, and variables that a field can take its name from. */
export function keys(spot: Spot): Offer[] {
  const inTest = spot.cursor.expected.some(({ within }) => within.includes("callData"));
  const known = dataKeys(spot).map((offer) => ({ ...offer, form: `${offer.label}: ‹›` }));
  return inTest ? known : [...variables(spot), ...known];
}

/** Left of `->`. */
export function patternWords(spot: Spot): Offer[] {
  const type = typeBefore(spot, opener(spot.cursor.before) - 1);
  return (type.words ?? []).map((label) => ({
    label,
    kind: "value",
    form: type.carries?.[label] ? `${label}(‹x›)` : label,
  }));
}
