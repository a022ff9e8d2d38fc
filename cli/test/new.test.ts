import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { format, makeSource } from "../../language/index.ts";
import { load } from "../load.ts";
import { create } from "../new.ts";
import { test as runTests } from "../test.ts";
import { UsageError } from "../exit.ts";
import { cordboard, running } from "./command.ts";

const home = mkdtempSync(join(tmpdir(), "cordboard-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const made = join(home, "hotel desk");
const strategy = join(made, "hotel-desk.strategy");

test("a new folder has a strategy, a directory and prompts", async () => {
  const { code, stdout } = await cordboard(["new", made]);
  expect(code).toBe(0);
  expect(stdout).toContain("hotel-desk.strategy");
  expect(stdout).toContain(`cordboard run "`);
  expect(readdirSync(made).toSorted()).toEqual(["directory.yaml", "hotel-desk.strategy", "prompts"]);
  expect(readFileSync(strategy, "utf8")).not.toContain('"first call"');
  expect(readFileSync(strategy, "utf8")).toMatch(/^traffic "/m);
});

test("it checks clean, is formatted, and its tests pass", () => {
  expect(load([made], []).diagnostics).toEqual([]);
  const text = readFileSync(strategy, "utf8");
  expect(format(makeSource("made", text)).text).toBe(text);
  expect(runTests([made], { directory: [], format: "json", coverage: false })).toBe(0);
});

test("it takes calls as it is", async () => {
  const service = await running(made, ["--demo"]);
  await service.event((one) => one.type === "call.connected", 40_000);
  const { stdout, stderr } = await service.stop();
  // Its voicemail is not there, which the log tells as people read it, and the demonstration has told what that means.
  expect(stdout).toMatch(
    /^demonstration: .* a warning that voicemail does not answer concerns only whoever leaves a message$/m,
  );
  expect(stderr).toMatch(/^[\d:]{8} {2}warning: a next hop does not answer \(trunk voicemail, /m);
  expect(stderr).not.toMatch(/^\{"level"/m);
}, 60_000);

test("what exists is not touched", () => {
  const before = readFileSync(strategy, "utf8");
  expect(() => create(made)).toThrow(UsageError);
  expect(readFileSync(strategy, "utf8")).toBe(before);
});

test.each(['a"b', "..", "{x}", "-x"])("%s names no strategy", (name) => {
  expect(() => create(join(home, name))).toThrow(UsageError);
});

test.each(["2024", "yes", "null"])("a folder may be called %s", (name) => {
  create(join(home, name));
  expect(load([join(home, name)], []).diagnostics).toEqual([]);
});
