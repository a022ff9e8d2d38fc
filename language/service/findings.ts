import type { Expr, Name } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { judge } from "../judge.ts";
import type { Type } from "../types.ts";
import { memo } from "./memo.ts";
import type { Project } from "./project.ts";

interface Judged {
  /** By the path of the file they are shown in; an empty list where nothing is wrong. */
  findings: ReadonlyMap<string, Diagnostic[]>;
  types: ReadonlyMap<Expr | Name, Type>;
}

/** Everything that is wrong with a project, by path. */
export const findings = (project: Project): Judged["findings"] => judged(project).findings;

/** What its expressions and declared names are found to be. */
export const typesOf = (project: Project): Judged["types"] => judged(project).types;

const judged: (project: Project) => Judged = memo(({ binder, sheets, texts }) => {
  const types = new Map<Expr | Name, Type>();
  const { told } = judge({
    strategies: [...sheets.values()],
    directory: binder,
    directorySources: texts.directory,
    prompts: texts.prompts,
    whole: true,
    directoryFor: () => "one, beside the strategies or in a folder above",
    types,
  });
  const byPath = new Map<string, Diagnostic[]>();
  for (const { path } of [...binder.sources, ...texts.strategies]) byPath.set(path, []);
  for (const one of told) byPath.get(one.path)?.push(one);
  for (const those of byPath.values()) those.sort((a, b) => a.range.start - b.range.start);
  return { findings: byPath, types };
});
