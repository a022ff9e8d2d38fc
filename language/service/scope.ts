import type { AnyNode, Name, Text } from "../ast.ts";
import type { Range } from "../source.ts";
import type { Kind } from "./named.ts";

/** One place where a name stands. */
export interface Mention {
  kind: Kind;
  name: string;
  /** Without the quotes of a text. */
  range: Range;
  /** It gives the name rather than using it. */
  declares: boolean;
  /** For names of a block, or of one test: where the first mention stands, so that equal names of other blocks are told apart. */
  home?: number;
  /** Both the key and the value of a field: `{ product }`. */
  short?: boolean;
  /** What a declaration of a block gives, and how far it is known. */
  gives?: { name: Name; within: Range };
  node: AnyNode;
}

/** Names of one block and of those around it. */
export interface Scope {
  range: Range;
  names: Map<string, { kind: Kind; home: number }>;
  outer?: Scope;
}

export const inside = ({ range }: { range: Range }, outer?: Scope): Scope => ({ range, names: new Map(), outer });

/** Where the walk over a file is, and what it has found. */
export interface At {
  scope: Scope;
  found: Mention[];
  /** The keys of the record at hand are those of the call's data. */
  inData?: boolean;
}

/** Notes a name, or a text that is one; not one that is computed. */
export function mention(node: AnyNode, name: Name | Text, kind: Kind, { found }: At, declares = false): void {
  const fixed = fixedPart(name);
  if (fixed && fixed.text !== "") found.push({ kind, name: fixed.text, range: fixed.range, declares, node });
}

/** A name, or a text that is known before the call comes, without its quotes. */
function fixedPart(name: Name | Text): Pick<Name, "text" | "range"> | undefined {
  if (name.kind === "name") return name;
  const [text, ...more] = name.parts;
  if (typeof text !== "string" || more.length > 0) return undefined;
  return { text, range: withoutQuotes({ kind: "name", text, range: name.range }) };
}

/** Notes a name that a block, a sub or a test gives. */
export function declare(node: AnyNode, name: Name, kind: Kind, { scope, found }: At): void {
  const { text, range } = name;
  const home = range.start;
  const gives = { name, within: scope.range };
  found.push({ kind, name: text, range, declares: true, home, gives, node });
  if (!lookUp(scope, text)) scope.names.set(text, { kind, home });
}

/** What is at hand everywhere. */
const own = new Set(["call", "this", "outcome"]);

/** Notes a word that a declaration above gives its meaning. Without one it is what `otherwise` says. */
export function use(
  node: AnyNode,
  { text, range }: Name,
  otherwise: Kind,
  { scope, found }: At,
  short?: boolean,
): void {
  if (own.has(text)) return;
  const { kind, home } = lookUp(scope, text) ?? { kind: otherwise };
  found.push({ kind, name: text, range, declares: false, node, home, short });
}

export function lookUp(scope: Scope | undefined, name: string): { kind: Kind; home?: number } | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return undefined;
}

export function withoutQuotes({ text, range: { start, end } }: Name): Range {
  return end - start > text.length ? { start: start + 1, end: end - 1 } : { start, end };
}
