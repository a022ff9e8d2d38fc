import { expect, test, vi } from "vitest";
import { intoText, ready, seriousFindings, textOf } from "./browser.ts";
import { chromiumSuite } from "./suite.ts";

/* The editor, by its keys: each help that the language gives arrives on the page. */

vi.setConfig({ testTimeout: 90_000 });

const main = "first-call.strategy";

chromiumSuite("the editor in Chromium", (chromium) => {
  const open = async () => {
    const page = await chromium.anew();
    await ready(page);
    await intoText(page);
    return page;
  };
  /** By the editor's own way to a line. */
  const goTo = async (place: string): Promise<void> => {
    const { keyboard } = chromium.page();
    await keyboard.press("Control+g");
    await chromium.page().locator(".quick-input-widget input").fill(`:${place}`);
    await keyboard.press("Enter");
  };

  test("tells what is wrong while one writes, in the text and in a list, and mends it", async () => {
    const page = await open();
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
    await goTo("8:12");
    await page.keyboard.press("Backspace");
    // `spai` is declared now, and `spain` is nothing.
    await page.locator(".problems summary", { hasText: "1 error" }).waitFor();
    await page.locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("F8");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await page.locator(".action-widget", { hasText: "write `spai`" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
    expect(await textOf(page, main)).toContain("= if spai then");
  });

  test("goes to a finding of the list", async () => {
    const page = await open();
    await goTo("6:1");
    await page.keyboard.type("agian\n");
    await page.locator(".problems summary").click();
    await page
      .locator(".problem", { hasText: `${main}:6` })
      .first()
      .click();
    await page.locator(".monaco-editor.focused").waitFor();
    await page.keyboard.type("answer");
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
  });

  test("completes what may stand here, names of the directory too", async () => {
    const page = await open();
    await goTo("4:25");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+Shift+ArrowLeft");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget .monaco-list-row", { hasText: "Helpdesk" }).click();
    await expect.poll(() => textOf(page, main)).toContain("default route to group Helpdesk");
  });

  test("begins a line after a word that is written out, whatever is suggested", async () => {
    const page = await open();
    await goTo("6:1");
    await page.keyboard.type("answer");
    await page.locator(".suggest-widget.visible .monaco-list-row.focused", { hasText: "answer" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("hangup");
    await expect.poll(() => textOf(page, main)).toMatch(/answer\n *hangup/);
  });

  test("says what is written in brackets", async () => {
    const page = await open();
    await goTo("6:1");
    await page.keyboard.type("note ewt(");
    await page.locator(".parameter-hints-widget", { hasText: "ewt(" }).waitFor();
  });

  test("tells what a name means", async () => {
    const page = await open();
    await goTo("14:18");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover", { hasText: "longest" }).waitFor();
  });

  test("formats", async () => {
    const page = await open();
    await goTo("6:1");
    await page.keyboard.type("        ");
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(">format document");
    await page.keyboard.press("Enter");
    await expect.poll(() => textOf(page, main)).toContain("\n  answer\n");
  });

  test("renames a name everywhere, and says why not", async () => {
    const page = await open();
    await goTo("8:8");
    await page.keyboard.press("F2");
    await page.locator(".rename-box input").fill("iberia");
    await page.keyboard.press("Enter");
    await expect.poll(() => textOf(page, main)).toContain("= if iberia then");
    await goTo("6:4");
    await page.keyboard.press("F2");
    await page.locator(".monaco-editor-overlaymessage").waitFor();
  });

  test("finds every place of a name", async () => {
    const page = await open();
    await goTo("4:27");
    await page.keyboard.press("Shift+F12");
    await page.locator(".reference-zone-widget .monaco-list-row").first().waitFor();
  });

  test("jumps into the directory", async () => {
    const page = await open();
    await goTo("4:27");
    await page.keyboard.press("F12");
    await page.locator('[role="tab"][data-tab="directory.yaml"][aria-selected="true"]').waitFor();
  });

  test("colours by meaning, folds, shows pale words, and offers to run", async () => {
    const page = await open();
    const colour = (text: string) =>
      page
        .locator(".view-line span span", { hasText: new RegExp(`^${text}$`) })
        .first()
        .evaluate((element) => getComputedStyle(element).color);
    // A group of the directory is not coloured like a variable, which the words alone could not tell.
    await expect.poll(() => colour("Helpdesk")).toBe("rgb(34, 105, 58)");
    await page.locator(".view-lines", { hasText: "not answered:" }).waitFor();
    await goTo("12:3");
    await page.keyboard.press("Control+Shift+[");
    await expect.poll(() => page.locator(".view-lines").first().textContent()).not.toContain("priority");
    await page.locator(".codelens-decoration a", { hasText: "run 5 tests" }).click();
    await page.locator('[role="tab"][data-tab="results"][aria-selected="true"]').waitFor();
  });

  test("and its own widgets are fit for everybody, but for what is named", async () => {
    const page = await open();
    const { keyboard } = page;
    const look = async (widget: string): Promise<void> => {
      await page.locator(widget).first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await keyboard.press("Escape");
    };
    await keyboard.press("F1");
    await look(".quick-input-widget .monaco-list-row");
    await goTo("6:1");
    await keyboard.type("a");
    await look(".suggest-widget.visible .monaco-list-row");
    await page.locator(".problems summary", { hasText: "error" }).waitFor();
    await keyboard.press("F8");
    await look(".marker-widget");
    await keyboard.press("Control+k");
    await keyboard.press("Control+i");
    await look(".monaco-hover:visible");
  });

  test("is left by the Tab key where one asks for it", async () => {
    const page = await open();
    await page.keyboard.press("Control+m");
    await page.keyboard.press("Tab");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("SUMMARY");
  });
});
