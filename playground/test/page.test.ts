import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { intoText, ready, seriousFindings, textOf } from "./browser.ts";
import { chromiumSuite } from "./suite.ts";

/* The page around the editor: files, links, memory, embedding, themes. */

vi.setConfig({ testTimeout: 90_000 });

const folder = join(import.meta.dirname, "../../examples");
const examples = readdirSync(folder).filter((name) => existsSync(join(folder, name, `${name}.strategy`)));

chromiumSuite("the page in Chromium", (chromium) => {
  const open = async (...given: Parameters<typeof chromium.open>) => {
    const page = await chromium.open(...given);
    await ready(page);
    return page;
  };
  const anew = async () => {
    const page = await chromium.anew();
    await ready(page);
    return page;
  };
  const tabs = () => chromium.page().locator('.file-tabs [role="tab"]').allTextContents();
  const linkOf = async (): Promise<string> => {
    const page = chromium.page();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const link = page.getByLabel("Link", { exact: true });
    await expect.poll(() => link.inputValue()).toContain("#v1/");
    return (await link.inputValue()).slice(chromium.url().length);
  };

  test("opens every example, and none has a finding", async () => {
    const page = await anew();
    const offered = await page.getByLabel("Open an example").locator('[value^="example "]').allTextContents();
    expect(offered).toEqual(["first-call", ...examples.filter((name) => name !== "first-call")]);
    for (const name of examples) {
      await page.getByLabel("Open an example").selectOption(`example ${name}`);
      await page.locator(`[data-tab="${name}.strategy"][aria-selected="true"]`).waitFor();
      await page.locator(".problems", { hasText: "No findings" }).waitFor();
    }
    expect(await tabs()).toEqual(["vip.strategy", "lib/crm.strategy", "directory.yaml"]);
  });

  test("begins empty where one asks for it, and runs what is written there", async () => {
    const page = await anew();
    await page.getByLabel("Open an example").selectOption("New, empty");
    await page.locator('[data-tab="main.strategy"][aria-selected="true"]').waitFor();
    expect(await tabs()).toEqual(["main.strategy", "directory.yaml"]);
    await page.getByText("The directory has no agents.").waitFor();
    await intoText(page);
    const lines = ['strategy "mine" {', 'entry "1"', 'default route to "+34600000001"', "answer", "}"];
    for (const line of lines) {
      await page.keyboard.type(line);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Enter");
    }
    const written = 'strategy "mine" {\n  entry "1"\n  default route to "+34600000001"\n  answer\n}\n';
    await expect.poll(() => textOf(page, "main.strategy"), { message: "no brace twice" }).toBe(written);
    await page.locator("#entries option[value='1']").waitFor({ state: "attached" });
  });

  test("a site that cannot be run shows nothing of the one before", async () => {
    const page = await anew();
    await page.locator(".agent-card").first().waitFor();
    const site = { "directory.yaml": "directory: 1\n", "wrong.strategy": 'strategy "wrong" {\n  nonsense\n}\n' };
    await page
      .locator('input[type="file"]')
      .setInputFiles(Object.entries(site).map(([name, text]) => ({ name, mimeType: "", buffer: Buffer.from(text) })));
    await page.locator(".troubled", { hasText: "Nothing can be run:" }).waitFor();
    expect(await page.locator(".agent-card, .call-row").count()).toBe(0);
  });

  test("files that are not taken are named, with the reason", async () => {
    const page = await anew();
    const refused: [string, number[], string][] = [
      ["voice.wav", [82, 73, 70, 70], "“voice.wav”: names end with"],
      ["calls.csv", [0xff, 0xfe, 97, 0], "“calls.csv” is no text, or none in UTF-8"],
      ["all.json", [123], "“all.json” is not JSON"],
    ];
    for (const [name, bytes, says] of refused) {
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: "", buffer: Buffer.from(bytes) });
      await page.locator(".notice.bad", { hasText: says }).waitFor();
    }
    expect(await tabs()).toEqual(["first-call.strategy", "directory.yaml"]);
  });

  test("an example that is opened again begins anew", async () => {
    const page = await anew();
    await page.getByRole("button", { name: "Place call" }).click();
    await page.locator(".call-row").first().waitFor();
    await page.getByLabel("Open an example").selectOption("example first-call");
    await page.getByText("Nobody calls yet").waitFor();
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
  });

  test("files come, get other names and go by keys alone", async () => {
    const page = await anew();
    const { keyboard } = page;
    await page.locator('[data-tab="first-call.strategy"]').focus();
    await keyboard.press("ArrowRight");
    expect(await page.locator(':focus[aria-selected="true"]').textContent()).toBe("directory.yaml");
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.locator("dialog input:focus").waitFor();
    await keyboard.type("../x.strategy");
    await keyboard.press("Enter");
    await page.locator('[role="alert"]', { hasText: "letters, digits" }).waitFor();
    await keyboard.press("Control+a");
    await keyboard.type("lib/new.strategy");
    await keyboard.press("Enter");
    await page.locator('[data-tab="lib/new.strategy"][aria-selected="true"]').waitFor();
    await page.getByRole("button", { name: "Rename" }).focus();
    await keyboard.press("Enter");
    await page.locator("dialog input:focus").waitFor();
    await keyboard.press("Control+a");
    await keyboard.type("lib/other.strategy");
    await keyboard.press("Enter");
    await page.locator('[data-tab="lib/other.strategy"][aria-selected="true"]').waitFor();
    await page.getByRole("button", { name: "Delete" }).focus();
    await keyboard.press("Enter");
    await page.locator("dialog button.main:focus").waitFor();
    await keyboard.press("Enter");
    await expect.poll(tabs).toEqual(["first-call.strategy", "directory.yaml"]);
  });

  test("every panel is reached and used by keys alone", async () => {
    const page = await anew();
    const { keyboard } = page;
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await keyboard.press(key);
    };
    await page.getByRole("tab", { name: "Run", exact: true }).focus();
    await press("ArrowRight");
    await page.getByRole("button", { name: "Timeline" }).waitFor();
    await press("Tab", "Tab", "Tab", "Tab");
    expect(await focused()).toBe("Flow");
    await press("Enter");
    await page.locator(".flow-node").first().waitFor();
    await press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab", "ArrowRight");
    const runAll = page.getByRole("button", { name: "Run all" });
    await expect.poll(() => runAll.isEnabled()).toBe(true);
    await press("Tab", "Tab", "Enter");
    await page.locator(".summary", { hasText: "5 passed" }).waitFor();
    await press("Shift+Tab", "Shift+Tab", "ArrowRight");
    await page.getByLabel("Address of a run").waitFor();
    await press("Tab", "Tab", "Tab", "Tab");
    expect(await focused()).toBe("Connect");
    await page.getByRole("button", { name: "Share", exact: true }).focus();
    await press("Enter");
    await page.getByLabel("Link", { exact: true }).waitFor();
    await press("Escape");
    await expect.poll(focused).toBe("Share");
  });

  test("a link brings everything to another browser, and to a page that embeds it", async () => {
    const page = await open();
    await page.getByLabel("Open an example").selectOption("example vip");
    await page.locator('[data-tab="vip.strategy"]').waitFor();
    const link = await linkOf();
    await page.context().close();

    await open(link);
    expect(await tabs()).toEqual(["vip.strategy", "lib/crm.strategy", "directory.yaml"]);
    await chromium.page().context().close();

    const embedded = await open(`?embed=1${link}`);
    expect(await tabs()).toEqual(["vip.strategy", "lib/crm.strategy", "directory.yaml"]);
    await intoText(embedded);
    await embedded.keyboard.type("x");
    await embedded.locator(".monaco-editor-overlaymessage", { hasText: "read-only" }).waitFor();
    expect(await embedded.getByRole("link", { name: "Open in the playground" }).getAttribute("href")).toBe(`./${link}`);
    expect(await embedded.getByRole("button", { name: "Rename" }).count()).toBe(0);
  });

  test("what is written is there again after a reload, and what it took the place of can be had back", async () => {
    const page = await open();
    await intoText(page);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# mine\n");
    expect(await textOf(page, "first-call.strategy")).toMatch(/^# mine\n/);
    await page.reload();
    await ready(page);
    await page.locator(".view-line", { hasText: "# mine" }).waitFor();
    await page.getByLabel("Open an example").selectOption("example billing");
    await page.locator('[data-tab="billing.strategy"]').waitFor();
    await page.getByLabel("Open an example").selectOption("earlier");
    await page.locator(".view-line", { hasText: "# mine" }).waitFor();
  });

  test("a link that was opened is left alone until somebody writes", async () => {
    await open();
    const link = await linkOf();
    await chromium.page().context().close();
    const page = await open(link);
    expect(new URL(page.url()).hash).toBe(link);
    await intoText(page);
    await page.keyboard.type("# mine\n");
    await expect.poll(() => new URL(page.url()).hash).toBe("");
  });

  test("files come in and go out", async () => {
    const page = await anew();
    const folder = join(import.meta.dirname, "../../examples/billing");
    await page
      .locator('input[type="file"]')
      .setInputFiles([join(folder, "directory.yaml"), join(folder, "billing.strategy")]);
    await page.locator('[data-tab="billing.strategy"]').waitFor();
    expect(await tabs()).toEqual(["directory.yaml", "billing.strategy"]);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "billing.strategy", exact: true }).click();
    const file = await (await saved).path();
    expect(readFileSync(file, "utf8")).toBe(readFileSync(join(folder, "billing.strategy"), "utf8"));
    const all = page.waitForEvent("download");
    await page.getByRole("button", { name: "All as cordboard.json" }).click();
    const whole = readFileSync(await (await all).path());
    await page.keyboard.press("Escape");
    await page.getByLabel("Open an example").selectOption("example vip");
    await page.locator('[data-tab="vip.strategy"]').waitFor();
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "cordboard.json", mimeType: "application/json", buffer: whole });
    await page.locator('[data-tab="billing.strategy"]').waitFor();
  });

  test("another site comes without prompts and calls of the one before, and is shown by its strategy", async () => {
    const page = await anew();
    await page.getByRole("button", { name: "Place call" }).click();
    await page.locator(".call-row").first().waitFor();
    const texts = {
      "directory.yaml": 'directory: 1\nagents: { nora: { name: Nora, extension: "7101" } }\n',
      "clinic.strategy":
        'strategy "clinic" {\n  entry "7000"\n  default route to agent nora\n  answer\n  play "menu"\n  ring agent nora for 20s\n}\n',
    };
    await page
      .locator('input[type="file"]')
      .setInputFiles(Object.entries(texts).map(([name, text]) => ({ name, mimeType: "", buffer: Buffer.from(text) })));
    await page.locator('[data-tab="clinic.strategy"][aria-selected="true"]').waitFor();
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
    await page.getByText("Nobody calls yet").waitFor();
  });

  test("wears the system's theme, or the one that is chosen", async () => {
    const page = await open("", { colorScheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const editor = () =>
      page
        .locator(".monaco-editor")
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const dark = await ground();
    expect(await editor()).toBe(dark);
    await page.getByLabel("Theme").selectOption("light");
    await expect.poll(ground).toBe("rgb(255, 255, 255)");
    await expect.poll(editor).toBe("rgb(255, 255, 255)");
    await page.reload();
    await ready(page);
    expect(await ground()).toBe("rgb(255, 255, 255)");
  });

  test.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["on a small window", { viewport: { width: 600, height: 800 } }],
  ] as const)("axe has no serious finding: %s", async (_, look) => {
    const page = await anew();
    if ("viewport" in look) await page.setViewportSize(look.viewport);
    else await page.emulateMedia(look);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByLabel("Link", { exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New" }).click();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("shows text or work on a small window", async () => {
    const page = await anew();
    await page.setViewportSize({ width: 600, height: 800 });
    await page.getByRole("button", { name: "Show run" }).click();
    await page.locator("#panel").waitFor();
    expect(await page.locator(".text").isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing is cut off").toBe(600);
    expect(await page.locator(".header").evaluate((header) => header.scrollWidth)).toBe(600);
    await page.getByRole("button", { name: "Show text" }).click();
    expect(await page.locator(".work").isVisible()).toBe(false);
  });
});
