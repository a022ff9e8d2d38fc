import type { Diagnostic } from "../diagnostic.ts";
import type { Range } from "../source.ts";

/** Where something stands in which file. */
export interface Place {
  path: string;
  range: Range;
}

/** What a YAML text says, every part with its place: aliases written out, duplicate keys refused, nothing interpreted yet. */
export type Node = Scalar | ListNode | MapNode;

export interface Scalar {
  kind: "scalar";
  place: Place;
  value: string | number | boolean | null;
  /** As it stands in the file, without quotes. */
  written: string;
}

export interface ListNode {
  kind: "list";
  place: Place;
  items: Node[];
}

export interface MapNode {
  kind: "map";
  place: Place;
  entries: Entry[];
}

export interface Entry {
  key: string;
  keyPlace: Place;
  value: Node;
}

/** A number or yes/no stands where a text is meant. */
export function unquoted(node: Scalar, meant?: string): Diagnostic {
  const text = `"${node.written}"`;
  const what = typeof node.value === "number" ? "a number" : "`yes` or `no`";
  return {
    code: "D105",
    severity: "error",
    message: `\`${node.written}\` is read as ${what}, and ${meant ?? "a text"} is meant here`,
    ...node.place,
    hint: `put it in quotes: \`${text}\``,
    fix: { title: "put it in quotes", edits: [{ path: node.place.path, range: node.place.range, text }] },
  };
}

export function sameNameTwice(name: string, second: Place, first: Place): Diagnostic {
  return {
    code: "D102",
    severity: "error",
    message: `\`${name}\` is here a second time`,
    ...second,
    hint: "nothing overrides in a directory: remove or rename one of the two",
    related: [{ ...first, message: "the first one" }],
  };
}
