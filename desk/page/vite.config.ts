import { resolve } from "node:path";
import { defineConfig } from "vite";

const here = (path: string): string => resolve(import.meta.dirname, path);

/** Two pages that share their parts; `cordboard run` serves them at `/` and `/supervisor`. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: here("../../dist/desk/page"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [here("index.html"), here("supervisor.html")], checks: { pluginTimings: false } },
  },
});
