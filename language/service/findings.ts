import type { Expr, Name } from "../ast.ts";
import { withoutDirectory, withoutPrompts } from "../absent.ts";
import { check } from "../check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { silence } from "../silence.ts";
import type { Type } from "../types.ts";
import { memo } from "./memo.ts";
import { type Project, promptNames } from "./project.ts";

interface Judged {
  /** By the path of the file they are shown in; an empty list where nothing is wrong. */
  findings: ReadonlyMap<string, Diagnostic[]>;
  types: ReadonlyMap<Expr | Name, Type>;
}

/** Everything that is wrong with a project, by path. */
export const findings = (project: Project): Judged["findings"] => judged(project).findings;

/** What its expressions and declared names are found to be. */
export const typesOf = (project: Project): Judged["types"] => judged(project).types;

const judged: (project: Project) => Judged = memo((project) => {
  const { binder, texts } = project;
  const sheets = [...project.sheets.values()];
  const types = new Map<Expr | Name, Type>();
  const read = [...binder.diagnostics, ...sheets.flatMap((sheet) => sheet.diagnostics)];
  const hadErrors = read.some((one) => one.severity === "error");
  const prompts = promptNames(texts);
  const places = sheets.length > 0 && { places: binder.places };
  const { diagnostics } = check(sheets, binder.directory, { hadErrors, types, ...places, ...(prompts && { prompts }) });
  const found = [...read, ...lacking(project), ...(texts.directory.length === 0 ? [] : diagnostics)];
  const byPath = new Map<string, Diagnostic[]>();
  for (const { path } of [...binder.sources, ...texts.strategies]) byPath.set(path, []);
  for (const one of silence(found, sheets, texts.directory).told) byPath.get(one.path)?.push(one);
  for (const told of byPath.values()) told.sort((a, b) => a.range.start - b.range.start);
  return { findings: byPath, types };
});

/** A directory or prompts that are not there. */
function lacking({ texts, binder }: Project): Diagnostic[] {
  const [first] = texts.strategies;
  const [source] = texts.directory;
  if (source)
    return texts.prompts === "no folder" ? [withoutPrompts(source.path, binder.directory.prompts.folder)] : [];
  return first ? [withoutDirectory(first.path, "one, beside the strategies or in a folder above")] : [];
}
