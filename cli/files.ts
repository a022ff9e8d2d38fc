import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { makeSource, type Source } from "../language/index.ts";
import { filesBelow, readRegular } from "./disk.ts";
import { reason, UsageError } from "./exit.ts";

/** Larger texts are no call plans, and no directories either. */
const largestMegabytes = 16;

export interface Files {
  strategies: string[];
  directory: string[];
  /** The strategies are all those beside the directory: what none of them uses, nobody does. */
  whole: boolean;
}

const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

/**
 * What paths on the command line mean: `.strategy` files, folders of them, files of the directory. The directory is what is named, else
 * `directory.yaml` or `directory/` beside the strategies, or in a folder that is named; a folder without strategies is a directory itself.
 */
export function filesOf(paths: string[], directoryPaths: string[]): Files {
  const places = paths.filter((path) => !isYaml(path));
  const strategies = strategiesIn(places);
  const named = [...directoryPaths, ...paths.filter(isYaml)].flatMap(directoryIn);
  const folders = unique([...places.filter(isFolder), ...strategies.map((file) => dirname(file))]);
  const homes = folders.filter((folder) => beside(folder).length > 0);
  if (named.length === 0 && strategies.length > 0 && homes.length > 1) throw severalSites(homes);
  const alone = strategies.length > 0 || homes.length > 0 ? homes.flatMap(beside) : places.flatMap(directoryIn);
  return {
    strategies,
    directory: unique(named.length > 0 ? named : alone),
    whole: named.length === 0 && places.every(isFolder),
  };
}

/** Joined, their directories would be full of names that stand twice. */
function severalSites(homes: string[]): UsageError {
  const [first, second, third, ...more] = homes.toSorted();
  const some = [first, second, third].filter((home) => home !== undefined).join(", ");
  return new UsageError(
    `there are ${homes.length} sites here, each with its own directory: ${some}${more.length > 0 ? ` and ${more.length} more` : ""}; ` +
      "name one of them, or with --directory one directory for all",
  );
}

/** The `.strategy` files of a file or of a folder and all below it, in the order of their names; at least one. */
export function strategyFiles(paths: string[]): string[] {
  const yaml = paths.find(isYaml);
  if (yaml)
    throw new UsageError(`${yaml} is a directory file; name the folder of the strategies, or give it with --directory`);
  const files = strategiesIn(paths);
  if (files.length === 0) throw new UsageError(`no .strategy file in ${paths.join(", ")}`);
  return files;
}

function strategiesIn(paths: string[]): string[] {
  return unique(paths.flatMap((path) => (isFolder(path) ? filesBelow(path, ".strategy") : [path])));
}

/** Two spellings of one path are one file. */
function unique(paths: string[]): string[] {
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

/** `directory.yaml`, or the folder `directory`. */
function beside(folder: string): string[] {
  const file = join(folder, "directory.yaml");
  if (existsSync(file)) return [file];
  const inner = join(folder, "directory");
  return existsSync(inner) && isFolder(inner) ? directoryIn(inner) : [];
}

function directoryIn(path: string): string[] {
  return isFolder(path) ? filesBelow(path, ".yaml", ".yml") : [path];
}

export function readSource(path: string): Source {
  let text: string;
  try {
    text = readRegular(path, largestMegabytes).toString("utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
  return makeSource(shortPath(path), text.replace(/^\uFEFF/, ""));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** As a person in this folder would type it. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}
