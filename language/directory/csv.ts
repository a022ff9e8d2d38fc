import Papa from "papaparse";
import type { Diagnostic } from "../diagnostic.ts";
import type { Source } from "../source.ts";
import type { Place, Scalar } from "./node.ts";
import { isUtf8 } from "./yaml.ts";

/** A table as a spreadsheet or another system exports it, every cell with its place; the first row that holds anything is `headings`. */
export interface Csv {
  headings: Scalar[];
  rows: Scalar[][];
}

interface Step {
  data: string[];
  /** `index` is behind the quote that opens. */
  errors: { index?: number }[];
  /** Where the row ends. */
  meta: { cursor: number };
}

/** Reads up to the first quote that nothing can be made of: what comes after it would be guesswork. Nothing where it is no text. */
export function readCsv(source: Source, diagnostics: Diagnostic[]): Csv | undefined {
  if (!isUtf8(source, diagnostics)) return undefined;
  const bom = source.text.startsWith("\uFEFF") ? 1 : 0;
  const text = source.text.slice(bom);
  const rows: Scalar[][] = [];
  const delimiter = delimiterOf(text);
  let start = 0;
  Papa.parse(text, {
    delimiter,
    step({ data, errors, meta }: Step, parser) {
      const [error] = errors;
      if (error) {
        diagnostics.push(brokenQuote(source.path, bom + (error.index === undefined ? start : error.index - 1)));
        parser.abort();
        return;
      }
      if (data.some((cell) => cell.trim() !== ""))
        rows.push(withPlaces(data, { text, start, delimiter, bom, path: source.path }));
      start = meta.cursor;
    },
  });
  const [headings = [], ...rest] = rows;
  return { headings, rows: rest };
}

/** The separator that the first line has most of, outside quotes. */
function delimiterOf(text: string): string {
  const [line = ""] = text.trimStart().split(/[\r\n]/, 1);
  const outside = line.replaceAll(/"[^"]*"/g, "");
  const count = (one: string): number => outside.split(one).length;
  return [",", ";", "\t", "|"].toSorted((a, b) => count(b) - count(a))[0] ?? ",";
}

function brokenQuote(path: string, at: number): Diagnostic {
  const message = "the quotes from here on do not pair";
  const hint =
    'a cell that holds a separator, a line end or a quote stands in quotes, and a quote in it twice: `"so ""called"""`';
  return { code: "D118", severity: "error", message, path, range: { start: at, end: at + 1 }, hint };
}

interface Row {
  text: string;
  start: number;
  delimiter: string;
  bom: number;
  path: string;
}

/** The reader says where a row begins; how long a cell is as written follows from what it holds. */
function withPlaces(cells: string[], { text, start, delimiter, bom, path }: Row): Scalar[] {
  let at = start;
  return cells.map((cell) => {
    const quoted = text[at] === '"';
    const inside = at + (quoted ? 1 : 0);
    const length = quoted ? cell.length + cell.split('"').length - 1 : cell.length;
    const before = cell.length - cell.trimStart().length;
    const value = cell.trim();
    const from = bom + inside + before;
    const to = quoted ? bom + inside + length : from + value.length;
    const place: Place = { path, range: { start: from, end: Math.max(from, to) } };
    const next = text.indexOf(delimiter, inside + length);
    at = next === -1 ? text.length : next + delimiter.length;
    return { kind: "scalar", place, value, written: value };
  });
}
