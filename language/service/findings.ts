import type { Expr, Name } from "../ast.ts";
import { check } from "../check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { silence } from "../silence.ts";
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

const judged: (project: Project) => Judged = memo((project) => {
  const { binder, texts } = project;
  const sheets = [...project.sheets.values()];
  const types = new Map<Expr | Name, Type>();
  const found = [...binder.diagnostics, ...sheets.flatMap((sheet) => sheet.diagnostics)];
  const hadErrors = found.some((one) => one.severity === "error");
  const options = { hadErrors, types, ...(texts.prompts && { prompts: texts.prompts }) };
  const checked = check(sheets, binder.directory, options).diagnostics;
  found.push(...(texts.directory.length === 0 ? withoutDirectory(project) : checked));
  const byPath = new Map<string, Diagnostic[]>();
  for (const { path } of [...binder.sources, ...texts.strategies]) byPath.set(path, []);
  for (const one of silence(found, sheets, texts.directory).told) byPath.get(one.path)?.push(one);
  for (const told of byPath.values()) told.sort((a, b) => a.range.start - b.range.start);
  return { findings: byPath, types };
});

/** Told alone and once: without a directory every name of it would be a finding. */
function withoutDirectory({ texts }: Project): Diagnostic[] {
  const [first] = texts.strategies;
  if (!first) return [];
  const message = `there is no directory.yaml beside \`${first.path}\``;
  const hint = "write one, beside the strategies or in a folder above";
  return [{ code: "D117", severity: "error", message, path: first.path, range: { start: 0, end: 0 }, hint }];
}
