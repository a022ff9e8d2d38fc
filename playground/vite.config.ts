import { resolve } from "node:path";
import { defineConfig } from "vite";

/** Everything by relative addresses: the page works from any static host, below any path. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  build: {
    outDir: resolve(import.meta.dirname, "../dist/playground"),
    emptyOutDir: true,
    target: "es2022",
    // Fonts stay files, so that the content policy needs no `data:` for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one large part on purpose: it is loaded after the page is drawn.
    chunkSizeWarningLimit: 4096,
    // How long plugins took on a busy machine is no finding.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: "es" },
});
