import { defineConfig } from "vitest/config";

/** Pages in a browser keep what they loaded, and what a file mocks would be mocked for the next. */
const apart = [
  "browser.test.ts",
  "*/page/test/*.test.ts",
  "playground/test/*.test.ts",
  "sip/test/endpoint-hostile.test.ts",
  "sip/test/media-ports.test.ts",
];

export default defineConfig({
  test: {
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
    projects: [
      // Nothing of one file is left to the next: they share what they have loaded, which took longer than most tests.
      {
        extends: true,
        test: {
          name: "together",
          include: ["**/test/*.test.ts", "*.test.ts"],
          exclude: [...apart, "node_modules/**", "dist/**", "dist-*/**"],
          isolate: false,
        },
      },
      { extends: true, test: { name: "apart", include: apart } },
    ],
  },
});
