import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { peerSuite } from "../../sip/test/peers/suite.ts";
import { type Opened, type Playground, startPlayground } from "./browser.ts";

/* What all suites in Chromium have in common. */

export interface Chromium {
  url(): string;
  /** The page in a browser that has never seen it; `address` is what follows its folder. */
  open(address?: string, options?: BrowserContextOptions): Promise<Page>;
  /**
   * The suite's own page, which begins anew with the first example as anybody's does who opens it. It is loaded once: that takes longer
   * than most tests.
   */
  anew(): Promise<Page>;
  /** The page of the test that runs. */
  page(): Page;
  /** What pages of this test have done wrong so far. */
  wrongs(): string[];
}

/** `allowed`: what a page may do here that it may not do elsewhere. */
export function chromiumSuite(
  name: string,
  suite: (chromium: Chromium) => void,
  allowed: (wrong: string) => boolean = () => false,
): void {
  peerSuite(name, ["chromium"], () => {
    let playground: Playground;
    let own: Opened | undefined;
    let opened: Opened[] = [];

    beforeAll(async () => {
      playground = await startPlayground();
    }, 120_000);
    afterAll(() => playground.stop());
    afterEach(async ({ task }) => {
      const wrongs = opened.flatMap((one) => one.wrongs.splice(0));
      const isOver = (one: Opened): boolean => one !== own || task.result?.state === "fail" || wrongs.length > 0;
      for (const one of opened.filter(isOver)) {
        if (one === own) own = undefined;
        await one.page.context().close();
      }
      opened = [];
      expect(wrongs.filter((wrong) => !allowed(wrong))).toEqual([]);
    });

    suite({
      url: () => playground.url,
      async open(...given) {
        const one = await playground.open(...given);
        opened.push(one);
        return one.page;
      },
      async anew() {
        if (own) await beginAnew(own.page);
        own ??= await playground.open();
        opened.push(own);
        return own.page;
      },
      page() {
        const last = opened.at(-1);
        if (!last) throw new Error("this test has opened no page");
        return last.page;
      },
      wrongs: () => opened.flatMap((one) => one.wrongs),
    });
  });
}

async function beginAnew(page: Page): Promise<void> {
  await page.setViewportSize({ width: 700, height: 800 });
  const toText = page.getByRole("button", { name: "Show text" });
  if (await toText.isVisible()) await toText.click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: null });
  while (await page.locator("dialog").count()) await page.keyboard.press("Escape");
  const notice = page.locator(".notice").getByRole("button", { name: "Close" }).first();
  while (await notice.count()) await notice.click();
  await page.getByLabel("Theme").selectOption("system");
  await page.getByRole("tab", { name: "Run", exact: true }).click();
  await page.evaluate(() => document.querySelector(".problems")?.removeAttribute("open"));
  await page.getByLabel("Open an example").selectOption("example first-call");
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
}
