import { parseArgs } from "node:util";
import type { Chapter, Row } from "./chapter.ts";
import { deskChapter } from "./desk/chapter.ts";
import { directoryChapter } from "./directory/chapter.ts";
import { engineChapter } from "./engine/chapter.ts";
import { languageChapter } from "./language/chapter.ts";

/*
 * `npm run bench [-- --json] [chapter …]`: how long things take here, next to others in the same run. Ratios count more than
 * milliseconds: these depend on the machine.
 */

const chapters: Chapter[] = [languageChapter, directoryChapter, engineChapter, deskChapter];

const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
const chosen = chapters.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const measured: { chapter: string; rows: Row[] }[] = [];
for (const { name, rows } of chosen) {
  const found = await rows();
  measured.push({ chapter: name, rows: found });
  if (!values.json) console.log(`${name}\n${table(found)}\n`);
}
if (values.json) console.log(JSON.stringify(measured, null, 2));

function table(rows: Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.size,
    inUnit(row, "ms" in row ? row.ms : row.bytes),
    row.ratio === undefined ? "" : `${row.ratio.toFixed(2)} ×`,
    row.budget === undefined ? "" : verdict(row, row.budget),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string =>
    row.map((cell, at) => (at < 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ");
  return cells.map((row) => `  ${line(row).trimEnd()}`).join("\n");
}

function verdict(row: Row, budget: number): string {
  return `${("ms" in row ? row.ms : row.bytes) <= budget ? "within" : "ABOVE"} ${inUnit(row, budget)}`;
}

function inUnit(row: Row, amount: number): string {
  if ("bytes" in row) return `${Math.round(amount).toLocaleString("en")} bytes`;
  if (amount < 0.1) return `${(amount * 1000).toPrecision(3)} µs`;
  return `${amount.toFixed(amount < 10 ? 2 : 0)} ms`;
}
