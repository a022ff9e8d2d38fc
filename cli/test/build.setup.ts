import { spawnSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

const root = join(import.meta.dirname, "../..");

/** Before all tests, in a folder of this run's own. What has a wrong type is built all the same: `npm run check` tells that. */
export default function build({ provide }: TestProject): () => void {
  const folder = `dist-${process.pid}`;
  const tool = (name: string, args: string[]) =>
    spawnSync(join(root, "node_modules/.bin", name), args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  tool("tsc", ["-p", "tsconfig.build.json", "--outDir", folder]);
  tool("tsx", ["bundle.ts", folder]);
  // The page takes longer to build than it matters here.
  symlinkSync("../dist/playground", join(root, folder, "playground"));
  provide("built", join(root, folder));
  return () => rmSync(join(root, folder), { recursive: true, force: true });
}
