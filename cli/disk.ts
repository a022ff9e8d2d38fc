import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { reason, UsageError } from "./exit.ts";

/* How the disk is read: no device and no pipe, which have no end, and no more of it than a site can have. */

/** More entries below one folder than this are somebody's whole disk. */
const mostEntries = 100_000;

const skipped = new Set(["node_modules", "lost+found"]);

/** What is there; nothing too where the system does not let us see, or where the path cannot be one. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

export const isFile = (path: string): boolean => statOf(path)?.isFile() ?? false;

export const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;

/** The bytes of a regular file; throws the reason why not. */
export function readRegular(path: string, largestMegabytes = Infinity): Buffer {
  const stat = statSync(path);
  if (!stat.isFile()) throw new Error(stat.isDirectory() ? "it is a folder" : "it is a device or a pipe, not a file");
  if (stat.size > largestMegabytes * 1024 * 1024) throw new Error(`it is larger than ${largestMegabytes} MB`);
  return readFileSync(path);
}

/** Paths below a folder whose names have one of these endings, in the order of names; links to folders are not followed. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  let seen = 0;
  const below = (here: string): string[] =>
    entriesOf(here).flatMap((entry) => {
      const path = join(here, entry.name);
      if (++seen > mostEntries) {
        throw new UsageError(
          `more than ${mostEntries.toLocaleString("en")} files below ${folder}: name a folder of its own`,
        );
      }
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : below(path);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    });
  return below(folder);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new UsageError(`cannot read ${folder}: ${reason(error)}`);
  }
}
