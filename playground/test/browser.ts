import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { pageServer } from "../../cli/playground.ts";
import { builtPage } from "./build.ts";

/* A browser with the page in it, which notes everything that a page must not do. */

export interface Opened {
  page: Page;
  /** Errors of scripts, what the content policy refused, and requests to anywhere but the page's own host. */
  wrongs: string[];
}

export interface Playground {
  url: string;
  browser: Browser;
  /** The page in a browser that has never seen it; `address` is what follows its folder. */
  open(address?: string, options?: BrowserContextOptions): Promise<Opened>;
  stop(): Promise<void>;
}

/** Below a path, because the page has to work below any. */
const below = "/some/where/";

/** What has not come by then does not come: a busy machine is no failure. */
const NEVER_MS = 60_000;

export async function startPlayground(): Promise<Playground> {
  const server = mounted(pageServer(await builtPage()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`;
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    // Chromium's sandbox does not start for root.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  return {
    url,
    browser,
    async open(address = "", options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      context.setDefaultTimeout(NEVER_MS);
      const page = await context.newPage();
      const wrongs = watched(page, new URL(url).origin);
      await page.goto(url + address);
      return { page, wrongs };
    },
    async stop() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function mounted(inner: Server): Server {
  return createServer((request, response) => {
    if (!request.url?.startsWith(below)) return response.writeHead(404).end();
    request.url = request.url.slice(below.length - 1);
    return inner.emit("request", request, response);
  });
}

function watched(page: Page, origin: string): string[] {
  const wrongs: string[] = [];
  page.on("pageerror", (error) => wrongs.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") wrongs.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("dialog", (dialog) => {
    wrongs.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}${below}`) && !/^(?:blob|data):/.test(url)) wrongs.push(`request: ${url}`);
  });
  return wrongs;
}

type Axe = typeof axe;

/** The editor is there, and has been told what is wrong. */
export async function ready(page: Page): Promise<void> {
  await page.locator(".monaco-editor .view-line").first().waitFor();
  await page.locator(".problems summary", { hasText: /\d (?:error|warning|hint)|No findings/ }).waitFor();
}

/** Into the editor, as with a mouse; whatever is typed from here goes there. */
export async function intoText(page: Page): Promise<void> {
  await page
    .locator(".monaco-editor .overflow-guard")
    .first()
    .click({ position: { x: 300, y: 100 } });
  await page.locator(".monaco-editor.focused").first().waitFor();
}

/** The text of a file as the page has it, by way of what would be exported. */
export async function textOf(page: Page, path: string): Promise<string> {
  return page.evaluate((wanted) => {
    // What is not kept yet is kept when a page is left.
    dispatchEvent(new Event("pagehide"));
    const work = JSON.parse(localStorage.getItem("cordboard.work") ?? '{"files":[]}') as {
      files: { path: string; text: string }[];
    };
    return work.files.find((file) => file.path === wanted)?.text ?? "";
  }, path);
}

/** What the editor's own parts break, rule by rule, and why the page cannot mend it. Everywhere else the rule holds. */
const editorBreaks = [
  // The editor gives rows of these lists the state of a check box, and the role of an option.
  { rule: "aria-allowed-attr", within: ".quick-input-widget .monaco-list-row" },
  // It names the keys of a command on an element without a role, and puts buttons into rows that are options.
  { rule: "aria-prohibited-attr", within: ".quick-input-widget .monaco-keybinding" },
  { rule: "nested-interactive", within: ".quick-input-widget .monaco-list-row" },
  // It says more in the name of such a row (its key, its kind) than can be seen of it.
  { rule: "label-content-name-mismatch", within: ".quick-input-widget .monaco-list-row" },
  { rule: "label-content-name-mismatch", within: ".suggest-widget .monaco-list-row" },
  // It draws the code of a finding paler than any colour of the page by a fixed opacity.
  { rule: "color-contrast", within: ".marker-widget .code" },
  { rule: "color-contrast", within: ".monaco-hover .marker" },
];

/** Serious findings of axe in all of the page, as `rule: element`. */
export const seriousFindings = (page: Page): Promise<string[]> => axeFindings(page, { isStrict: false });

/** `isStrict`: also whatever WCAG 2.2 AA asks and axe calls no serious matter, and the size of targets, which axe leaves out by itself. */
export async function axeFindings(page: Page, { isStrict }: { isStrict: boolean }): Promise<string[]> {
  await page.evaluate(axe.source);
  const asked = { known: editorBreaks, isStrict };
  return page.evaluate(async ({ known, isStrict: strict }) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run({ rules: { "target-size": { enabled: strict } } });
    const isKnown = (rule: string, target: string): boolean =>
      known.some((one) => one.rule === rule && document.querySelector(target)?.closest(one.within));
    const isWcag = (tags: string[]): boolean => tags.some((tag) => /^wcag2\d?aa?$/.test(tag));
    return violations
      .filter(({ impact, tags }) => impact === "serious" || impact === "critical" || (strict && isWcag(tags)))
      .flatMap(({ id, nodes }) =>
        nodes
          .filter(({ target }) => !isKnown(id, target.join(" ")))
          .map(({ html, target }) => `${id}: ${target.join(" ")} ${html.slice(0, 120)}`),
      );
  }, asked);
}
