import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import type { Source } from "../source.ts";
import { type Csv, readCsv } from "./csv.ts";
import { agentsFrom, columns } from "./schema.ts";
import type { Found } from "./shape.ts";
import { beside } from "./table.ts";
import { type Entry, type Node, type Scalar, sameNameTwice } from "./node.ts";

/** Files that a directory names: those at hand, and the paths that were asked for. */
export interface Attached {
  files: ReadonlyMap<string, Source>;
  named: Set<string>;
}

/** `agents: { from: agents.csv, columns: { … } }` becomes the agents that the file lists, beside those that stand here. */
export function agentsOf(value: Node, attached: Attached, diagnostics: Diagnostic[]): Node {
  if (value.kind !== "map") return value;
  const from = value.entries.find((one) => one.key === "from" && one.value.kind !== "map");
  if (!from) return value;
  const mapping = value.entries.find((one) => one.key === "columns");
  const wanted = mapping && (columns.read(mapping.value, diagnostics) ?? {});
  const entries = value.entries.filter((one) => one !== from && one !== mapping);
  for (const file of agentsFrom.from.shape.read(from.value, diagnostics) ?? []) {
    const path = beside(file.place.path, file.value);
    attached.named.add(path);
    const source = attached.files.get(path);
    const csv = source && readCsv(source, diagnostics);
    if (csv) for (const entry of rowsOf(csv, wanted, file, diagnostics)) entries.push(entry);
    else if (!source) diagnostics.push(noFile(file));
  }
  return { ...value, entries: once(entries, diagnostics) };
}

function noFile({ value, place }: Found<string>): Diagnostic {
  const message = `the file \`${value}\` cannot be read`;
  return { code: "D118", severity: "error", message, ...place, hint: "its path counts from this file" };
}

function once(entries: Entry[], diagnostics: Diagnostic[]): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) {
    const before = first.get(entry.key);
    if (before) diagnostics.push(sameNameTwice(entry.key, entry.keyPlace, before.keyPlace));
    else first.set(entry.key, entry);
  }
  return [...first.values()];
}

type Wanted = NonNullable<ReturnType<typeof columns.read>>;

/** Where in a row each thing stands. */
interface Layout {
  id: number;
  keys: [key: string, at: number][];
  /** Each skill's own column, or one for all of them. */
  skills: [skill: string, at: number][] | number;
}

/** Each row as the entry of an agent. Nothing where it cannot be told which column names him. */
function rowsOf(csv: Csv, wanted: Wanted | undefined, file: Found<string>, diagnostics: Diagnostic[]): Entry[] {
  const layout = layoutOf(csv, wanted, file, diagnostics);
  return layout ? csv.rows.flatMap((row) => agentOf(row, layout, csv.headings, diagnostics)) : [];
}

function layoutOf(
  { headings }: Csv,
  wanted: Wanted | undefined,
  file: Found<string>,
  diagnostics: Diagnostic[],
): Layout | undefined {
  const known = headings.map((one) => one.written).filter((one) => one !== "");
  const find = (heading: Found<string>): [number] | [] => {
    const at = headings.findIndex((one) => one.written === heading.value);
    if (at !== -1) return [at];
    diagnostics.push(noColumn(heading, known, file.value));
    return [];
  };
  // Without `columns`, a heading that is a key of an agent is that key.
  const own = (key: string): [number] | [] => {
    const at = wanted && key !== "id" ? -1 : headings.findIndex((one) => one.written === key);
    return at === -1 ? [] : [at];
  };
  const { id: named, skills, ...others } = wanted ?? {};
  const [id] = named ? find(named) : own("id");
  const keys = Object.keys(columns.keys ?? {}).filter((key) => key !== "id" && key !== "skills");
  const found: Record<string, Found<string> | undefined> = others;
  const layout = {
    keys: keys.flatMap((key): [string, number][] => {
      const heading = found[key];
      const [at] = heading ? find(heading) : own(key);
      return at === undefined ? [] : [[key, at]];
    }),
    skills: Array.isArray(skills)
      ? skills.flatMap(({ name, value }): [string, number][] => find(value).map((at) => [name, at]))
      : ((skills ? find(skills) : own("skills"))[0] ?? []),
  };
  if (id !== undefined) return { id, ...layout };
  if (!named) diagnostics.push(noColumn({ value: "id", place: file.place }, known, file.value));
  return undefined;
}

function noColumn({ value, place }: Found<string>, known: string[], file: string): Diagnostic {
  const near = nearest(value, known);
  const names = known.slice(0, 12).map((one) => `\`${one}\``);
  const choice =
    value === "id"
      ? "say which column names the agents: `columns: { id: HEADING }`"
      : known.length === 0
        ? "it is empty"
        : `its columns are ${names.join(", ")}`;
  return {
    code: "D119",
    severity: "error",
    message: `\`${file}\` has no column \`${value}\``,
    ...place,
    hint: near === undefined ? choice : `did you mean \`${near}\`?`,
  };
}

function agentOf(row: Scalar[], layout: Layout, headings: Scalar[], diagnostics: Diagnostic[]): Entry[] {
  const surplus = row.slice(headings.length).find((cell) => cell.written !== "");
  const id = row[layout.id];
  if (surplus) {
    const message = `this row has ${row.length} cells under ${headings.length} headings`;
    const hint = "a cell that holds a separator stands in quotes";
    diagnostics.push({ code: "D118", severity: "error", message, ...surplus.place, hint });
    return [];
  }
  if (!id || id.written === "") {
    const message = `this row says nothing under \`${headings[layout.id]?.written ?? ""}\`, which names the agent`;
    const [first] = row;
    if (first) diagnostics.push({ code: "D118", severity: "error", message, ...first.place });
    return [];
  }
  const entries = layout.keys.flatMap(([key, at]) => {
    const found = entryOf(key, row[at]);
    return key === "capacity" ? found.map(asNumber) : found;
  });
  const skills =
    typeof layout.skills === "number"
      ? listed(row[layout.skills], diagnostics)
      : layout.skills.flatMap(([skill, at]) => entryOf(skill, row[at]).map(asNumber));
  if (skills.length > 0)
    entries.push({ key: "skills", keyPlace: id.place, value: { kind: "map", place: id.place, entries: skills } });
  return [{ key: id.written, keyPlace: id.place, value: { kind: "map", place: id.place, entries } }];
}

function entryOf(key: string, cell: Scalar | undefined): Entry[] {
  return cell && cell.written !== "" ? [{ key, keyPlace: cell.place, value: cell }] : [];
}

/** Every cell is a text; a level is a number, and so is a capacity. */
function asNumber(entry: Entry): Entry {
  const { value } = entry;
  const isNumber = value.kind === "scalar" && /^-?\d{1,9}(\.\d+)?$/.test(value.written);
  return isNumber ? { ...entry, value: { ...value, value: Number(value.written) } } : entry;
}

/** `billing:7, cards 3` in one cell. */
function listed(cell: Scalar | undefined, diagnostics: Diagnostic[]): Entry[] {
  if (!cell) return [];
  return [...cell.written.matchAll(/[^,;|\n]+/g)].flatMap(({ 0: part, index }) => {
    const start = cell.place.range.start + index + (part.length - part.trimStart().length);
    const place = { path: cell.place.path, range: { start, end: start + part.trim().length } };
    const [, skill, level] = /^(.*?)[\s:=]+(\S+)$/.exec(part.trim()) ?? [];
    if (skill && level)
      return [
        asNumber({ key: skill, keyPlace: place, value: { kind: "scalar", place, value: level, written: level } }),
      ];
    if (part.trim() !== "") {
      const message = `\`${part.trim()}\` is no skill with its level`;
      diagnostics.push({ code: "D104", severity: "error", message, ...place, hint: "as `billing:7, cards:3`" });
    }
    return [];
  });
}
