import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test, vi } from "vitest";
import { intoText } from "./browser.ts";
import { linkOf } from "./busy.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { chromiumSuite } from "./suite.ts";

/* Links of strangers: nothing in them is run by the page, nothing is sent anywhere, and the page stays alive. */

const isSoak = process.env["CORDBOARD_SOAK"] === "1";
const count = isSoak ? 500 : 50;

vi.setConfig({ testTimeout: isSoak ? 3_600_000 : 120_000 });

const one = (text: string, directory = "directory: 1\n") => ({
  files: [
    { path: "main.strategy", text },
    { path: "directory.yaml", text: directory },
  ],
  open: "main.strategy",
});

chromiumSuite("hostile links in Chromium", (chromium) => {
  const isAlive = async (): Promise<void> => {
    const page = chromium.page();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByLabel("Link", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => "hacked" in globalThis)).toBe(false);
  };

  const script = "<img src=x onerror=globalThis.hacked=1><script>globalThis.hacked=1</script>";

  test.each<[string, string, RegExp]>([
    ["a name that is a script", linkOf({ files: [{ path: `${script}.strategy`, text: "" }] }), /letters, digits/],
    ["a deflate bomb", `#v1/${deflateRawSync(" ".repeat(20_000_000)).toString("base64url")}`, /more than anybody/],
    ["more text than we take", linkOf(one("#".repeat(1_100_000))), /longer than 1000000/],
    [
      "a thousand files",
      linkOf({ files: Array.from({ length: 1000 }, (_, n) => ({ path: `${n}.csv`, text: "" })) }),
      /100 files/,
    ],
    ["half a link", linkOf(one("strategy")).slice(0, -8), /damaged/],
    ["no link at all", "#v1/javascript:alert(1)", /damaged/],
  ])("%s is refused in words", async (_, link, words) => {
    await go(await chromium.anew(), link);
    await chromium.page().locator(".notice", { hasText: words }).waitFor();
    await isAlive();
  });

  test("a page that is opened by a bad link says so, and begins with the first example", async () => {
    const page = await chromium.open("#v1/javascript:alert(1)");
    await page.locator(".notice", { hasText: /damaged/ }).waitFor();
    await page.locator('[data-tab="first-call.strategy"]').waitFor();
    await isAlive();
  });

  test("markup in texts, findings, hovers and acts is text", async () => {
    const text = `strategy "${script}" {\n  entry "${script}"\n  play ${script}\n  play "![x](https://example.com/x.png) [y](command:cordboard.wish)"\n}\n`;
    const acts = [{ do: "call", call: script, from: script, to: script, at: 0 }];
    const page = await chromium.open(linkOf({ ...one(text, `site: { name: "${script}" }\n`), scenario: { acts } }));
    await page.locator(".problems summary", { hasText: "error" }).click();
    await page.locator(".problem").first().click();
    await page.locator(".monaco-editor.focused").waitFor();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover:visible").first().waitFor();
    await isAlive();
  });

  test.each([
    ["once, it begins again and nothing is told", 1],
    ["twice, that is told, and another follows when the text changes", 2],
  ])("a worker of the language that says nothing is stopped: %s", async (_, silentOnes) => {
    const page = await chromium.open("#v1/javascript:alert(1)");
    // Else it is the worker of before the reload that is silent.
    await page.locator(".problems summary", { hasText: checked }).waitFor();
    let left = silentOnes;
    await page.context().route(/language\.worker-/, (route) => {
      if (left === 0) return route.continue();
      left--;
      const silent = "postMessage({ id: 0, news: 'loaded' })";
      return route.fulfill({ contentType: "text/javascript", body: silent });
    });
    await page.reload();
    await page.locator(".problems summary", { hasText: silentOnes === 1 ? "No findings" : "was stopped" }).waitFor();
    await intoText(page);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("x");
    await page.locator(".problems summary", { hasText: "error" }).waitFor();
    const colour = () =>
      page
        .locator(".view-line span span", { hasText: /^Helpdesk$/ })
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    await expect.poll(colour).toBe("rgb(34, 105, 58)");
  });

  test(`${count} programs that mean harm, one after the other, and the page still checks an honest one`, async () => {
    const page = await chromium.anew();
    const calls = { acts: [{ do: "call", call: "A", from: "2", to: "1", at: 0 }] };
    for (const [nth, text] of hostileTexts(count, isSoak ? 8192 : 2048).entries()) {
      const path = `hostile${nth}.strategy`;
      const [, directory] = one(text).files;
      await go(page, linkOf({ files: [{ path, text }, directory], scenario: calls }));
      await page.locator(`[data-tab="${path}"]`).waitFor();
      // Checked and run, or given up.
      await page.locator(".problems summary", { hasText: checked }).waitFor();
      await page.locator(".run .troubled, .run .place-call").first().waitFor();
      if (nth % 10 === 0) await isAlive();
    }
    await isAlive();
    await go(page, linkOf(one('strategy "honest" {\n  entry "1"\n  answr\n}\n')));
    await page.locator(".view-line", { hasText: "honest" }).waitFor();
    await page.locator(".problems summary", { hasText: "error" }).waitFor();
  });
});

const checked = /No findings|\d (?:error|warning|hint)|was stopped/;

/** As if somebody followed the link on the page. */
async function go(page: Page, link: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
}
