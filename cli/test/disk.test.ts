import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../exit.ts";
import { fmt } from "../fmt.ts";
import { load } from "../load.ts";
import { OpenTexts } from "../lsp/texts.ts";
import { promptLengths } from "../prompt-lengths.ts";
import { folder } from "./command.ts";

const strategy = 'strategy "a" {\n  entry "1"\n  default route to agent ana\n  hangup\n}\n';
const directory = "directory: 1\nagents: { ana: { name: Ana } }\n";

const site = folder({ "directory.yaml": directory, "a.strategy": strategy, "b.strategy": "sub b() {}\n" });
const pipe = join(site.path, "pipe");
execFileSync("mkfifo", [pipe]);
afterAll(() => site.remove());

const messages = (text: string, yaml = directory): string[] => {
  const one = folder({ "directory.yaml": yaml, "a.strategy": text, "b.strategy": "sub b() {}\n" });
  symlinkSync("loop.strategy", join(one.path, "loop.strategy"));
  try {
    return load([join(one.path, "a.strategy")], []).diagnostics.map(({ code, message }) => `${code} ${message}`);
  } finally {
    one.remove();
  }
};

describe("a file that is used", () => {
  it.each(["b.strategy/c.strategy", "loop.strategy", `${"x".repeat(300)}.strategy`, "/dev/zero.strategy"])(
    "is not there: %.30s",
    (path) => expect(messages(`use "${path}"\n${strategy}`).join("\n")).toContain("there is no file"),
  );
});

describe("what has no end", () => {
  it("is no strategy", () => {
    expect(() => load([pipe], [])).toThrow(/pipe: it is a device or a pipe, not a file/);
  });

  it("is no directory", () => {
    expect(() => load([join(site.path, "a.strategy")], ["/dev/zero"])).toThrow(UsageError);
  });

  it("is no list of agents", () => {
    const found = messages(strategy, "directory: 1\nagents: { from: /dev/zero, id: id }\n");
    expect(found.join("\n")).toContain("/dev/zero");
  });

  it("is no prompt", () => {
    expect(promptLengths(new Map([["a", pipe]]))).toEqual({});
  });

  it("is no text for an editor", () => {
    expect(new OpenTexts().source(pipe, "pipe")).toBeUndefined();
  });
});

it("a folder of prompts that is a file's or a disk's is told", () => {
  expect(messages(strategy, `${directory}prompts: { folder: a.strategy/b }\n`).join("\n")).toContain(
    "no folder of prompts",
  );
});

it("a link is formatted where it leads, and stays a link", () => {
  mkdirSync(join(site.path, "other"));
  const [file, link] = [join(site.path, "other/c.strategy"), join(site.path, "c.strategy")];
  writeFileSync(file, strategy.replaceAll("  ", ""));
  symlinkSync(file, link);
  expect(fmt([link], { check: false })).toBe(0);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe(strategy);
});
