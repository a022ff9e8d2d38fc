import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { bare, dialable } from "../phone.ts";
import { type Entry, type Node, type Place, type Scalar, unquoted } from "./yaml.ts";

/** A value that was read, and where it stands. */
export interface Found<T> {
  value: T;
  place: Place;
}

/** One thing of a map: its name, where the name stands, and what is said of it. */
export interface Named<T> {
  name: string;
  place: Place;
  value: T;
}

/** Reads a node into a value, or says into `diagnostics` why it cannot. `what` is how a message calls the thing. */
export type Shape<T> = (node: Node, diagnostics: Diagnostic[]) => T | undefined;

/** A key that DIRECTORY.md has and this version does not act on: said once, never silently passed over. */
export const later: Shape<never> = () => undefined;

type Shaped<F> = { [K in keyof F]?: F[K] extends Shape<infer T> ? T : never };

function wrong(node: Node, message: string, hint?: string, code = "D104"): Diagnostic {
  return { code, severity: "error", message, ...node.place, hint };
}

const written = (node: Node) => (node.kind === "scalar" ? `\`${short(node.written)}\`` : `this ${node.kind}`);

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

// Control characters, line ends among them, would break out of a message, a record or a header.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** A text for people or for other systems: no control characters, at most 500 characters. */
export const text: Shape<Found<string>> = (node, diagnostics) => plainText(node, diagnostics, "this");

function plainText(node: Node, diagnostics: Diagnostic[], what: string): Found<string> | undefined {
  if (node.kind !== "scalar" || node.value === null) {
    diagnostics.push(wrong(node, `a text is expected here, not ${empty(node) ? "nothing" : written(node)}`));
  } else if (typeof node.value !== "string") {
    diagnostics.push(unquoted(node, what));
  } else if (control.test(node.value)) {
    diagnostics.push(wrong(node, "this text holds a line end or another control character", undefined, "D107"));
  } else if (node.value.length > 500) {
    diagnostics.push(wrong(node, "this text is longer than 500 characters", undefined, "D107"));
  } else {
    return { value: node.value, place: node.place };
  }
  return undefined;
}

const empty = (node: Node) => node.kind === "scalar" && node.value === null;

/** A text that fits `pattern`. */
export function textLike(what: string, pattern: RegExp, hint: string, code = "D104"): Shape<Found<string>> {
  return (node, diagnostics) => {
    const found = plainText(node, diagnostics, what);
    if (!found || pattern.test(found.value)) return found;
    diagnostics.push(wrong(node, `${written(node)} is not ${what}`, hint, code));
    return undefined;
  };
}

/** The name of a thing. */
export const name = textLike("a name", /\S/, "write a name");

/** Without the blanks, dots, hyphens and brackets that people write. */
function dialled(shape: Shape<Found<string>>): Shape<Found<string>> {
  return (node, diagnostics) => {
    const found = shape(node, diagnostics);
    return found && { ...found, value: bare(found.value) };
  };
}

export const phone = dialled(
  textLike("a phone", dialable, 'digits, with `+` and the country code for the outside: `"+34910603165"`'),
);

/** A phone, or the head of many: `"+1201*"`. */
export const phones = dialled(textLike("a phone", dialable, 'a phone, or the head of one: `"+1201*"`'));

const truth: Record<string, boolean> = { yes: true, true: true, on: true, no: false, false: false, off: false };

export const yesNo: Shape<Found<boolean>> = (node, diagnostics) => {
  const value = node.kind === "scalar" ? truth[node.written.toLowerCase()] : undefined;
  if (value !== undefined) return { value, place: node.place };
  diagnostics.push(wrong(node, `\`yes\` or \`no\` is expected here, not ${written(node)}`));
  return undefined;
};

const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `20s`, `1m30s`: milliseconds. */
export const duration: Shape<Found<number>> = (node, diagnostics) => {
  const source = node.kind === "scalar" ? node.written : "";
  if (/^(\d{1,9}(ms|s|m|h|d)){1,5}$/.test(source)) {
    const parts = source.match(/\d+\D+/g) ?? [];
    const value = parts.reduce(
      (sum, part) => sum + Number.parseInt(part, 10) * (units[part.replace(/\d+/, "")] ?? 0),
      0,
    );
    return { value, place: node.place };
  }
  const bare = /^\d{1,9}$/.test(source);
  const hint = bare ? `write the unit: \`${source}s\`` : "write a number with its unit: `20s`, `1m30s`";
  const fix = bare ? { title: "seconds", edits: [{ ...node.place, text: `${source}s` }] } : undefined;
  diagnostics.push({ ...wrong(node, `${written(node)} is not a duration`, hint, "D108"), fix });
  return undefined;
};

/** A level of a skill. */
export const level: Shape<Found<number>> = (node, diagnostics) => {
  const value = node.kind === "scalar" ? node.value : undefined;
  if (typeof value === "number" && Number.isSafeInteger(value)) return { value, place: node.place };
  diagnostics.push(wrong(node, `a level is a whole number, not ${written(node)}`, "write it without quotes: `7`"));
  return undefined;
};

/** Of several words that are meant for it, this version acts on one. */
export function onlyYet(word: string, ...others: string[]): Shape<Found<string>> {
  const shape = oneOf(word, ...others);
  return (node, diagnostics) => {
    const found = shape(node, diagnostics);
    if (!found || found.value === word) return found;
    const message = `\`${found.value}\` is not part of this version`;
    diagnostics.push({ code: "D190", severity: "warning", message, ...node.place, hint: `\`${word}\` is taken` });
    return undefined;
  };
}

export function oneOf<T extends string>(...words: T[]): Shape<Found<T>> {
  return (node, diagnostics) => {
    const value = words.find((word) => node.kind === "scalar" && node.written === word);
    if (value !== undefined) return { value, place: node.place };
    const choice = words.map((word) => `\`${word}\``).join(", ");
    diagnostics.push(wrong(node, `${written(node)} is not one of ${choice}`, did(node, words)));
    return undefined;
  };
}

const did = (node: Node, words: readonly string[]) => {
  const word = node.kind === "scalar" ? nearest(node.written, words) : undefined;
  return word === undefined ? undefined : `did you mean \`${word}\`?`;
};

/** A list; one value stands for a list of one, an empty value for an empty list. Undefined when no item could be read. */
export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (node, diagnostics) => {
    if (empty(node)) return [];
    const items = node.kind === "list" ? node.items : [node];
    const read = items.map((item) => shape(item, diagnostics)).filter((item) => item !== undefined);
    return read.length === 0 && items.length > 0 ? undefined : read;
  };
}

/** Things by name, in the order of the file. */
export function mapOf<T>(shape: Shape<T>): Shape<Named<T>[]> {
  return (node, diagnostics) =>
    entriesOf(node, diagnostics, "a map of names is expected here").flatMap((entry) => {
      if (!soundName(entry, diagnostics)) return [];
      const value = shape(entry.value, diagnostics);
      return value === undefined ? [] : [{ name: entry.key, place: entry.keyPlace, value }];
    });
}

function soundName(entry: Entry, diagnostics: Diagnostic[]): boolean {
  const sound =
    /\S/.test(entry.key) && entry.key.length <= 200 && !control.test(entry.key) && entry.key !== "__proto__";
  if (!sound) {
    const message = "this name is empty, longer than 200 characters, or holds what no name can";
    diagnostics.push({ code: "D107", severity: "error", message, ...entry.keyPlace });
  }
  return sound;
}

function entriesOf(node: Node, diagnostics: Diagnostic[], message: string): Entry[] {
  if (node.kind === "map") return node.entries;
  if (!empty(node)) diagnostics.push(wrong(node, `${message}, not ${written(node)}`, "write `{ key: value }`"));
  return [];
}

/** A map with known keys. `what` names it in messages: "an agent". */
export function record<F extends Record<string, Shape<unknown>>>(what: string, fields: F): Shape<Shaped<F>> {
  const known = Object.keys(fields);
  return (node, diagnostics) => {
    const shaped: Record<string, unknown> = {};
    for (const entry of entriesOf(node, diagnostics, `${what} is expected here`)) {
      const shape = Object.hasOwn(fields, entry.key) ? fields[entry.key] : undefined;
      if (shape === later) diagnostics.push(notYet(entry));
      else if (shape) shaped[entry.key] = shape(entry.value, diagnostics);
      else diagnostics.push(unknownKey(entry, what, known));
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field was read by its own shape
    return shaped as Shaped<F>;
  };
}

export function notYet(entry: Entry): Diagnostic {
  const message = `\`${entry.key}\` is not part of this version`;
  return { code: "D190", severity: "warning", message, ...entry.keyPlace, hint: "it is passed over" };
}

function unknownKey(entry: Entry, what: string, known: string[]): Diagnostic {
  const key = nearest(entry.key, known);
  return {
    code: "D103",
    severity: "error",
    message: `${what} has no key \`${short(entry.key)}\``,
    ...entry.keyPlace,
    hint:
      key === undefined ? `its keys are ${known.map((one) => `\`${one}\``).join(", ")}` : `did you mean \`${key}\`?`,
    fix: key === undefined ? undefined : { title: `write \`${key}\``, edits: [{ ...entry.keyPlace, text: key }] },
  };
}

export type { Scalar };
