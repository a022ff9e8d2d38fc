import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeSource, type Source } from "../../language/index.ts";
import { readRegular } from "../disk.ts";

/** Larger texts are not call plans. */
const largestMegabytes = 4;
/** More files than this are not one site, but somebody's whole disk. */
const mostFiles = 5000;

/** Texts of files: what an editor has open, else what the disk has. Nothing here throws: what cannot be read is not there. */
export class OpenTexts {
  private readonly open = new Map<string, string>();
  private readonly onDisk = new Map<string, string | undefined>();
  private readonly sources = new Map<string, Source>();

  /** An editor has the file, and this is its text now. */
  hold(path: string, text: string): void {
    this.open.set(path, text);
  }

  /** The editor has closed the file: the disk counts again. */
  release(path: string): void {
    this.open.delete(path);
    this.forget(path);
  }

  isHeld(path: string): boolean {
    return this.open.has(path);
  }

  /** The file may have changed on disk. */
  forget(path: string): void {
    this.onDisk.delete(path);
  }

  /** The file under the name that messages call it by; the same object as long as its text is the same. */
  source(path: string, name: string): Source | undefined {
    const text = this.open.get(path) ?? this.fromDisk(path);
    if (text === undefined) return undefined;
    const known = this.sources.get(path);
    if (known?.text === text && known.path === name) return known;
    const source = makeSource(name, text);
    this.sources.set(path, source);
    return source;
  }

  private fromDisk(path: string): string | undefined {
    if (!this.onDisk.has(path)) this.onDisk.set(path, readText(path));
    return this.onDisk.get(path);
  }
}

function readText(path: string): string | undefined {
  try {
    return readRegular(path, largestMegabytes)
      .toString("utf8")
      .replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

const skipped = new Set(["node_modules", "dist"]);

/** Files below a folder with these endings, in the order of their names; `enter` says which folders are looked into. */
export function filesBelow(folder: string, endings: string[], enter: (folder: string) => boolean): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let next = open.pop(); next !== undefined && found.length < mostFiles; next = open.pop()) {
    const here = next;
    const entries = entriesOf(here);
    found.push(
      ...entries
        .filter((one) => one.isFile() && endings.some((end) => one.name.endsWith(end)))
        .map((one) => join(here, one.name)),
    );
    const folders = entries.filter((one) => one.isDirectory() && !one.name.startsWith(".") && !skipped.has(one.name));
    open.push(
      ...folders
        .map((one) => join(here, one.name))
        .filter(enter)
        .toReversed(),
    );
  }
  return found;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** The YAML files of the directory in a folder: `directory.yaml`, else those in `directory/`. */
export function directoryIn(folder: string): string[] {
  const file = join(folder, "directory.yaml");
  if (existsSync(file)) return [file];
  return filesBelow(join(folder, "directory"), [".yaml", ".yml"], () => true);
}

/** The folder that holds the directory of a file: its own, or the nearest above up to `top`; else undefined. */
export function folderWithDirectory(path: string, top: string | undefined): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (directoryIn(folder).length > 0) return folder;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}
