import Papa from "papaparse";
import type { Millis } from "../events.ts";
import type { Value } from "../values.ts";
import type { RecordedCall } from "./arrivals.ts";

/* Texts of the files that a traffic block names: calls as they were recorded, and measured lengths. `name` is how messages call the file. */

export interface ReadCalls {
  /** In the order in which they came. */
  calls: RecordedCall[];
  /** Columns that go to the call's data. */
  others: string[];
}

const known = new Set(["at", "from", "to", "talk", "patience"]);

/**
 * A CSV of calls with a head line: `at` (a time of day, a date with one, or seconds after midnight), then as wanted `from`, `to`, `talk`
 * and `patience` in seconds; every other column goes to the call's data.
 */
export function readCalls(text: string, name: string): ReadCalls | { error: string } {
  const { data, meta } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (head) => head.trim(),
  });
  if (!meta.fields?.includes("at"))
    return { error: `${name}: no column \`at\`; the first line names the columns: at, from, to, talk, patience …` };
  const others = meta.fields.filter((field) => !known.has(field));
  return orError(() => ({
    calls: data.map((row, nth) => callOf(row, `${name}:${nth + 2}`)).toSorted((a, b) => a.at - b.at),
    others,
  }));
}

/** From a CSV whose first column holds seconds; a head line is passed over. */
export function readLengths(text: string, name: string): Millis[] | { error: string } {
  const rows = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const cells = rows.map((line) => line.split(/[;,\t]/)[0]?.trim() ?? "");
  const [first] = cells;
  const body = first !== undefined && Number.isNaN(Number(first)) ? cells.slice(1) : cells;
  if (body.length === 0) return { error: `${name}: no lengths in it` };
  return orError(() => body.map((cell, nth) => secondsOf(cell, `${name}: length ${nth + 1}`)));
}

/** A cell that means nothing; caught where the file is read. */
class Misread extends Error {}

function orError<T>(read: () => T): T | { error: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof Misread) return { error: error.message };
    throw error;
  }
}

function callOf(row: Record<string, string>, place: string): RecordedCall {
  const cell = (name: string) => row[name]?.trim() || undefined;
  const data: [string, Value][] = Object.entries(row)
    .filter(([name, value]) => !known.has(name) && typeof value === "string" && value !== "")
    .map(([name, value]) => [name, value]);
  const [from, to, talk, patience] = ["from", "to", "talk", "patience"].map(cell);
  return {
    at: timeOf(cell("at") ?? "", place),
    ...(from && { from }),
    ...(to && { to }),
    ...(talk && { talk: secondsOf(talk, place) }),
    ...(patience && { patience: secondsOf(patience, place) }),
    ...(data.length > 0 && { data: Object.fromEntries(data) }),
  };
}

/** Milliseconds after midnight. */
function timeOf(cell: string, place: string): Millis {
  const time = /(?:^|[T ])(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?/.exec(cell);
  if (time) {
    const [, hours, minutes, seconds = "0", fraction = "0"] = time;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds) + Number(fraction)) * 1000;
  }
  return secondsOf(cell, place);
}

function secondsOf(cell: string, place: string): Millis {
  const seconds = Number(cell);
  if (cell === "" || !(seconds >= 0)) throw new Misread(`${place}: \`${cell}\` is neither a time nor seconds`);
  return seconds * 1000;
}
