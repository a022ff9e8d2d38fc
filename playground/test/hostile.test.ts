import { deflateRawSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { peerSuite } from "../../sip/test/peers/suite.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { type Opened, type Playground, startPlayground } from "./browser.ts";

/* Links of strangers: nothing in them is run by the page, nothing is sent anywhere, and the page stays alive. */

vi.setConfig({ testTimeout: 120_000 });

const linkOf = (work: unknown): string => `#v1/${deflateRawSync(JSON.stringify(work)).toString("base64url")}`;
const one = (text: string, directory = "directory: 1\n") => ({
  files: [
    { path: "main.strategy", text },
    { path: "directory.yaml", text: directory },
  ],
  open: "main.strategy",
});

peerSuite("hostile links in Chromium", ["chromium"], () => {
  let playground: Playground;
  let opened: Opened;

  beforeAll(async () => {
    playground = await startPlayground();
  }, 120_000);
  afterAll(() => playground.stop());
  afterEach(async () => {
    const { page, wrongs } = opened;
    await page.context().close();
    expect(wrongs).toEqual([]);
  });

  const isAlive = async (): Promise<void> => {
    const { page } = opened;
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
    opened = await playground.open(link);
    await opened.page.locator(".notice", { hasText: words }).waitFor();
    await isAlive();
  });

  test("markup in texts, findings, hovers and acts is text", async () => {
    const text = `strategy "${script}" {\n  entry "${script}"\n  play ${script}\n  play "![x](https://example.com/x.png) [y](command:cordboard.wish)"\n}\n`;
    const acts = [{ do: "call", call: script, from: script, to: script, at: 0 }];
    opened = await playground.open(linkOf({ ...one(text, `site: { name: "${script}" }\n`), scenario: { acts } }));
    const { page } = opened;
    await page.locator(".problems summary", { hasText: "error" }).click();
    await page.locator(".problem").first().click();
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover:visible").first().waitFor();
    await isAlive();
  });

  test("fifty programs that mean harm, one after the other, and the page still checks an honest one", async () => {
    opened = await playground.open();
    const { page } = opened;
    for (const text of hostileTexts(50)) {
      await page.evaluate(
        (hash) => {
          location.hash = hash;
        },
        linkOf(one(text)),
      );
      await page.waitForTimeout(100);
    }
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      linkOf(one('strategy "honest" {\n  entry "1"\n  answr\n}\n')),
    );
    await page.locator(".view-line", { hasText: "honest" }).waitFor();
    await page.locator(".problems summary", { hasText: "error" }).waitFor();
    await isAlive();
  });
});
