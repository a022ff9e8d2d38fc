import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { makeSource, type Source } from "../language/index.ts";
import { reason, UsageError } from "./exit.ts";

/** Larger texts are not call plans. */
const largestFileBytes = 4 * 1024 * 1024;

/** The `.strategy` files of a file or of a folder and all below it, in the order of their names. */
export function strategyFiles(paths: string[]): string[] {
  const yaml = paths.find((path) => /\.ya?ml$/.test(path));
  if (yaml)
    throw new UsageError(`${yaml} is a directory file; name the folder of the strategies, or give it with --directory`);
  const files = paths.flatMap((path) => (isFolder(path) ? filesBelow(path, ".strategy") : [path]));
  if (files.length === 0) throw new UsageError(`no .strategy file in ${paths.join(", ")}`);
  return [...new Set(files)];
}

/** The directory's files: what was named, else `directory.yaml` or `directory/` beside the strategies. */
export function directoryFiles(named: string[], strategies: string[]): string[] {
  if (named.length > 0) return named.flatMap((path) => (isFolder(path) ? filesBelow(path, ".yaml", ".yml") : [path]));
  const folders = [...new Set(strategies.map((file) => dirname(file)))];
  return folders.flatMap((folder) => {
    const file = join(folder, "directory.yaml");
    if (existsSync(file)) return [file];
    const inner = join(folder, "directory");
    return existsSync(inner) && isFolder(inner) ? filesBelow(inner, ".yaml", ".yml") : [];
  });
}

export function readSource(path: string): Source {
  let text: string;
  try {
    if (statSync(path).size > largestFileBytes)
      throw new UsageError(`${path}: larger than 4 MB, which no call plan is`);
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
  return makeSource(shortPath(path), text.replace(/^\uFEFF/, ""));
}

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

function filesBelow(folder: string, ...endings: string[]): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesBelow(path, ...endings);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
    });
}

/** As a person in this folder would type it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
