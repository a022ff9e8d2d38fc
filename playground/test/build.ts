import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "../..");

/** The page, built from the texts as they are now; whichever test comes first builds it, the others take that. */
export async function builtPage(): Promise<string> {
  const folder = join(root, `dist-page-${stamp()}`);
  if (existsSync(folder)) return folder;
  for (const old of readdirSync(root)) {
    if (/^dist-page-[0-9a-f]{12}$/.test(old)) rmSync(join(root, old), { recursive: true, force: true });
  }
  const outDir = `${folder}-${process.pid}`;
  await build({ configFile: join(root, "playground/vite.config.ts"), logLevel: "error", build: { outDir } });
  if (existsSync(folder)) rmSync(outDir, { recursive: true });
  else renameSync(outDir, folder);
  return folder;
}

/** Another one whenever a file that the page is made of has changed. */
function stamp(): string {
  const hash = createHash("sha256");
  for (const room of ["playground", "language", "runtime", "examples", "style"]) {
    for (const name of readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).toSorted()) {
      if (/(^|\/)test(\/|$)/.test(name)) continue;
      const { mtimeMs, size } = statSync(join(root, room, name));
      hash.update(`${room}/${name} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest("hex").slice(0, 12);
}
