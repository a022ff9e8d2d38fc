import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import type { JsonSchema } from "./json-schema.ts";
import { refuseAllPlainSecrets, refusePlainSecret } from "./plain-secrets.ts";
import type { Entry, Node, Place } from "./node.ts";

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

/**
 * One kind of value: how it is read out of a file, and how an editor and a reader are told of it. The reader, the JSON Schema and the
 * reference come out of the same table, so that none of them can promise what another does not keep.
 */
export interface Shape<T> {
  /** Turns a node into a value, or says why it cannot. */
  read(node: Node, diagnostics: Diagnostic[]): T | undefined;
  schema: JsonSchema;
  /** As the reference calls it: `duration`. */
  what: string;
  /** The keys of a record, for the reference. */
  keys?: Record<string, Key<unknown>>;
}

/** One key of a record. */
export interface Key<T> {
  shape: Shape<T>;
  /** What it means and, where it is absent, what then; one line. */
  about: string;
  /** What holds where it is absent, as one would write it. */
  otherwise?: string;
  /** The record is nothing without it. */
  needed?: boolean;
  /** What one may write, as it stands in a file; `otherwise` serves where there is none. */
  example?: string;
}

export function key<T>(shape: Shape<T>, about: string, more: Pick<Key<T>, "otherwise" | "example" | "needed">): Key<T> {
  return { shape, about, ...more };
}

export type Shaped<F> = { [K in keyof F]?: F[K] extends Key<infer T> ? T : never };

export function wrong(node: Node, message: string, hint?: string, code = "D104"): Diagnostic {
  return { code, severity: "error", message, ...node.place, hint };
}

export const written = (node: Node): string =>
  node.kind === "scalar" ? `\`${short(node.written)}\`` : `this ${node.kind}`;

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

export const empty = (node: Node): boolean => node.kind === "scalar" && node.value === null;

// Control characters, line ends among them, would break out of a message, a record or a header.
// oxlint-disable-next-line no-control-regex
export const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

export const noControl = "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$";

/** A list; one value stands for a list of one, an empty value for an empty list. Undefined when no item could be read. */
export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return {
    what: `one or several: ${shape.what}`,
    schema: { anyOf: [shape.schema, { type: "array", items: shape.schema }, { type: "null" }] },
    read(node, diagnostics) {
      if (empty(node)) return [];
      const items = node.kind === "list" ? node.items : [node];
      const read = items.map((item) => shape.read(item, diagnostics)).filter((item) => item !== undefined);
      return read.length === 0 && items.length > 0 ? undefined : read;
    },
  };
}

/** Things by name, in the order of the file. `names` says more of their names than that they are some. */
export function mapOf<T>(shape: Shape<T>, names?: Shape<Found<string>>): Shape<Named<T>[]> {
  return {
    what: `map of ${shape.what}`,
    schema: {
      type: ["object", "null"],
      additionalProperties: shape.schema,
      propertyNames: names?.schema ?? { pattern: "^(?=.*\\S)(?!__proto__$)", maxLength: 200 },
    },
    ...(shape.keys ? { keys: shape.keys } : {}),
    read: (node, diagnostics) =>
      entriesOf(node, diagnostics, "a map of names is expected here").flatMap((entry) => {
        if (!soundName(entry, diagnostics) || !fits(entry, names, diagnostics)) return [];
        const value = shape.read(entry.value, diagnostics);
        return value === undefined ? [] : [{ name: entry.key, place: entry.keyPlace, value }];
      }),
  };
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

function fits({ key: name, keyPlace }: Entry, names: Shape<Found<string>> | undefined, diagnostics: Diagnostic[]) {
  if (!names) return true;
  const node: Node = { kind: "scalar", place: keyPlace, value: name, written: name };
  return names.read(node, diagnostics) !== undefined;
}

function entriesOf(node: Node, diagnostics: Diagnostic[], message: string): Entry[] {
  if (node.kind === "map") return node.entries;
  if (!empty(node)) diagnostics.push(wrong(node, `${message}, not ${written(node)}`, "write `{ key: value }`"));
  refuseAllPlainSecrets(node, diagnostics);
  return [];
}

/** A map with known keys. `what` names it in messages: "an agent". */
export function record<F extends Record<string, Key<unknown>>>(what: string, keys: F): Shape<Shaped<F>> {
  const known = Object.keys(keys);
  const needed = known.filter((one) => keys[one]?.needed);
  return {
    what,
    keys,
    schema: {
      type: needed.length ? "object" : ["object", "null"],
      properties: propertiesOf(keys),
      additionalProperties: false,
      ...(needed.length ? { required: needed } : {}),
    },
    read(node, diagnostics) {
      const shaped: Record<string, unknown> = {};
      for (const entry of entriesOf(node, diagnostics, `${what} is expected here`)) {
        const found = Object.hasOwn(keys, entry.key) ? keys[entry.key] : undefined;
        refusePlainSecret(entry, diagnostics);
        if (found) shaped[entry.key] = found.shape.read(entry.value, diagnostics);
        else {
          diagnostics.push(unknownKey(entry, what, known));
          refuseAllPlainSecrets(entry.value, diagnostics);
        }
      }
      for (const one of needed) if (isMissing(node, one)) diagnostics.push(needs(node, what, one));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each field was read by its own shape
      return shaped as Shaped<F>;
    },
  };
}

const isMissing = (node: Node, name: string): boolean =>
  empty(node) || (node.kind === "map" && !node.entries.some((entry) => entry.key === name));

function needs(node: Node, what: string, name: string): Diagnostic {
  const { start } = node.place.range;
  return {
    code: "D126",
    severity: "error",
    message: `${what} needs \`${name}\``,
    path: node.place.path,
    range: { start, end: start + 1 },
  };
}

export function propertiesOf(keys: Record<string, Key<unknown>>): Record<string, JsonSchema> {
  const told = ({ shape, about, otherwise }: Key<unknown>): JsonSchema => {
    const description = otherwise === undefined ? about : `${about} (without it: ${otherwise})`;
    return { description, ...shape.schema };
  };
  return Object.fromEntries(Object.entries(keys).map(([name, one]) => [name, told(one)]));
}

/** One shape for scalars and lists, another for maps. */
export function either<A, B>(plain: Shape<A>, map: Shape<B>): Shape<A | B> {
  return {
    what: `${plain.what}, or ${map.what}`,
    schema: { anyOf: [plain.schema, map.schema] },
    ...(map.keys ? { keys: map.keys } : {}),
    read: (node, diagnostics) => (node.kind === "map" ? map : plain).read(node, diagnostics),
  };
}

export function unknownKey(entry: Entry, what: string, known: string[]): Diagnostic {
  const near = nearest(entry.key, known);
  return {
    code: "D103",
    severity: "error",
    message: `${what} has no key \`${short(entry.key)}\``,
    ...entry.keyPlace,
    hint:
      near === undefined ? `its keys are ${known.map((one) => `\`${one}\``).join(", ")}` : `did you mean \`${near}\`?`,
    fix: near === undefined ? undefined : { title: `write \`${near}\``, edits: [{ ...entry.keyPlace, text: near }] },
  };
}
