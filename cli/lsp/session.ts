import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Location, SymbolInformation, TextEdit, WorkspaceEdit } from "vscode-languageserver/node.js";
import type { Edit, Range, Source } from "../../language/index.ts";
import { outline, type Project } from "../../language/service/index.ts";
import { rangeOf, symbolKind, textEditOf } from "./shapes.ts";
import { nameIn, pathIn, type Site, Sites } from "./sites.ts";

/** A document that an editor asks about, with the project that it belongs to. */
export interface Asked {
  site: Site;
  project: Project;
  /** As the texts of the project call it. */
  path: string;
  source: Source;
}

/** What one editor has open, in its own terms: documents by URI. */
export class Session {
  readonly sites = new Sites();
  /** Paths by the URIs under which the editor has opened them, which may be written in its own way. */
  private readonly uris = new Map<string, string>();

  hold(uri: string, text: string): void {
    const path = this.pathOf(uri);
    this.uris.set(path, uri);
    this.sites.texts.hold(path, text);
    this.sites.change(path);
  }

  release(uri: string): void {
    const path = this.pathOf(uri);
    this.uris.delete(path);
    this.sites.texts.release(path);
    this.sites.change(path);
  }

  /** Files that are open. */
  held(): string[] {
    return [...this.uris.keys()];
  }

  /** A document that no file holds yet counts as a strategy in the editor's folder. */
  pathOf(uri: string): string {
    if (uri.startsWith("file:")) return fileURLToPath(uri);
    return join(this.sites.top, `${encodeURIComponent(uri)}.strategy`);
  }

  uriOf(site: Site, name: string): string {
    const path = pathIn(site, name);
    return this.uris.get(path) ?? pathToFileURL(path).href;
  }

  asked(uri: string): Asked | undefined {
    const path = this.pathOf(uri);
    const site = this.sites.at(path);
    const name = nameIn(site, path);
    const source = sourceIn(site, name);
    return source && { site, project: site.project, path: name, source };
  }

  /** Items of all sites whose name holds a text. */
  symbols(query: string): SymbolInformation[] {
    const wanted = query.toLowerCase();
    return this.sites.all().flatMap((site) =>
      [...site.project.sheets].flatMap(([name, sheet]) =>
        outline(sheet)
          .filter((entry) => entry.name.toLowerCase().includes(wanted))
          .flatMap((entry) => {
            const location = this.location(site, name, entry.selection);
            return location ? [{ name: entry.name, kind: symbolKind(entry), location }] : [];
          }),
      ),
    );
  }

  location(site: Site, name: string, range: Range): Location | undefined {
    const source = sourceIn(site, name);
    return source && { uri: this.uriOf(site, name), range: rangeOf(source, range) };
  }

  changes(site: Site, edits: readonly Edit[]): WorkspaceEdit {
    const changes: Record<string, TextEdit[]> = {};
    for (const edit of edits) {
      const source = sourceIn(site, edit.path);
      if (source) (changes[this.uriOf(site, edit.path)] ??= []).push(textEditOf(source, edit));
    }
    return { changes };
  }
}

/** The text under a name, of a strategy or of the directory. */
export function sourceIn({ project }: Site, name: string): Source | undefined {
  return project.sheets.get(name)?.source ?? project.binder.sources.find(({ path }) => path === name);
}
