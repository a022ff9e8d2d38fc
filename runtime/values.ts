/**
 * What a strategy computes with: plain data, so that a waiting call is plain data.
 * Numbers, texts and yes/no are themselves; everything else is tagged by `is`.
 */
export type Value =
  | string
  | number
  | boolean
  | null // `missing`
  | { is: "phone"; number: string } // as it was given; a text next to one is read as a phone
  | { is: "duration"; ms: number }
  | { is: "never" }
  | Word // a bare constant: `ready`, `worker`, an outcome
  | { is: "thing"; noun: string; name: string } // `group Accounts`, `agent luc` …
  | { is: "time"; minutes: number }
  | { is: "date"; year: number; month: number; day: number }
  | { is: "moment"; at: number }
  | { is: "percent"; value: number }
  | { is: "list"; items: Value[] }
  | RecordValue;

/** `holds` is what `NAME(x)` binds to `x`: the name and the date of a holiday. */
export interface Word {
  is: "word";
  word: string;
  holds?: Value;
}

/** `anyCase`: all keys are in lower case and asked for in any, as names of headers are. */
export interface RecordValue {
  is: "record";
  fields: { [key: string]: Value };
  anyCase?: true;
}

export const never: Value = { is: "never" };

export function word(text: string): Value {
  return { is: "word", word: text };
}

export function thing(noun: string, name: string): Value {
  return { is: "thing", noun, name };
}

export function phone(number: string): Value {
  return { is: "phone", number };
}

/** A text, or the number of a phone. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "object" && value?.is === "phone" ? value.number : undefined;
}

/** As others are told of it: a phone, wherever it stands, is its number. */
export function told(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value.is === "phone") return value.number;
  if (value.is === "list") return { is: "list", items: value.items.map(told) };
  return value.is === "record" ? { ...value, fields: toldFields(value.fields) } : value;
}

export function toldFields(fields: Record<string, Value>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, told(value)]));
}

/** `Infinity` becomes `never`. */
export function duration(ms: number): Value {
  return ms === Infinity ? never : { is: "duration", ms };
}

/** Milliseconds of a duration, `Infinity` for `never`, undefined for everything else. */
export function durationMs(value: Value): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value.is === "never") return Infinity;
  return value.is === "duration" ? value.ms : undefined;
}

/** What the author calls this kind of value, for messages. */
export function kindOf(value: Value): string {
  if (value === null) return "missing";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "yes or no";
  if (typeof value === "number") return "number";
  return value.is === "never" ? "duration" : value.is === "thing" ? value.noun : value.is;
}

/** Equality by content; of phones, as they are written. Unlike kinds are never the same; `missing` equals only `missing`. */
export function same(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a.is === "list" && b.is === "list") {
    return a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index] ?? null));
  }
  if (a.is === "record" && b.is === "record") {
    const keys = Object.keys(a.fields);
    return (
      keys.length === Object.keys(b.fields).length &&
      keys.every((key) => Object.hasOwn(b.fields, key) && same(a.fields[key] ?? null, b.fields[key] ?? null))
    );
  }
  if (a.is === "phone" && b.is === "phone") return a.number === b.number;
  if (a.is === "word" && b.is === "word") return a.word === b.word;
  if (a.is === "thing" && b.is === "thing") return a.noun === b.noun && a.name === b.name;
  return compare(a, b) === 0;
}

/** Negative, zero or positive; undefined when the two have no order between them. */
export function compare(a: Value, b: Value): number | undefined {
  const left = magnitude(a);
  const right = magnitude(b);
  if (left === undefined || right === undefined) return undefined;
  // `never`, where a moment could be, is later than all of them.
  if (left.unit !== right.unit && !isNeverBeside(left, right) && !isNeverBeside(right, left)) return undefined;
  return left.size < right.size ? -1 : left.size > right.size ? 1 : 0;
}

type Magnitude = NonNullable<ReturnType<typeof magnitude>>;

function isNeverBeside(one: Magnitude, other: Magnitude): boolean {
  return one.unit === "duration" && one.size === Infinity && other.unit === "moment";
}

/** Place on the line of its kind, for everything that is measured. */
export function magnitude(value: Value): { unit: string; size: number } | undefined {
  if (typeof value === "number") return { unit: "number", size: value };
  if (typeof value !== "object" || value === null) return undefined;
  switch (value.is) {
    case "duration":
      return { unit: "duration", size: value.ms };
    case "never":
      return { unit: "duration", size: Infinity };
    case "time":
      return { unit: "time", size: value.minutes };
    case "date":
      return { unit: "date", size: value.year * 10_000 + value.month * 100 + value.day };
    case "moment":
      return { unit: "moment", size: value.at };
    case "percent":
      return { unit: "percent", size: value.value };
    default:
      return undefined;
  }
}
