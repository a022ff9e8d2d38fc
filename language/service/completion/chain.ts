import { callFields, type Described, functions } from "../../builtins.ts";
import { type Type, unknown } from "../../types.ts";
import { typesOf } from "../findings.ts";
import { namesByPath } from "../meaning.ts";
import { visibleAt } from "../mentions.ts";
import { partsOf } from "../type-words.ts";
import { opener, type Spot } from "./spot.ts";

/* What is known of the value right before the cursor, such as `owner` in `owner.`, where no tree holds it yet. */

/** `call` itself, which is no value. */
export const callType: Type = { is: "record" };
/** `call.data` */
export const dataType: Type = { is: "record" };

/** The type of the value whose last word or sign is `before[last]`. */
export function typeBefore(spot: Spot, last = spot.cursor.before.length - 1): Type {
  const { before } = spot.cursor;
  const token = before[last];
  if (!token) return unknown;
  if (token.image === ")" || token.image === "]") {
    const open = opener(before, last);
    // What stands in brackets chooses a part that is not known here.
    if (token.image === "]") return unknown;
    const called = before[open - 1]?.image ?? "";
    return Object.hasOwn(functions, called) ? (functions[called]?.result ?? unknown) : unknown;
  }
  if (before[last - 1]?.image !== ".") return typeOfWord(spot, token.image);
  const object = typeBefore(spot, last - 2);
  const parts = partsBefore(object);
  if (object === callType && token.image === "data") return dataType;
  return (Object.hasOwn(parts, token.image) ? parts[token.image]?.type : undefined) ?? unknown;
}

/** The parts that can stand behind the dot. */
export function partsBefore(type: Type): Record<string, Described> {
  return type === callType ? callFields : partsOf(type);
}

function typeOfWord({ project, sheet, path, cursor }: Spot, word: string): Type {
  if (word === "call") return callType;
  const given = visibleAt(sheet, cursor.offset).find(({ name }) => name === word)?.gives;
  if (given) return typesOf(project).get(given.name) ?? unknown;
  return namesByPath(project).get(path)?.calendars.has(word) ? { is: "calendar" } : unknown;
}
