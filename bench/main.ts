import { parseArgs } from "node:util";
import type { Chapter, Row } from "./chapter.ts";
import { directoryChapter } from "./directory/chapter.ts";
import { languageChapter } from "./language/chapter.ts";

/*
 * `npm run bench [-- --json] [chapter …]`: how long things take here, next to others in the same run. Ratios count more than
 * milliseconds: these depend on the machine.
 */

const chapters: Chapter[] = [languageChapter, directoryChapter];

const { values, positionals } = parseArgs({ options: { json: { type: "boolean" } }, allowPositionals: true });
const chosen = chapters.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const measured = chosen.map(({ name, rows }) => ({ chapter: name, rows: rows() }));

if (values.json) console.log(JSON.stringify(measured, null, 2));
else for (const { chapter, rows } of measured) console.log(`${chapter}\n${table(rows)}\n`);

function table(rows: Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    row.size,
    `${row.ms.toFixed(row.ms < 10 ? 2 : 0)} ms`,
    row.ratio === undefined ? "" : `${row.ratio.toFixed(2)} ×`,
    row.budget === undefined ? "" : `${row.ms <= row.budget ? "within" : "ABOVE"} ${row.budget} ms`,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string =>
    row.map((cell, at) => (at < 1 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ");
  return cells.map((row) => `  ${line(row).trimEnd()}`).join("\n");
}
