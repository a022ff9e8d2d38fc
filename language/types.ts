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
  | "calendar"
  | "this"
  | Exclude<ThingNoun, "number">;

export interface Type {
  is: TypeName;
  /** The value may be `missing`. */
  optional?: boolean;
  /** Which words a `word` can be; any word without. */
  words?: readonly string[];
  /** What `name(x)` in a pattern names, by word. */
  carries?: Record<string, Type>;
  /** What a list holds, and every field of an open record. */
  item?: Type;
  /** What a record is known to hold. Without it, anything. */
  fields?: Record<string, Type>;
  /** The record may hold more than `fields`. */
  open?: boolean;
  /** Declared by `secret`, or made of such a value. */
  secret?: boolean;
  /** Types inside this one, itself counted; 1 where absent. */
  weight?: number;
}

/** A type that would be larger is not followed further, so that no text can make one grow without end. */
const heaviest = 500;

const weightOf = (type: Type | undefined): number => (type ? (type.weight ?? 1) : 0);

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

/** A record of these fields. */
export function recordOf(fields: Record<string, Type>, open = false): Type {
  const types = Object.values(fields);
  const weight = types.reduce((sum, type) => sum + weightOf(type), 1);
  if (weight <= heaviest) return { is: "record", fields, weight, ...(open && { open }) };
  return { is: "record", ...(types.some(holdsSecret) && { secret: true }) };
}

export function listOf(item: Type | undefined): Type {
  if (!item) return { is: "list" };
  const weight = weightOf(item) + 1;
  if (weight <= heaviest) return { is: "list", item, weight };
  return { is: "list", ...(holdsSecret(item) && { secret: true }) };
}

/** Whether the value, or anything in it, is secret. */
export function holdsSecret(type: Type): boolean {
  if (type.secret) return true;
  if (type.item && holdsSecret(type.item)) return true;
  return type.fields !== undefined && Object.values(type.fields).some(holdsSecret);
}

export const secretly = (type: Type, secret: boolean): Type =>
  secret && !type.secret ? { ...type, secret: true } : type;

/** The type of a value that is one or the other. */
export function either(a: Type, b: Type): Type {
  return secretly(joined(a, b), Boolean(a.secret) || Boolean(b.secret));
}

function joined(a: Type, b: Type): Type {
  if (a === b) return a;
  if (a.is === "missing") return optional(b);
  if (b.is === "missing") return optional(a);
  const may = Boolean(a.optional) || Boolean(b.optional);
  const opt = may ? { optional: true } : {};
  if (a.is !== b.is) return { is: textual.has(a.is) && textual.has(b.is) ? "text" : "unknown", ...opt };
  if (a.is === "record") return { ...eitherRecord(a, b), ...opt };
  if (a.is === "list") return { ...listOf(a.item && b.item ? either(a.item, b.item) : undefined), ...opt };
  const words = a.words && b.words ? { words: [...new Set([...a.words, ...b.words])] } : {};
  const carries = a.carries && a.carries === b.carries ? { carries: a.carries } : {};
  return { is: a.is, ...opt, ...words, ...carries };
}

/** Of a record of which nothing is known every field may be there. */
function eitherRecord(a: Type, b: Type): Type {
  const fields: Record<string, Type> = Object.create(null);
  for (const key of new Set([...Object.keys(a.fields ?? {}), ...Object.keys(b.fields ?? {})])) {
    const [left, right] = [fieldIn(a, key), fieldIn(b, key)];
    fields[key] = left && right ? either(left, right) : optional(left ?? right ?? unknown);
  }
  return recordOf(fields, isOpen(a) || isOpen(b));
}

/** Whether the record may hold fields that are not known. */
export const isOpen = (type: Type): boolean => type.fields === undefined || Boolean(type.open);

/** What a field of a record is; undefined where the record has none of this name. */
export function fieldIn(type: Type, key: string): Type | undefined {
  if (type.fields && Object.hasOwn(type.fields, key)) return type.fields[key];
  return isOpen(type) ? optional(type.item ?? unknown) : undefined;
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
