import { join } from "node:path";
import { build } from "vite";
import { root, stamped } from "../../cli/test/stamped.ts";

const sources = ["playground", "language", "runtime", "examples", "style"];

/** The page, built from the texts as they are now. */
export const builtPage = (): Promise<string> =>
  stamped("page", sources, (outDir) =>
    build({ configFile: join(root, "playground/vite.config.ts"), logLevel: "error", build: { outDir } }),
  );
