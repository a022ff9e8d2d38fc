import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Strategy } from "../ast.ts";
import { entranceFor, entrances } from "../entries.ts";
import { parse } from "../parse.ts";
import { formatPhone, mayBeCalled, normalise, samePhone } from "../phone.ts";
import { makeSource } from "../source.ts";

describe("rows 4.32, 0.8: ten numbers in three countries, as each dials them", () => {
  /** By country: E.164 without `+`, national. */
  it.each<[string, Record<"ES" | "DE" | "US", [e164: string, national: string]>]>([
    [
      "+34910603165",
      { ES: ["34910603165", "910603165"], DE: ["34910603165", "0034910603165"], US: ["34910603165", "01134910603165"] },
    ],
    [
      "+34600000001",
      { ES: ["34600000001", "600000001"], DE: ["34600000001", "0034600000001"], US: ["34600000001", "01134600000001"] },
    ],
    [
      "+49301234567",
      {
        ES: ["49301234567", "0049301234567"],
        DE: ["49301234567", "0301234567"],
        US: ["49301234567", "01149301234567"],
      },
    ],
    [
      "+491715550139",
      {
        ES: ["491715550139", "00491715550139"],
        DE: ["491715550139", "01715550139"],
        US: ["491715550139", "011491715550139"],
      },
    ],
    [
      "+12015550139",
      { ES: ["12015550139", "0012015550139"], DE: ["12015550139", "0012015550139"], US: ["12015550139", "2015550139"] },
    ],
    [
      "(201) 555-0139",
      { ES: ["2015550139", "2015550139"], DE: ["2015550139", "2015550139"], US: ["12015550139", "2015550139"] },
    ],
    [
      "030 1234567",
      { ES: ["0301234567", "0301234567"], DE: ["49301234567", "0301234567"], US: ["10301234567", "0301234567"] },
    ],
    [
      "910 603 165",
      { ES: ["34910603165", "910603165"], DE: ["910603165", "910603165"], US: ["910603165", "910603165"] },
    ],
    ["5100", { ES: ["5100", "5100"], DE: ["5100", "5100"], US: ["5100", "5100"] }],
    ["*97", { ES: ["*97", "*97"], DE: ["*97", "*97"], US: ["*97", "*97"] }],
  ])("%s", (phone, countries) => {
    for (const [country, written] of Object.entries(countries)) {
      const formats = (["e164", "national"] as const).map((format) => formatPhone(phone, format, country));
      expect([country, ...formats]).toEqual([country, ...written]);
      expect(formatPhone(phone, "e164_plus", country)).toBe(normalise(phone, country));
    }
  });

  it.each([
    ["+34 (910) 603-165", "+34910603165"],
    ["ana", "ana"],
    ["", ""],
  ])("as it is: %j is %j", (phone, written) => expect(formatPhone(phone, "as_is", "ES")).toBe(written));

  it("a country that nobody knows dials abroad with 00", () =>
    expect(formatPhone("+34910603165", "national", "XX")).toBe("0034910603165"));
});

describe("what may be called", () => {
  it.each<[string, string[] | undefined, boolean]>([
    ["+34910603165", undefined, true],
    ["5100", undefined, true],
    ["+34#881612345678", undefined, false],
    ["+34910603165", ["+34*"], true],
    ["910603165", ["+34*"], true],
    ["00881612345678", ["+34*"], false],
    ["+34", ["+34*"], false],
    [`+34${"9".repeat(14)}`, ["+34*"], false],
    ["+34910603165", [], false],
    // No country has such a code; what a carrier makes of it nobody knows.
    ["+034910603165", undefined, false],
    ["+0034910603165", undefined, false],
    // Digits of other scripts are none.
    ["+３４910603165", undefined, false],
    ["+34\u0660910603165", undefined, false],
    // A service code may not lead past what is barred.
    ["#31#803123456", undefined, false],
    ["*67803123456", undefined, false],
    ["*21*0034803123456#", ["*", "+34*"], false],
    ["#31#910603165", ["#31#91*", "+34*"], true],
    ["*67803123456", ["*6791*"], false],
    ["*97", undefined, true],
    ["**1001", undefined, true],
  ])("%s of %j: %s", (phone, allowed, may) => expect(mayBeCalled(phone, allowed, "ES")).toBe(may));
});

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
