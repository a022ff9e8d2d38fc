import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import type { TestProject } from "vitest/node";
import { root, stamped } from "./stamped.ts";

const sources = [
  "language",
  "runtime",
  "sip",
  "desk",
  "cli",
  "style",
  "bundle.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

/** Before all tests. What has a wrong type is built all the same: `npm run check` tells that. */
export default async function build({ provide }: TestProject): Promise<void> {
  const folder = await stamped("test", sources, (outDir) => {
    const tool = (name: string, args: string[]) =>
      spawnSync(join(root, "node_modules/.bin", name), args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    tool("tsc", ["-p", "tsconfig.build.json", "--outDir", basename(outDir)]);
    tool("tsx", ["bundle.ts", basename(outDir)]);
    // The page takes longer to build than it matters here.
    symlinkSync("../dist/playground", join(outDir, "playground"));
  });
  provide("built", folder);
}
