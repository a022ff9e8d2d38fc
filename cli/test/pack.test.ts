import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { root } from "./command.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "cordboard-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** As somebody who embeds it gets it: from the package, in a folder with nothing else in it. */
it("the embedding example runs from the package, and has at most 40 lines", { timeout: 180_000 }, async () => {
  const example = join(root, "examples/embed/embed.mjs");
  expect(readFileSync(example, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(40);
  await run("npm", ["pack", "--pack-destination", folder], { cwd: root });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", join(folder, tarball)], { cwd: folder });
  cpSync(example, join(folder, "embed.mjs"));
  const { stdout, stderr } = await run(process.execPath, ["embed.mjs"], { cwd: folder });
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toEqual([
    "call.arrived A ",
    "call.answered A ",
    "treatment.started A ",
    "treatment.ended A ",
    "call.queued A ",
    "offer.made A ana",
    "agent.state  ana",
    "offer.ended A ana",
    "agent.state  ana",
    "call.dequeued A ",
    "call.connected A ana",
  ]);
});
