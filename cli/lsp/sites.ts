import { dirname, relative, resolve, sep } from "node:path";
import { pathOfUse, type Source } from "../../language/index.ts";
import { openProject, type Project, type Texts } from "../../language/service/index.ts";
import { isFolder } from "../disk.ts";
import { promptsIn } from "../prompts.ts";
import { directoryIn, filesBelow, folderWithDirectory, OpenTexts } from "./texts.ts";

/** Strategies that share one directory. The paths of its project count from its folder. */
export interface Site {
  folder: string;
  project: Project;
}

/** A site, with what was found of it on disk. */
interface Entry extends Site {
  strategies: Set<string>;
  directory: string[];
  prompts: Map<string, Texts["prompts"]>;
  isStale: boolean;
}

/** Files name files that name files; more steps than this are nobody's intention. */
const mostRounds = 8;

/** The sites that an editor works in. One is read when it is first asked for, and again after a change. */
export class Sites {
  readonly texts = new OpenTexts();
  private readonly entries = new Map<string, Entry>();
  /** The folder of the site that a file belongs to. */
  private readonly homes = new Map<string, string>();
  private tops: readonly string[] = [];

  /** The folders that the editor has opened. A directory is not looked for above them. */
  setTops(folders: readonly string[]): void {
    this.tops = folders;
    this.rescan();
  }

  /** The first of these folders: files that are not saved yet count as if they lay there. */
  get top(): string {
    return this.tops[0] ?? process.cwd();
  }

  /** The site of a file, as its texts are now. */
  at(path: string): Site {
    const folder = this.home(path);
    const entry = this.entries.get(folder) ?? this.scan(folder);
    if (path.endsWith(".strategy") && !entry.strategies.has(path)) {
      entry.strategies.add(path);
      entry.isStale = true;
    }
    if (entry.isStale) this.read(entry);
    return entry;
  }

  /** Every site that was asked for, as its texts are now. */
  all(): Site[] {
    for (const entry of this.entries.values()) if (entry.isStale) this.read(entry);
    return [...this.entries.values()];
  }

  /** The text of a file has changed, or may have. */
  change(path: string): void {
    const entry = this.entries.get(this.home(path));
    if (entry) entry.isStale = true;
    // A file may be used by the strategies of another site.
    for (const other of this.entries.values()) if (other.strategies.has(path)) other.isStale = true;
  }

  /** Files have come or gone: all is looked for anew. Projects stay, so that what did not change is not read again. */
  rescan(): void {
    this.homes.clear();
    const before = Array.from(this.entries.values());
    for (const { folder, project } of before) this.scan(folder, project);
  }

  private home(path: string): string {
    const known = this.homes.get(path);
    if (known !== undefined) return known;
    const top = this.tops.find((folder) => path.startsWith(`${folder}${sep}`));
    const found = folderWithDirectory(path, top) ?? dirname(path);
    this.homes.set(path, found);
    return found;
  }

  private scan(folder: string, before = openProject({ strategies: [], directory: [] })): Entry {
    const own = (inner: string): boolean => directoryIn(inner).length === 0;
    const entry: Entry = {
      folder,
      project: before,
      strategies: new Set(filesBelow(folder, [".strategy"], own)),
      directory: directoryIn(folder),
      prompts: new Map(),
      isStale: true,
    };
    this.entries.set(folder, entry);
    return entry;
  }

  /** Reads the texts, and what they name in turn: other strategies, lists of agents, prompts. */
  private read(entry: Entry): void {
    const sourcesOf = (paths: Iterable<string>): Source[] =>
      [...paths].map((path) => this.texts.source(path, nameIn(entry, path))).filter((source) => source !== undefined);
    for (let round = 0; round < mostRounds; round++) {
      const { binder } = entry.project;
      const prompts = promptsOf(entry);
      const texts = {
        strategies: sourcesOf(entry.strategies),
        directory: sourcesOf(entry.directory),
        attached: sourcesOf(binder.files.map((name) => pathIn(entry, name))),
        ...(prompts && { prompts }),
      };
      entry.project = openProject(texts, entry.project);
      if (!this.addUsed(entry) && entry.project.binder === binder) break;
    }
    entry.isStale = false;
  }

  /** Strategies that others use and that lie elsewhere. */
  private addUsed({ folder, project, strategies }: Entry): boolean {
    const before = strategies.size;
    for (const { source, file } of project.sheets.values()) {
      for (const item of file.items) {
        const name = item.kind === "use" ? pathOfUse(item, source) : undefined;
        if (!name?.endsWith(".strategy") || project.sheets.has(name)) continue;
        const path = pathIn({ folder }, name);
        if (this.texts.source(path, name)) strategies.add(path);
      }
    }
    return strategies.size > before;
  }
}

/** The file as the texts of its site name it. */
export function nameIn({ folder }: Pick<Site, "folder">, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

export function pathIn({ folder }: Pick<Site, "folder">, name: string): string {
  return resolve(folder, name);
}

function promptsOf({ folder, project, prompts }: Entry): Texts["prompts"] {
  const { directory } = project.binder;
  const place = resolve(folder, directory.prompts.folder);
  const key = [place, ...directory.site.languages].join("\n");
  if (!prompts.has(key)) prompts.set(key, namesIn(place, directory.site.languages));
  return prompts.get(key);
}

function namesIn(folder: string, languages: string[]): Texts["prompts"] {
  try {
    return isFolder(folder) ? new Set(promptsIn(folder, languages).keys()) : "no folder";
  } catch {
    return undefined;
  }
}
