import { defineConfig } from "vitest/config";

/** Pages in a browser keep what they loaded, and what a file mocks would be mocked for the next. */
const apart = [
  "browser.test.ts",
  "*/page/test/*.test.ts",
  "playground/test/*.test.ts",
  "sip/test/endpoint-hostile.test.ts",
  "sip/test/media-ports.test.ts",
];

/** Rooms that no real clock comes into. */
const pure = ["language/**/test/*.test.ts", "runtime/test/*.test.ts"];

const built = ["node_modules/**", "dist/**", "dist-*/**"];

export default defineConfig({
  test: {
    exclude: built,
    globalSetup: ["sip/test/peers/install.ts", "cli/test/build.setup.ts"],
    setupFiles: ["properties.setup.ts"],
    reporters: ["default", "./counts.reporter.ts"],
    // Suites start real phones and load generators: two at a time keep their clocks honest on two cores.
    maxWorkers: 2,
    // A busy machine is no failure.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing of one file is left to the next: files share what they have loaded, which took longer than most tests. Sockets, phones and
    // browsers keep their own time, so what uses them has a second try; the last lines of a run name each that needed it.
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: "clocked",
          include: ["**/test/*.test.ts", "*.test.ts"],
          exclude: [...pure, ...apart, ...built],
          isolate: false,
          retry: 1,
        },
      },
      { extends: true, test: { name: "apart", include: apart, retry: 1 } },
    ],
  },
});
