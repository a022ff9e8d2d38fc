import { type Document, isAlias, isMap, isScalar, isSeq, parseDocument, type ParsedNode } from "yaml";
import type { Diagnostic } from "../diagnostic.ts";
import { misread, misreadAt } from "../encoding.ts";
import type { Range, Source } from "../source.ts";
import { deeperBelow, misindented } from "./indent.ts";
import { type Entry, type Node, type Place, sameNameTwice, type Scalar, unquoted } from "./node.ts";
import { type Rows, takeRows, worthwhile } from "./rows.ts";

/** Above this a text is not read at all: 50,000 agents need about half of it. */
const longestText = 16 * 1024 * 1024;
const deepest = 32;
/** The YAML reader recurses, and a text far deeper than ours can exhaust the stack of the whole process inside it. */
const deepestRead = 200;
/** Parts that aliases may repeat in one file, so that a few lines cannot become millions. */
const mostRepeated = 10_000;

/** Tells of a file in another encoding. */
export function isUtf8({ path, text }: Source, diagnostics: Diagnostic[]): boolean {
  const start = misreadAt(text);
  if (start !== -1)
    diagnostics.push({ code: "D100", severity: "error", ...misread, path, range: { start, end: start + 1 } });
  return start === -1;
}

/** Reads one text. Without a node there is at least one error among `diagnostics`, or the text is empty. */
export function readYaml(source: Source, diagnostics: Diagnostic[], rowsFrom = worthwhile): Node | undefined {
  const { path, text } = source;
  if (text.length > longestText) {
    const hint = "split the directory into several files";
    const message = `this file is larger than ${longestText / 1024 / 1024} MB`;
    diagnostics.push({ code: "D101", severity: "error", message, path, range: { start: 0, end: 0 }, hint });
    return undefined;
  }
  if (!isUtf8(source, diagnostics)) return undefined;
  const rows = takeRows(source, rowsFrom);
  const taken = rows.values.size > 0 ? parseText({ ...source, text: rows.text }, []) : undefined;
  // What is wrong with a text is told of it as it stands.
  const document = taken ?? parseText(source, diagnostics);
  if (!document?.contents) return undefined;
  return new Expansion(source, taken ? rows.values : new Map(), diagnostics).node(document.contents, 0);
}

function parseText(source: Source, diagnostics: Diagnostic[]): Document.Parsed | undefined {
  const { path, text } = source;
  const report = (at: number, message: string, hint?: string) =>
    diagnostics.push({ code: "D100", severity: "error", message, path, range: oneCharacter(text, at), hint });
  const tooDeep = nestsTooDeep(text);
  if (tooDeep !== undefined) {
    report(tooDeep, "this is nested too deeply to be read");
    return undefined;
  }
  try {
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: "error", strict: true });
    const [first] = document.errors;
    if (!first) return document;
    const deeper = first.code === "BLOCK_AS_IMPLICIT_KEY" ? deeperBelow(text, first.pos[0]) : undefined;
    const isFlow = first.message.startsWith("Flow ");
    if (!isFlow && (first.code === "BAD_INDENT" || deeper !== undefined)) {
      diagnostics.push(tellIndent(source, deeper ?? first.pos[0]));
      return undefined;
    }
    const known = isFlow ? syntax.OPEN_BRACKET : syntax[first.code];
    report(Math.min(first.pos[0], text.trimEnd().length), known?.message ?? lowerStart(first.message), known?.hint);
  } catch {
    report(0, "this file is nested too deeply to be read");
  }
  return undefined;
}

function tellIndent({ path, text }: Source, from: number): Diagnostic {
  const { at, noticed } = misindented(text, from);
  const message = "this line is indented unlike its neighbours";
  const hint = "indent the keys of one map by the same spaces";
  const range = oneCharacter(text, at);
  const related =
    at === noticed ? [] : [{ path, range: oneCharacter(text, noticed), message: "this one does not fit to it" }];
  return { code: "D100", severity: "error", message, path, range, hint, ...(related.length > 0 && { related }) };
}

/** Each level of a block needs a column at the head of its line; each level in a line needs a bracket. Quotes are not looked at. */
function nestsTooDeep(text: string): number | undefined {
  let brackets = 0;
  let head = 0;
  let inHead = true;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "[" || character === "{") brackets++;
    else if ((character === "]" || character === "}") && brackets > 0) brackets--;
    else if (character === "\n") head = 0;
    inHead = character === "\n" || (inHead && character !== undefined && " \t-?:".includes(character));
    if (inHead) head++;
    if (brackets > deepestRead || head > deepestRead) return at;
  }
  return undefined;
}

/** Only the first fault of a file is told: the rest of what the YAML reader says are mostly its echoes. */
const syntax: Partial<Record<string, { message: string; hint?: string }>> = {
  TAB_AS_INDENT: { message: "a tab cannot indent in YAML", hint: "use spaces" },
  MULTILINE_IMPLICIT_KEY: { message: "this key has no `:` on its line", hint: "write `key: value`" },
  MULTIPLE_DOCS: {
    message: "this file holds more than one YAML document",
    hint: "put each into a file of its own, without `---`",
  },
  BAD_DQ_ESCAPE: { message: "this `\\` escape is unknown", hint: "write `\\\\` for a backslash" },
  OPEN_BRACKET: { message: "a `[` or `{` before this is not closed", hint: "write the missing `]` or `}`" },
  MISSING_CHAR: { message: "a closing quote, a comma or a space is missing here" },
  BAD_ALIAS: { message: "this alias has no name" },
  BLOCK_AS_IMPLICIT_KEY: { message: "a second `:` on one line", hint: "put a text that holds `: ` in quotes" },
  NON_STRING_KEY: { message: "this key is not a text", hint: "put it in quotes" },
};

const lowerStart = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function oneCharacter(text: string, at: number): Range {
  const start = Math.min(Math.max(at, 0), text.length);
  return { start, end: Math.min(start + 1, text.length) };
}

/** Turns the reader's nodes into ours, writing aliases out under a budget. */
class Expansion {
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly open = new Set<ParsedNode>();
  private repeated = 0;
  private readonly source: Source;
  private readonly rows: Rows["values"];
  private readonly diagnostics: Diagnostic[];

  constructor(source: Source, rows: Rows["values"], diagnostics: Diagnostic[]) {
    this.source = source;
    this.rows = rows;
    this.diagnostics = diagnostics;
  }

  node(from: ParsedNode | null, depth: number, inAlias = false): Node | undefined {
    if (from === null) return undefined;
    if (inAlias && ++this.repeated > mostRepeated) {
      if (this.repeated === mostRepeated + 1) this.report("D101", from, "the aliases of this file repeat too much");
      return undefined;
    }
    if (depth > deepest) {
      this.report("D101", from, `this is nested more than ${deepest} deep`);
      return undefined;
    }
    if (isAlias(from)) return this.alias(from, from.source, depth);
    if (from.tag !== undefined) {
      this.report("D101", from, `\`${from.tag}\` has no meaning in a directory`, "write the value itself");
      return undefined;
    }
    if (from.anchor) this.anchors.set(from.anchor, from);
    const place = this.place(from.range);
    if (isScalar(from)) return this.rows.get(place.range.start) ?? this.scalar(from.value, from.source, place);
    if (from.anchor) this.open.add(from);
    const node: Node = isSeq(from)
      ? { kind: "list", place, items: this.items(from.items, depth, inAlias) }
      : { kind: "map", place, entries: isMap(from) ? this.entries(from.items, depth, inAlias) : [] };
    this.open.delete(from);
    return node;
  }

  private scalar(value: unknown, source: string | undefined, place: Place): Scalar {
    return { kind: "scalar", place, value: plain(value), written: source ?? "" };
  }

  private items(from: ParsedNode[], depth: number, inAlias: boolean): Node[] {
    return from.map((item) => this.node(item, depth + 1, inAlias)).filter((item) => item !== undefined);
  }

  private entries(from: { key: ParsedNode; value: ParsedNode | null }[], depth: number, inAlias: boolean): Entry[] {
    const entries: Entry[] = [];
    const first = from.length > 8 ? new Map<string, Place>() : undefined;
    for (const pair of from) {
      const key = this.key(pair.key);
      if (!key) continue;
      // Most maps are small: there looking through them costs less than an index.
      const before = first ? first.get(key.key) : entries.find((entry) => entry.key === key.key)?.keyPlace;
      if (before) {
        this.diagnostics.push(sameNameTwice(key.key, key.keyPlace, before));
        continue;
      }
      first?.set(key.key, key.keyPlace);
      const empty: Scalar = { kind: "scalar", place: key.keyPlace, value: null, written: "" };
      const value = pair.value === null ? empty : this.node(pair.value, depth + 1, inAlias);
      if (value) entries.push({ key: key.key, keyPlace: key.keyPlace, value });
    }
    return entries;
  }

  private key(from: ParsedNode): { key: string; keyPlace: Place } | undefined {
    const keyPlace = this.place(from.range);
    if (isScalar(from) && from.source === "<<") {
      this.report("D101", from, "`<<` joins nothing in a directory", "write the keys out");
      return undefined;
    }
    if (isScalar(from) && typeof from.value === "string") return { key: from.value, keyPlace };
    if (isScalar(from) && from.value !== null) {
      const written = from.source ?? "";
      this.diagnostics.push(unquoted({ kind: "scalar", place: keyPlace, value: plain(from.value), written }, "a name"));
      return { key: written, keyPlace };
    }
    this.report("D100", from, "a key must be a name");
    return undefined;
  }

  private alias(from: ParsedNode, name: string, depth: number): Node | undefined {
    const target = this.anchors.get(name);
    if (target && !this.open.has(target)) return this.node(target, depth + 1, true);
    const message = target
      ? `\`*${name}\` stands inside what it repeats`
      : `there is no anchor \`&${name}\` above in this file`;
    this.report("D101", from, message, target ? undefined : "an anchor serves only its own file: write the value out");
    return undefined;
  }

  private place(range: readonly number[]): Place {
    return { path: this.source.path, range: { start: range[0] ?? 0, end: range[1] ?? 0 } };
  }

  private report(code: string, from: ParsedNode, message: string, hint?: string): void {
    this.diagnostics.push({ code, severity: "error", message, ...this.place(from.range), hint });
  }
}

function plain(value: unknown): Scalar["value"] {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
