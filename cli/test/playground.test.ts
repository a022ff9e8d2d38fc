import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cordboard, ended, root, start } from "./command.ts";

/* `cordboard playground` serves the page that the build made, and nothing else. */

/** Skipped in a checkout where nothing was built: `npm ci` builds, and so does CI. */
const isBuilt = existsSync(join(root, "dist/playground/index.html"));

test.skipIf(!isBuilt)("serves the page and nothing else until it is told to stop", async () => {
  const child = start(["playground", "--port", "0"]);
  const url = await new Promise<string>((resolve) =>
    child.stdout?.on("data", (chunk: Buffer) => resolve(/http:\S+\//.exec(chunk.toString())?.[0] ?? "")),
  );
  const page = await fetch(url);
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await page.text())?.[1] ?? "";
  expect((await fetch(url + script)).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  for (const path of ["package.json", "%2e%2e/%2e%2e/package.json", "..%2f..%2fpackage.json", "assets/"]) {
    expect((await fetch(url + path)).status).toBe(404);
  }
  expect((await fetch(url, { method: "POST" })).status).toBe(404);
  child.kill("SIGINT");
  expect((await ended(child)).code).toBe(0);
});

test.skipIf(!isBuilt)("says which port is taken, and what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const { code, stderr } = await cordboard(["playground", "--port", port]);
  other.close();
  expect(code).toBe(2);
  expect(stderr).toBe(
    `cordboard: port ${port} is taken by another program; choose another with --port; 0 takes a free one\n`,
  );
});
