import { positionAt, type Source } from "../language/index.ts";

/** `path:line:column:`, which terminals and editors can jump to. */
export function place(path: string, offset: number, sources: Source[]): string {
  const source = sources.find((one) => one.path === path);
  if (!source) return `${path}:`;
  const { line, column } = positionAt(source, offset);
  return `${path}:${line}:${column}:`;
}
