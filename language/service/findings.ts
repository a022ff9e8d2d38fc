import { check } from "../check.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { silence } from "../silence.ts";
import { memo } from "./memo.ts";
import type { Project } from "./project.ts";

/** Everything that is wrong with a project, by the path of the file it is shown in; an empty list where nothing is. */
export const findings: (project: Project) => ReadonlyMap<string, Diagnostic[]> = memo((project) => {
  const { binder, texts } = project;
  const sheets = [...project.sheets.values()];
  const found = [...binder.diagnostics, ...sheets.flatMap((sheet) => sheet.diagnostics)];
  if (texts.directory.length === 0) found.push(...withoutDirectory(project));
  else {
    const hadErrors = found.some((one) => one.severity === "error");
    const options = { hadErrors, ...(texts.prompts && { prompts: texts.prompts }) };
    found.push(...check(sheets, binder.directory, options).diagnostics);
  }
  const byPath = new Map<string, Diagnostic[]>();
  for (const { path } of [...binder.sources, ...texts.strategies]) byPath.set(path, []);
  for (const one of silence(found, sheets, texts.directory).told) byPath.get(one.path)?.push(one);
  for (const told of byPath.values()) told.sort((a, b) => a.range.start - b.range.start);
  return byPath;
});

/** Told alone and once: without a directory every name of it would be a finding. */
function withoutDirectory({ texts }: Project): Diagnostic[] {
  const [first] = texts.strategies;
  if (!first) return [];
  const message = `there is no directory.yaml beside \`${first.path}\``;
  const hint = "write one, beside the strategies or in a folder above";
  return [{ code: "D117", severity: "error", message, path: first.path, range: { start: 0, end: 0 }, hint }];
}
