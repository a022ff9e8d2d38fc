import type { Range } from "../../language/index.ts";
import type { Mark, Site } from "../model.ts";
import type { PlaceOfCalls } from "./model.ts";

/** More names make no margin clearer. */
const MOST_NAMED = 5;

/** Where calls are, each place once, in the order in which they were told. */
export function placesOf(calls: readonly { id: string; path?: string; range?: Range }[]): PlaceOfCalls[] {
  const places = new Map<string, PlaceOfCalls>();
  for (const { id, path, range } of calls) {
    if (path === undefined || !range) continue;
    const key = `${path}:${range.start}`;
    const known = places.get(key) ?? { path, range, calls: [], count: 0 };
    if (known.count === 0) places.set(key, known);
    known.count++;
    if (known.calls.length < MOST_NAMED) known.calls.push(id);
  }
  return [...places.values()];
}

/** The lines of those places; of a statement that is longer, its first. */
export function marksOf(places: readonly PlaceOfCalls[], { files }: Pick<Site, "files">): Mark[] {
  return places.flatMap(({ path, range, calls, count }): Mark[] => {
    const text = files.find((file) => file.path === path)?.text;
    return text === undefined ? [] : [{ path, as: "now", range: firstLine(text, range), about: named(calls, count) }];
  });
}

/** Of something longer, its first line. */
export function firstLine(text: string, { start, end }: Mark["range"]): Mark["range"] {
  const newLine = text.indexOf("\n", start);
  return { start, end: newLine === -1 ? end : Math.min(end, newLine) };
}

function named(calls: readonly string[], count: number): string {
  const more = count - calls.length;
  return `${count === 1 ? "call" : "calls"} ${calls.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** From 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
