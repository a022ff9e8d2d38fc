import { expect, test } from "vitest";
import { findEntry } from "../strategy/entries.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const strategy = (name: string, entries: string): string =>
  `strategy "${name}" { entry ${entries} default route to group Reception answer hangup }\n`;

const { entries } = loadProgram(
  programOf(
    strategy("single", '"5105", "+34910603165"') +
      strategy("narrow", '"5100".."5109"') +
      strategy("wide", '"5000".."5999"') +
      strategy("prefix", '"+3491*"') +
      strategy("longer prefix", '"+349106*"') +
      strategy("short numbers", '"7*"'),
  ),
);

test.each([
  ["5105", "single"],
  ["5104", "narrow"],
  ["5110", "wide"],
  ["5999", "wide"],
  ["6000", undefined],
  ["50", undefined],
  ["50000", undefined],
  ["+34910603165", "single"],
  ["910603165", "single"],
  ["0034 910 603 165", "single"],
  ["+34910603166", "longer prefix"],
  ["+34919999999", "prefix"],
  ["+34600000000", undefined],
  ["7", "short numbers"],
  ["7001", "short numbers"],
  ["", undefined],
  ["sip:5105@evil", undefined],
])("%s is taken by %s", (dialled, name) => {
  expect(findEntry(entries, dialled)?.strategy.name.parts[0]).toBe(name);
});
