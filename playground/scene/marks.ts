import type { Mark, Site } from "../model.ts";
import type { CallRow } from "./model.ts";

/** More names make no margin clearer. */
const MOST_NAMED = 5;

/** The lines where calls are; of a statement that is longer, its first. */
export function marksOf(calls: readonly Pick<CallRow, "id" | "place">[], { files }: Pick<Site, "files">): Mark[] {
  const places = new Map<string, { mark: Mark; calls: string[] }>();
  for (const { id, place } of calls) {
    const text = files.find((file) => file.path === place?.path)?.text;
    if (!place || text === undefined) continue;
    const { path, range } = place;
    const key = `${path}:${range.start}`;
    const known = places.get(key);
    if (known) known.calls.push(id);
    else places.set(key, { mark: { path, as: "now", range: firstLine(text, range) }, calls: [id] });
  }
  return [...places.values()].map(({ mark, calls }) => ({ ...mark, about: named(calls) }));
}

/** Of something longer, its first line. */
export function firstLine(text: string, { start, end }: Mark["range"]): Mark["range"] {
  const newLine = text.indexOf("\n", start);
  return { start, end: newLine === -1 ? end : Math.min(end, newLine) };
}

function named(calls: readonly string[]): string {
  const more = calls.length - MOST_NAMED;
  const names = calls.slice(0, MOST_NAMED).join(", ");
  return `${calls.length === 1 ? "call" : "calls"} ${names}${more > 0 ? ` and ${more} more` : ""}`;
}

/** From 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
