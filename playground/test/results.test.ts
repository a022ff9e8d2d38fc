import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { intoText, ready, seriousFindings } from "./browser.ts";
import { chromiumSuite } from "./suite.ts";

/* Tests and days of traffic on the page, and the pictures of a run. */

const isSoak = process.env["CORDBOARD_SOAK"] === "1";
const callsADay = isSoak ? 100_000 : 20_000;

vi.setConfig({ testTimeout: isSoak ? 3_600_000 : 90_000 });

const text = readFileSync(join(import.meta.dirname, "../../examples/first-call/first-call.strategy"), "utf8");

const broken = 'expect A hears "sorry" after 1m30s';

/** The line with these words, from 1. */
const lineOf = (words: string): number => text.slice(0, text.indexOf(words)).split("\n").length;

chromiumSuite("results and pictures in Chromium", (chromium) => {
  const open = async (panel: string) => {
    const page = await chromium.anew();
    await ready(page);
    await show(panel);
    return page;
  };
  const show = (panel: string) => chromium.page().getByRole("tab", { name: panel, exact: true }).click();
  /** Writes other words in the text, by keys. */
  const rewrite = async (words: string, others: string) => {
    const page = chromium.page();
    await intoText(page);
    await page.keyboard.press("Control+g");
    await page.locator(".quick-input-widget input").fill(`:${lineOf(words)}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await page.keyboard.type(others);
    await page.locator(".problems", { hasText: "No findings" }).waitFor();
  };
  const margin = (as: string) => chromium.page().locator(`.mark-margin.${as}`).count();
  const ranAll = async () => {
    const page = chromium.page();
    await page.getByRole("button", { name: "Run all" }).click();
    await page.locator(".summary", { hasText: "passed" }).waitFor();
  };

  test("tests pass, and the margin has what they come to", async () => {
    const page = await open("Tests and traffic");
    await ranAll();
    await expect.poll(() => page.locator(".test.passed").count()).toBe(5);
    expect(await page.locator(".summary").first().textContent()).toBe("5 passed, 0 failed");
    await expect.poll(() => margin("passed")).toBeGreaterThan(1);
    expect(await page.locator(".coverage").textContent()).toContain("2 of 2");
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("a test that fails tells where, and is run again while one writes", async () => {
    const page = await open("Tests and traffic");
    await page.getByLabel("as I write").check();
    await page.locator(".summary", { hasText: "5 passed" }).waitFor();
    await rewrite(broken, '  expect A hears "nobody" after 1m30s');
    await page.locator(".summary", { hasText: "4 passed, 1 failed" }).waitFor();
    await expect.poll(() => margin("failed")).toBe(1);
    const failure = page.locator(".failures button").first();
    expect(await failure.textContent()).toBe(`first-call.strategy:${lineOf(broken)}`);
    await failure.focus();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-editor.focused").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("a day of traffic has figures with how sure they are, and two versions stand side by side", async () => {
    const page = await open("Tests and traffic");
    const simulate = page.getByRole("button", { name: "Simulate “a working day”" });
    await simulate.click();
    await page.locator(".chart canvas").first().waitFor();
    expect(await page.locator(".figures td").first().textContent()).toMatch(/^[\d.]+ ± [\d.]+$/);
    await expect.poll(() => page.locator(".chart").count()).toBe(3);
    await page.getByRole("button", { name: "Keep as before" }).click();
    await rewrite("at 20s  add group Helpdesk", "    at 50s  add group Helpdesk");
    await page.locator(".stale").waitFor();
    await simulate.focus();
    await page.keyboard.press("Enter");
    await page.locator(".figures thead").first().waitFor();
    const calls = await page.locator(".figures tbody tr").first().locator("td").allTextContents();
    expect(calls[0], "the same callers").toBe(calls[1]);
    expect(await page.locator(".figures").first().textContent()).toMatch(/[+-][\d.]+ s ± /);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("a day of recorded calls is played from files of the page; what is not there is asked for", async () => {
    const page = await open("Tests and traffic");
    await rewrite('calls 20 per hour to "5000"', '  calls from "monday.csv"');
    const simulate = page.getByRole("button", { name: "Simulate “a working day”" });
    await simulate.click();
    await page.locator(".results", { hasText: "“monday.csv”, which is not on the page: import it" }).waitFor();
    const take = (text: string) =>
      page
        .locator('input[type="file"]')
        .setInputFiles({ name: "monday.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await take("at,from,to\n09:00,+1,5000\nnoon,+2,5000\n");
    await page.locator('[data-tab="monday.csv"]').waitFor();
    await simulate.click();
    await page.locator(".results", { hasText: "monday.csv:3: `noon` is neither a time nor seconds" }).waitFor();
    await take("at,from,to,talk\n09:00,+1,5000,60\n09:10,+2,5000,60\n09:20,+3,5000,60\n");
    await simulate.click();
    await page.locator(".figures tbody tr").first().waitFor();
    expect(await page.locator(".figures tbody tr").first().locator("td").first().textContent()).toMatch(/^3\b/);
  });

  test("a day of 100,000 calls can be left", async () => {
    const page = await open("Tests and traffic");
    await rewrite('calls 20 per hour to "5000"', '  calls 10000 per hour to "5000"');
    await page.getByRole("button", { name: "Simulate “a working day”" }).click();
    await page.locator(".progress .figure", { hasText: /^[1-9]/ }).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.locator(".progress").waitFor({ state: "detached" });
    await ranAll();
  });

  test(`a day of ${callsADay} calls is played to its end, told how far it is, and the page goes on`, async () => {
    const page = await open("Tests and traffic");
    await rewrite("during 08:00..18:00  seed 7  replications 5", "  during 08:00..18:00  seed 7  replications 1");
    await rewrite('calls 20 per hour to "5000"', `  calls ${callsADay / 10} per hour to "5000"`);
    const simulate = page.getByRole("button", { name: "Simulate “a working day”" });
    const began = performance.now();
    const frames = page.evaluate(framesWhile, ".progress");
    await simulate.click();
    const calls = page.locator(".figures tbody tr").first().locator("td").first();
    await calls.waitFor({ timeout: 3_600_000 });
    const seconds = (performance.now() - began) / 1000;
    expect(Number.parseFloat((await calls.textContent()) ?? "") / callsADay).toBeCloseTo(1, 1);
    const { seen, longestMs } = await frames;
    expect(seen, "shares that were told").toBeGreaterThan(1);
    if (isSoak)
      console.log(
        `${callsADay} calls: ${seconds.toFixed(1)} s; the longest between two frames ${longestMs.toFixed(0)} ms`,
      );
    await ranAll();
  });

  test("a run is drawn over time, as a ladder, and as a way through the strategy", async () => {
    const page = await open("Tests and traffic");
    await page.getByRole("button", { name: "Watch “an agent who is ready gets the call”" }).click();
    await page.locator('.run .call, .run [aria-label="Calls"] li').first().waitFor();
    await page.getByRole("slider", { name: "Time of the run" }).press("End");
    await show("Pictures");
    await page.locator(".lane .piece.talk").first().waitFor();
    await page.getByRole("button", { name: /^Call A: .*talks with ana/ }).click();
    const strip = page.locator('.lane[data-chosen="true"] .strip');
    const { width = 0 } = (await strip.boundingBox()) ?? {};
    const clock = page.locator(".clock-now b");
    const before = await clock.textContent();
    await strip.click({ position: { x: width / 2, y: 12 } });
    await expect.poll(() => clock.textContent()).not.toBe(before);
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Ladder" }).click();
    const talk = page.getByRole("button", { name: /caller to ana: talk$/ });
    await talk.focus();
    await page.keyboard.press("Enter");
    await expect.poll(async () => talk.textContent()).toContain((await clock.textContent()) ?? "?");
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Flow" }).click();
    await page.locator(".flow-node.queue.passed").waitFor();
    await expect.poll(() => page.locator(".flow-edge.passed").count()).toBeGreaterThan(3);
    await page.getByRole("button", { name: /^answer; the chosen call has been here/ }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".monaco-editor.focused").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("queues are drawn with whom they mean, in a small window too", async () => {
    const page = await open("Pictures");
    await page.getByRole("button", { name: "Queues" }).click();
    await page.locator(".queue-steps .bar").nth(1).waitFor();
    expect(await page.locator(".queue-steps .people").allTextContents()).toEqual(["Ana", "Ana, Luc"]);
    await page.setViewportSize({ width: 700, height: 800 });
    await page.getByRole("button", { name: "Show run" }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(700);
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator(".queue-steps ol button").first().click();
    await page.locator(".monaco-editor.focused").waitFor();
  });

  test("a text in which nothing is drawn says what to write", async () => {
    const page = await open("Pictures");
    expect(await page.locator(".pictures .empty").textContent()).toContain("Place a call in Run");
    await page.getByRole("button", { name: "Ladder" }).click();
    expect(await page.locator(".pictures .empty").textContent()).toContain("Place a call in Run");
  });
});

/** Which texts the progress had, and how long the page stood still at most, from when it is there until it is gone. */
async function framesWhile(shown: string): Promise<{ seen: number; longestMs: number }> {
  const texts = new Set<string>();
  let longestMs = 0;
  while (!document.querySelector(shown)) await new Promise(requestAnimationFrame);
  for (let last = performance.now(); ; ) {
    const element = document.querySelector(shown);
    if (!element) return { seen: texts.size, longestMs };
    texts.add(element.textContent ?? "");
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  }
}
