import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/test/*.test.ts", "*.test.ts"],
    exclude: ["node_modules/**", "dist/**", "dist-*/**"],
    globalSetup: ["sip/test/peers/install.ts", "cli/test/build.setup.ts"],
    setupFiles: ["properties.setup.ts"],
    reporters: ["default", "./counts.reporter.ts"],
    // Suites start real phones and load generators: two at a time keep their clocks honest on two cores.
    maxWorkers: 2,
    // A busy machine is no failure.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
