import type { Page } from "playwright-core";
import { ready, startPlayground } from "./browser.ts";
import { busyRun, linkOf, longText } from "./busy.ts";

/*
 * How the page feels: until one can write, from a key until one is told what is wrong with it, and while one drags the cursor over a run of
 * a thousand calls. Figures, no test: they depend on the machine. Usage: npm run bench:page
 */

const playground = await startPlayground();

const say = (what: string, figure: string): void => console.log(`${what.padEnd(56)} ${figure}`);
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

function shares(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => ms(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
  return `median ${at(0.5)}, 90th ${at(0.9)}, worst ${at(1)}, of ${sorted.length}`;
}

/** What all pages and their workers have had of the processors so far: a figure that other work on the machine changes less. */
async function processorMs(): Promise<number> {
  const session = await playground.browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === "renderer" ? cpuTime * 1000 : 0), 0);
}

/** From the address until the text can be written in and its findings are told; the first time, and again. */
async function untilReady(address: string): Promise<{ page: Page; readyMs: number }> {
  const began = performance.now();
  const { page } = await playground.open(address);
  await ready(page);
  return { page, readyMs: performance.now() - began };
}

async function start(): Promise<void> {
  const { page, readyMs } = await untilReady("");
  const spent = await processorMs();
  const began = performance.now();
  await page.reload();
  await ready(page);
  say("first example, until it can be written in", `${ms(readyMs)}, again ${ms(performance.now() - began)}`);
  say("  processor time for it, page and workers", ms(spent));
  await page.context().close();
}

async function writing(): Promise<void> {
  const { page, readyMs } = await untilReady(linkOf(longText));
  say("a thousand lines, until they can be written in", ms(readyMs));
  await page.locator(".monaco-editor .view-lines").first().click();
  await page.keyboard.press("Control+End");
  await page.evaluate(() => {
    const times: number[] = [];
    let pressed = 0;
    addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), true);
    const status = document.querySelector(".problems summary");
    if (status) {
      const told = new MutationObserver(() => times.push(performance.now() - pressed));
      told.observe(status, { subtree: true, characterData: true, childList: true });
    }
    Object.assign(globalThis, { times });
  });
  const before = await processorMs();
  const rounds = 30;
  for (let nth = 0; nth < rounds; nth++) {
    for (const key of ["x", "Escape", "Backspace"]) {
      await page.keyboard.press(key);
      await page.waitForTimeout(150);
    }
  }
  const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
  say("a thousand lines, from a key to its finding", shares(times));
  say("  processor time for each change, colours and all", ms(((await processorMs()) - before) / (2 * rounds)));
  await page.context().close();
}

/** The cursor is moved with every frame; a view counts when what is drawn has changed. */
async function scrubbing(): Promise<void> {
  const began = performance.now();
  const { page } = await playground.open(linkOf(busyRun()));
  await page.locator(".call-row").first().waitFor();
  say("a run of 1,000 calls, until it is seen", ms(performance.now() - began));
  const waiting = await page.locator('[aria-label="Calls"] h2 .soft').textContent();
  for (const way of ["on", "back"] as const) {
    const before = await processorMs();
    const found = await page.evaluate(dragged, way);
    const spent = (await processorMs()) - before;
    say(`dragged ${way} over 1,000 calls, up to ${waiting} at once`, `${found.views.toFixed(0)} views a second`);
    say("  between two views", shares(found.gaps));
    say("  processor time for each, page and worker", ms(spent / found.gaps.length));
  }
  await page.context().close();
}

async function dragged(way: "on" | "back"): Promise<{ views: number; gaps: number[] }> {
  const slider = document.querySelector<HTMLInputElement>(".scrubber input");
  const drawn = document.querySelector(".run-columns");
  if (!slider || !drawn) throw new Error("there is no run");
  const gaps: number[] = [];
  let last = performance.now();
  const seen = new MutationObserver(() => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  });
  seen.observe(drawn, { subtree: true, characterData: true, childList: true, attributes: true });
  const max = Number(slider.max);
  const frames = 300;
  const began = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    const share = (frame + 1) / frames;
    slider.value = String(Math.round(max * (way === "on" ? share : 1 - share)));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
  seen.disconnect();
  return { views: (gaps.length / (performance.now() - began)) * 1000, gaps };
}

await start();
await writing();
await scrubbing();
await playground.stop();
