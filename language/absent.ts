import type { Diagnostic } from "./diagnostic.ts";

/* What only whoever reads the files can know: that there is none. */

const top = { start: 0, end: 0 };

/** Told alone: without a directory every name of it would be a finding. `where` is where one could be written. */
export function withoutDirectory(path: string, where: string): Diagnostic {
  const message = `there is no directory.yaml beside \`${path}\``;
  return { code: "D117", severity: "error", message, path, range: top, hint: `write ${where}` };
}

/** `path` is the directory's first file, `folder` the one that is not there. */
export function withoutPrompts(path: string, folder: string): Diagnostic {
  const message = "there is no folder of prompts, so callers hear nothing";
  const hint = `make ${folder}, or name another in the directory: prompts: { folder: … }`;
  return { code: "D125", severity: "warning", message, path, range: top, hint };
}
