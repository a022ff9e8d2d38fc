import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, type CheckedProgram, type Directory, makeSource, parse, type Source } from "../../language/index.ts";

/*
 * The texts of every program that a journal speaks of, beside it, by their hash: a journal is worth nothing without them. Secrets do
 * not stand in them, only where they are to be found.
 */

interface Kept {
  sources: { path: string; text: string }[];
  directory: Directory;
}

/** One that is kept already is left as it is. */
export function keepProgram(folder: string, { hash, directory }: CheckedProgram, sources: readonly Source[]): void {
  mkdirSync(join(folder, "programs"), { recursive: true });
  const kept: Kept = { sources: sources.map(({ path, text }) => ({ path, text })), directory };
  try {
    writeFileSync(pathOf(folder, hash), JSON.stringify(kept), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

/** undefined: it is not there, or not what it was. */
export function keptProgram(folder: string, hash: string): CheckedProgram | undefined {
  let kept: Kept;
  try {
    kept = JSON.parse(readFileSync(pathOf(folder, hash), "utf8"));
  } catch {
    return undefined;
  }
  const files = kept.sources.map(({ path, text }) => {
    const source = makeSource(path, text);
    return { source, ...parse(source) };
  });
  const { program } = check(files, kept.directory);
  return program?.hash === hash ? program : undefined;
}

function pathOf(folder: string, hash: string): string {
  return join(folder, "programs", `${hash}.json`);
}
