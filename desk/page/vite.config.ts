import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = (path: string): string => resolve(import.meta.dirname, path);

/** One page for both; `cordboard run` serves it at `/` and `/supervisor`. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: here("../../dist/desk/page"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
