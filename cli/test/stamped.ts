import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** How long a folder of an older state may still be read by a run that goes on, ms. */
const stillRead = 3_600_000;

/**
 * The folder that `build` makes of these rooms and files as they are now: whichever run comes first builds it, the others take that. It is
 * named `dist-NAME-STAMP`, with another stamp whenever one of them has changed.
 */
export async function stamped(
  name: string,
  sources: readonly string[],
  build: (outDir: string) => void | Promise<unknown>,
): Promise<string> {
  const folder = join(root, `dist-${name}-${stampOf(sources)}`);
  if (existsSync(folder)) return folder;
  for (const old of readdirSync(root).filter((one) => one.startsWith(`dist-${name}-`))) {
    if (statSync(join(root, old)).mtimeMs < Date.now() - stillRead) {
      rmSync(join(root, old), { recursive: true, force: true });
    }
  }
  const outDir = `${folder}-${process.pid}`;
  await build(outDir);
  if (existsSync(folder)) rmSync(outDir, { recursive: true });
  else renameSync(outDir, folder);
  return folder;
}

function stampOf(sources: readonly string[]): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  for (const source of sources) {
    if (!statSync(join(root, source)).isDirectory()) add(source);
    else
      for (const name of readdirSync(join(root, source), { recursive: true, encoding: "utf8" }).toSorted()) {
        if (!/(^|\/)test(\/|$)/.test(name)) add(`${source}/${name}`);
      }
  }
  return hash.digest("hex").slice(0, 12);
}
