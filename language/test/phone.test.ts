import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Strategy } from "../ast.ts";
import { entranceFor, entrances } from "../entries.ts";
import { parse } from "../parse.ts";
import { normalise, samePhone } from "../phone.ts";
import { makeSource } from "../source.ts";

describe("normalise", () => {
  it.each([
    ["ES", "910603165", "+34910603165"],
    ["ES", "91 060 31 65", "+34910603165"],
    ["ES", "+34 (910) 603-165", "+34910603165"],
    ["ES", "0034910603165", "+34910603165"],
    ["ES", "34910603165", "+34910603165"],
    ["ES", "5100", "5100"],
    ["ES", "112", "112"],
    ["DE", "030 1234567", "+49301234567"],
    ["DE", "1234567", "1234567"],
    ["DE", "0123", "0123"],
    ["DE", "030*", "+4930*"],
    ["DE", "0*", "0*"],
    ["US", "(201) 555-0139", "+12015550139"],
    ["US", "1 201 555 0139", "+12015550139"],
    ["US", "011 34 910603165", "+34910603165"],
    ["IT", "06 1234 5678", "+390612345678"],
    ["GB", "020 7946 0018", "+442079460018"],
    ["", "0034910603165", "+34910603165"],
    ["", "910603165", "910603165"],
    ["XX", "910603165", "910603165"],
    ["ES", "*97", "*97"],
    ["ES", "anonymous", "anonymous"],
    ["ES", " 5100 ", "5100"],
    ["ES", "+1201*", "+1201*"],
    ["ES", "", ""],
    ["constructor", "910603165", "910603165"],
  ])("%s %s is %s", (country, phone, normal) => {
    expect(normalise(phone, country)).toBe(normal);
  });

  it("leaves what is normal", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789*#+ -()".split("")), maxLength: 20 });
    fc.assert(
      fc.property(digits, fc.constantFrom("ES", "DE", "US", "IT", ""), (phone, country) => {
        const once = normalise(phone, country);
        return !once.startsWith("+") || normalise(once, country) === once;
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it("is quick on hostile texts", () => {
    for (const text of ["1".repeat(1e6), " ".repeat(1e6), `${"(1".repeat(5e5)}x`])
      expect(normalise(text, "ES")).toBe(text.trim());
  });
});

it("knows one phone in two spellings", () => {
  expect(samePhone("+34910603165", "910 603 165", "ES")).toBe(true);
  expect(samePhone("+34910603165", "910 603 165", "PT")).toBe(false);
  expect(samePhone("5100", "05100", "DE")).toBe(false);
});

describe("entries", () => {
  const source = makeSource(
    "s",
    `strategy "all" { entry "*" default route to group G hangup }
     strategy "prefix" { entry "+3491*" default route to group G hangup }
     strategy "longer" { entry "+349106*" default route to group G hangup }
     strategy "wide" { entry "5000".."5999" default route to group G hangup }
     strategy "narrow" { entry "5100".."5199" default route to group G hangup }
     strategy "one" { entry "5100", "+34910603165" default route to group G hangup }`,
  );
  const strategies = parse(source).file.items.filter((item): item is Strategy => item.kind === "strategy");
  const doors = entrances(strategies, "ES");

  it.each([
    ["910603165", "one"],
    ["+34910603166", "longer"],
    ["+34911111111", "prefix"],
    ["5100", "one"],
    ["5101", "narrow"],
    ["5200", "wide"],
    ["51000", "all"],
    ["600", "all"],
  ])("%s comes to %s", (number, name) => {
    expect(entranceFor(number, doors, "ES")?.strategy.name.parts).toEqual([name]);
  });
});
