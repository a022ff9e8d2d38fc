import type { Expr } from "../ast.ts";
import type { Type } from "../types.ts";

/** Bytes that a value takes in User-to-User data: at least, and as such values usually are. */
export interface Size {
  least: number;
  likely: number;
}

/** What a value of a type usually has, in bytes. */
const usual: Partial<Record<Type["is"], number>> = {
  phone: 13,
  uri: 30,
  number: 4,
  duration: 6,
  moment: 25,
  date: 10,
  time: 5,
  "yes or no": 4,
  percent: 3,
  word: 12,
  missing: 4,
};

const usualText = 20;

/** The protocol discriminator is one of the bytes. */
export function sizeOf(value: Expr, type: Type, encoding: "json" | "hex" | "text"): Size {
  const { least, likely } = encoding === "json" ? json(value, type, 0) : plain(value);
  return encoding === "hex"
    ? { least: Math.ceil(least / 2) + 1, likely: Math.ceil(likely / 2) + 1 }
    : { least: least + 1, likely: likely + 1 };
}

function json(value: Expr, type: Type, depth: number): Size {
  if (value.kind === "record" && depth < 20) {
    const parts = value.fields.map((field) => {
      const { least, likely } = json(field.value, type.fields?.[field.key.text] ?? { is: "unknown" }, depth + 1);
      const key = bytes(JSON.stringify(field.key.text)) + 1;
      return { least: least + key, likely: likely + key };
    });
    return joined(parts);
  }
  if (value.kind === "list" && depth < 20) {
    return joined(value.items.map((item) => json(item, type.item ?? { is: "unknown" }, depth + 1)));
  }
  if (value.kind === "text") {
    const { least, likely } = plain(value);
    return { least: least + 2, likely: likely + 2 };
  }
  if (value.kind === "number") return exactly(String(value.value));
  if (value.kind === "yesno") return exactly(String(value.value));
  return { least: type.is === "record" || type.is === "text" ? 2 : 1, likely: (usual[type.is] ?? usualText) + 2 };
}

/** In brackets, with commas between. */
function joined(parts: readonly Size[]): Size {
  const signs = 2 + Math.max(0, parts.length - 1);
  return {
    least: parts.reduce((sum, part) => sum + part.least, signs),
    likely: parts.reduce((sum, part) => sum + part.likely, signs),
  };
}

function plain(value: Expr): Size {
  if (value.kind !== "text") return { least: 0, likely: usualText };
  const fixed = value.parts.reduce((sum, part) => sum + (typeof part === "string" ? bytes(part) : 0), 0);
  const computed = value.parts.filter((part) => typeof part !== "string").length;
  return { least: fixed, likely: fixed + computed * usualText };
}

const exactly = (text: string): Size => ({ least: bytes(text), likely: bytes(text) });

/** In UTF-8. */
function bytes(text: string): number {
  let sum = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return sum;
}
