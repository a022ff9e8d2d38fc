import type { ThingNoun } from "./ast.ts";

/** What a value can be, in the words of the author. */
export type TypeName =
  | "unknown"
  | "missing"
  | "text"
  | "phone"
  | "uri"
  | "number"
  | "yes or no"
  | "duration"
  | "time"
  | "date"
  | "moment"
  | "percent"
  | "word"
  | "list"
  | "record"
  | "device"
  | "this"
  | Exclude<ThingNoun, "number">;

export interface Type {
  is: TypeName;
  /** The value may be `missing`. */
  optional?: boolean;
  /** Which words a `word` can be; any word without. */
  words?: readonly string[];
  /** What a list holds. */
  item?: Type;
  /** What a record is known to hold. Without it, anything. */
  fields?: Record<string, Type>;
}

export const unknown: Type = { is: "unknown" };

export const optional = (type: Type): Type => (type.optional ? type : { ...type, optional: true });

export const present = (type: Type): Type => (type.optional ? { ...type, optional: false } : type);

const textual = new Set<TypeName>(["text", "phone", "uri"]);

/** Whether `==` between the two can ever be more than `no`. A text next to a phone or a uri is read as one. */
export function alike(a: Type, b: Type): boolean {
  if (a.is === b.is || a.is === "unknown" || b.is === "unknown") return true;
  if (a.is === "missing" || b.is === "missing") return true;
  return textual.has(a.is) && textual.has(b.is);
}

/** Whether a value of this type may stand where `wanted` is asked for. */
export function fits(type: Type, wanted: readonly TypeName[]): boolean {
  return wanted.some((name) => alike(type, { is: name }));
}

const ordered = new Set<TypeName>(["number", "duration", "time", "date", "moment", "percent", "unknown"]);

/** Whether `<` means something between two values of this type. */
export const hasOrder = (type: Type): boolean => ordered.has(type.is);

/** The type of a value that is one or the other. */
export function either(a: Type, b: Type): Type {
  if (a.is === "missing") return optional(b);
  if (b.is === "missing") return optional(a);
  const may = Boolean(a.optional) || Boolean(b.optional);
  if (!alike(a, b)) return { is: "unknown", optional: may };
  const is = a.is === b.is ? a.is : textual.has(a.is) && textual.has(b.is) ? "text" : "unknown";
  const words = a.words && b.words ? [...new Set([...a.words, ...b.words])] : undefined;
  const item = a.item && b.item ? either(a.item, b.item) : undefined;
  return { is, optional: may, words, item, fields: eitherFields(a.fields, b.fields) };
}

function eitherFields(a: Type["fields"], b: Type["fields"]): Type["fields"] {
  if (!a || !b) return undefined;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  const fields: Record<string, Type> = Object.create(null);
  for (const key of keys) {
    const [left, right] = [a[key], b[key]];
    fields[key] = left && right ? either(left, right) : optional(left ?? right ?? unknown);
  }
  return fields;
}

/** `a duration`, `an agent`, `yes or no`: for messages. */
export function named(type: Type | TypeName): string {
  const name = typeof type === "string" ? type : type.is;
  if (name === "unknown") return "an unknown value";
  if (name === "missing" || name === "yes or no" || name === "this")
    return `\`${name}\``.replace("`yes or no`", "yes or no");
  if (name === "numbers") return "a list of numbers";
  return `${/^[aeio]/.test(name) ? "an" : "a"} ${name}`;
}

/** `a phone, a group or an agent`. */
export function oneOfThem(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
