import type { Item, Statement, Strategy, TestLine } from "../ast.ts";
import { blocksOf } from "../blocks.ts";
import { outcomes } from "../builtins.ts";
import { fixedName } from "../checks/things.ts";
import type { Range } from "../source.ts";
import type { Sheet } from "./sheet.ts";

/** One line of a file's outline. */
export interface Entry {
  name: string;
  /** What stands behind the name in paler letters. */
  detail: string;
  kind: "strategy" | "test" | "traffic" | "sub" | "calendar" | "plan" | "use" | "entry" | "attempt" | "call";
  range: Range;
  /** Where the name stands. */
  selection: Range;
  children: Entry[];
}

/** What a file holds: its items, in strategies the entries and what is tried, in tests the calls. */
export function outline({ file, source }: Sheet): Entry[] {
  return file.items.map((item) => entryOf(item, source.text));
}

function entryOf(item: Item, text: string): Entry {
  const { kind, range } = item;
  const at = kind === "use" ? item.path : item.name;
  const name = (at.kind === "name" ? at.text : fixedName(at)) ?? "";
  const entry: Entry = {
    name: name === "" ? kind : name,
    detail: kind,
    kind,
    range,
    selection: at.range,
    children: [],
  };
  if (kind === "strategy") return { ...entry, children: inStrategy(item, text) };
  if (kind === "sub")
    return {
      ...entry,
      detail: `sub(${item.parameters.map((one) => one.text).join(", ")})`,
      children: attempts(item.body.statements, text),
    };
  if (kind === "test" || kind === "traffic") {
    const strategy = fixedName(item.strategy) ?? "";
    return { ...entry, detail: `${kind} for ${strategy}`, children: kind === "test" ? item.lines.flatMap(callOf) : [] };
  }
  return entry;
}

function inStrategy({ entries, body, afterCall }: Strategy, text: string): Entry[] {
  const numbers = entries.map((entry): Entry => {
    const name = text.slice(entry.range.start, entry.range.end).replace(/\s+/g, " ");
    return { name, detail: "", kind: "entry", range: entry.range, selection: entry.range, children: [] };
  });
  return [...numbers, ...attempts(body.statements, text), ...attempts(afterCall?.statements ?? [], text)];
}

/** What is tried, one inside another as its blocks are. */
function attempts(statements: readonly Statement[], text: string): Entry[] {
  return statements.flatMap((statement) => {
    const inner = blocksOf(statement).flatMap((block) => attempts(block.statements, text));
    if (!(statement.kind in outcomes)) return inner;
    const { range } = statement;
    const selection = headOf(range, text);
    const name = text.slice(selection.start, selection.end);
    return [{ name, detail: "", kind: "attempt" as const, range, selection, children: inner }];
  });
}

/** From the first word to the brace, on the first line. */
function headOf({ start, end }: Range, text: string): Range {
  const [head = ""] = text.slice(start, end).split(/[{\n]/, 1);
  return { start, end: start + head.trimEnd().length };
}

function callOf(line: TestLine): Entry[] {
  if (line.kind !== "callIn") return [];
  const detail = `${fixedName(line.from) ?? ""} → ${fixedName(line.to) ?? ""}`;
  return [{ name: line.name.text, detail, kind: "call", range: line.range, selection: line.name.range, children: [] }];
}
