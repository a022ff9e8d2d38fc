import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ready } from "./browser.ts";
import { builtPage } from "./build.ts";
import { chromiumSuite } from "./suite.ts";

/* What is built: files for any host, small at first, under a policy that lets no text become a script. */

vi.setConfig({ testTimeout: 60_000 });

let folder = "";
beforeAll(async () => {
  folder = await builtPage();
}, 120_000);

const read = (path: string): string => readFileSync(join(folder, path), "utf8");

/** What this script loads before it runs. */
function loadedWith(script: string, found = new Set<string>()): Set<string> {
  if (found.has(script)) return found;
  found.add(script);
  const code = read(`assets/${script}`);
  for (const [, name = ""] of code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)) loadedWith(name, found);
  return found;
}

const zipped = (scripts: Iterable<string>): number =>
  [...scripts].reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, "assets", name))).length, 0);

const MB = 1_000_000;

describe("what is built", () => {
  test("is small at first, and with its editor below 1 MB", () => {
    const [, main = ""] = /src="\.\/assets\/([^"]+\.js)"/.exec(read("index.html")) ?? [];
    const first = loadedWith(main);
    expect(zipped(first)).toBeLessThan(0.1 * MB);
    const editor = readdirSync(join(folder, "assets")).find((name) => /^code-.*\.js$/.test(name)) ?? "";
    const all = new Set([...first, ...loadedWith(editor)]);
    expect(all.size).toBeGreaterThan(first.size);
    expect(zipped(all)).toBeLessThan(MB);
  });

  test("names all its files by where they stand", () => {
    const addresses = [...read("index.html").matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !address?.startsWith("./"))).toEqual([]);
    expect(addresses.filter((address) => !existsSync(join(folder, address ?? "")))).toEqual([]);
  });

  test("lets no text become a script, and loads nothing from elsewhere", () => {
    const policy = /Content-Security-Policy"\s+content="([^"]*)"/.exec(read("index.html"))?.[1] ?? "";
    const rules = new Map(policy.split(";").map((rule) => rule.trim().split(/ (.*)/s) as [string, string]));
    expect(rules.get("default-src")).toBe("'none'");
    expect(rules.get("script-src")).toBe("'self'");
    expect(rules.get("worker-src")).toBe("'self'");
    expect(policy).not.toContain("unsafe-eval");
  });
});

/** As hosts of files do it: a file by its path, its type by its name, and nothing else. */
function hostOf(below: string): Server {
  const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
  return createServer(({ url = "" }, response) => {
    const path = new URL(url, "http://host").pathname;
    const file = join(folder, path.slice(below.length).replace(/^$/, "index.html"));
    if (!path.startsWith(below) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    return response.end(readFileSync(file));
  });
}

chromiumSuite(
  "any host of files",
  (chromium) => {
    const hosts: Server[] = [];
    afterAll(() => hosts.forEach((host) => host.close()));

    test.each(["/", "/a/b c/d/"])(
      "serves the page from %s: it checks, runs, tests and draws, and asks nobody else",
      async (below) => {
        const host = hostOf(encodeURI(below)).listen(0, "127.0.0.1");
        hosts.push(host);
        await new Promise((resolve) => host.once("listening", resolve));
        const page = await chromium.open();
        const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
        await page.goto("about:blank");
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.goto(origin + encodeURI(below));
        await ready(page);
        await page.getByRole("button", { name: "Place call" }).click();
        await page.locator(".call-row").first().waitFor();
        await page.getByRole("tab", { name: "Pictures" }).click();
        await page.getByRole("button", { name: "Flow" }).click();
        await page.locator(".flow-node").first().waitFor();
        await page.getByRole("tab", { name: "Tests and traffic" }).click();
        await page.getByRole("button", { name: "Run all" }).click();
        await page.locator(".summary", { hasText: "passed" }).waitFor();
        expect(asked.filter((url) => !url.startsWith(origin + encodeURI(below)) && !url.startsWith("blob:"))).toEqual(
          [],
        );
        expect(asked.length).toBeGreaterThan(10);
      },
    );
  },
  // The suite's own host is left for another.
  (wrong) => wrong.startsWith("request: http://127.0.0.1:"),
);
