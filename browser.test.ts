import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { load } from "./cli/load.ts";
import { promptLengths } from "./cli/prompt-lengths.ts";
import { makeSource } from "./language/index.ts";
import { digestsOf, type SiteTexts } from "./runtime/test/anywhere.ts";
import { peerSuite } from "./sip/test/peers/suite.ts";

/* ARCHITECTURE.md: the engine touches nothing of Node. The same texts give the same trace, record by record, in Node and in Chromium. */

declare global {
  var cordboard: { digestsOf: typeof digestsOf };
}

const root = join(import.meta.dirname, "examples");
const names = readdirSync(root).filter((name) => existsSync(join(root, name, "directory.yaml")));

const bundle = await build({
  entryPoints: [join(import.meta.dirname, "runtime/test/anywhere.ts")],
  bundle: true,
  write: false,
  metafile: true,
  format: "iife",
  globalName: "cordboard",
  platform: "browser",
  logLevel: "silent",
});
const script = bundle.outputFiles[0]?.text ?? "";

function textsOf(name: string): SiteTexts {
  const { sources, prompts } = load([join(root, name)], []);
  // Plain objects: what a page is handed goes as JSON.
  const ending = (end: string) => sources.filter(({ path }) => path.endsWith(end));
  return { directory: ending(".yaml"), strategies: ending(".strategy"), lengths: promptLengths(prompts) };
}

test("language and runtime make a bundle with no module of Node, and nothing left to import", () => {
  const { inputs } = bundle.metafile;
  expect(Object.keys(inputs).filter((path) => /^node:|^runtime\/node\//.test(path))).toEqual([]);
  expect(Object.values(inputs).flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual([]);
});

peerSuite("in Chromium", ["chromium"], () => {
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      // Chromium's sandbox does not start for root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    page = await browser.newPage();
    await page.addScriptTag({ content: script });
  });
  afterAll(() => browser?.close());

  const digests = (texts: SiteTexts) => page.evaluate((given) => cordboard.digestsOf(given), texts);

  describe.each(names)("%s", (name) => {
    test("all tests and an hour of traffic go the very same way as in Node", async () => {
      const here = digestsOf(textsOf(name));
      expect(Object.keys(here).length).toBeGreaterThan(1);
      expect(await digests(textsOf(name))).toEqual(here);
    });
  });

  test("another way gives another digest", async () => {
    const texts = textsOf("first-call");
    const [source] = texts.strategies;
    const slower = makeSource(source?.path ?? "", source?.text.replace("after 2s", "after 3s") ?? "");
    expect(await digests({ ...texts, strategies: [slower] })).not.toEqual(digestsOf(texts));
  });
});
