import Papa from "papaparse";
import type { RecordedCall, Value } from "../runtime/index.ts";
import { readRegular } from "./disk.ts";
import { reason, UsageError } from "./exit.ts";
import { complain } from "./output.ts";

/* Files that a traffic block names: calls as they were recorded, and measured lengths. */

const known = new Set(["at", "from", "to", "talk", "patience"]);

/**
 * A CSV of calls with a head line: `at` (a time of day, a date with one, or seconds after midnight), then as wanted `from`, `to`, `talk`
 * and `patience` in seconds; every other column goes to the call's data.
 */
export function readCalls(path: string): RecordedCall[] {
  const { data, meta } = parsed(path);
  if (!meta.fields?.includes("at")) {
    throw new UsageError(`${path}: no column \`at\`; the first line names the columns: at, from, to, talk, patience …`);
  }
  const others = meta.fields.filter((name) => !known.has(name)).map((name) => `\`${name}\``);
  if (others.length > 0)
    complain(`${path}: ${others.join(", ")} ${others.length === 1 ? "goes" : "go"} to \`call.data\``);
  return data.map((row, nth) => callOf(row, `${path}:${nth + 2}`)).toSorted((a, b) => a.at - b.at);
}

/** Milliseconds from a CSV whose first column holds seconds; a head line is passed over. */
export function readLengths(path: string): number[] {
  const rows = text(path)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  const cells = rows.map((line) => line.split(/[;,\t]/)[0]?.trim() ?? "");
  const [first] = cells;
  const body = first !== undefined && Number.isNaN(Number(first)) ? cells.slice(1) : cells;
  if (body.length === 0) throw new UsageError(`${path}: no lengths in it`);
  return body.map((cell, nth) => secondsOf(cell, `${path}: length ${nth + 1}`));
}

function parsed(path: string): Papa.ParseResult<Record<string, string>> {
  return Papa.parse<Record<string, string>>(text(path).replace(/^\uFEFF/, ""), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim(),
  });
}

function text(path: string): string {
  try {
    return readRegular(path).toString("utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
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
function timeOf(cell: string, place: string): number {
  const time = /(?:^|[T ])(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?/.exec(cell);
  if (time) {
    const [, hours, minutes, seconds = "0", fraction = "0"] = time;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds) + Number(fraction)) * 1000;
  }
  return secondsOf(cell, place);
}

function secondsOf(cell: string, place: string): number {
  const seconds = Number(cell);
  if (cell === "" || !(seconds >= 0)) throw new UsageError(`${place}: \`${cell}\` is neither a time nor seconds`);
  return seconds * 1000;
}
