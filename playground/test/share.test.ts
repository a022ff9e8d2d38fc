import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Work } from "../model.ts";
import { isAct } from "../share/acts.ts";
import { limits, plainText, wrongName } from "../share/limits.ts";
import { isLink, packed, unpacked } from "../share/link.ts";
import { readWork, workData } from "../share/reading.ts";

/* What comes by links and files comes from strangers. */

const work: Work = {
  site: {
    files: [
      { path: "main.strategy", text: 'strategy "é" {\n}\n' },
      { path: "lib/crm.strategy", text: "" },
      { path: "directory.yaml", text: "site: {}\n" },
    ],
    prompts: { welcome: 1200 },
  },
  open: "lib/crm.strategy",
  scenario: {
    origin: { from: "test", path: "main.strategy", name: "answers" },
    acts: [{ do: "call", call: "A", from: "+34600000001", to: "5000", data: { tier: "gold" }, at: 0 }],
  },
};

const linkOf = (text: string): string => `#v1/${deflateRawSync(text).toString("base64url")}`;
const refusal = (read: Work | { refused: string }): string | undefined =>
  "refused" in read ? read.refused : undefined;

describe("a link", () => {
  test("brings back what was packed, and nothing of it needs escaping in an address", async () => {
    const link = await packed(work);
    expect(link).toMatch(/^#v1\/[\w-]+$/);
    expect(await unpacked(link)).toEqual(work);
  });

  test("of another kind is none of ours", () => {
    expect([isLink("#v1/abc"), isLink("#v2/abc"), isLink("#panel"), isLink("")]).toEqual([true, false, false, false]);
  });

  test.each([
    ["cut off", async () => (await packed(work)).slice(0, -5)],
    ["not base64url", () => "#v1/%%%"],
    ["empty", () => "#v1/"],
    ["not deflated", () => "#v1/AAAA"],
    ["not JSON", () => linkOf("strategy")],
    ["not UTF-8", () => `#v1/${deflateRawSync(Buffer.from([0x22, 0xff, 0x22])).toString("base64url")}`],
  ])("that is %s is refused in words", async (_, make) => {
    expect(refusal(await unpacked(await make()))).toBe("it is damaged, perhaps cut off on its way");
  });

  test("that unpacks to far more than anybody writes is left at that", async () => {
    const bomb = linkOf(" ".repeat(20_000_000));
    expect(bomb.length).toBeLessThan(limits.link);
    expect(refusal(await unpacked(bomb))).toBe("it holds more than anybody writes");
  });

  test("that is longer than any we make is not even unpacked", async () => {
    expect(refusal(await unpacked(`#v1/${"A".repeat(limits.link)}`))).toMatch(/longer than/);
  });
});

describe("a work", () => {
  test("has no prompt that lasts longer than any run", () => {
    const read = readWork({ ...workData(work), prompts: { welcome: 1200, endless: 1e300, none: -1 } });
    expect("site" in read && read.site.prompts).toEqual({ welcome: 1200 });
  });

  const files = (count: number, length = 1) =>
    Array.from({ length: count }, (_, nth) => ({ path: `${nth}.strategy`, text: "x".repeat(length) }));
  test.each<[string, unknown, RegExp]>([
    ["nothing", null, /no files/],
    ["a text", "strategy", /no files/],
    ["no file", { files: [] }, /no file/],
    ["too many files", { files: files(limits.files + 1) }, /more than 100 files/],
    ["too much text", { files: files(2, limits.text / 2 + 1) }, /longer than/],
    ["a file without text", { files: [{ path: "a.strategy" }] }, /no name or no text/],
    ["a file that is no text", { files: [{ path: "a.strategy", text: { toString: "x" } }] }, /no name or no text/],
    [
      "a name with a script",
      { files: [{ path: "<img src=x onerror=alert(1)>.strategy", text: "" }] },
      /letters, digits/,
    ],
    ["a name that leaves the folder", { files: [{ path: "../a.strategy", text: "" }] }, /letters, digits/],
    ["two files of one name", { files: [...files(1), ...files(1)] }, /there is a file/],
  ])("of %s is refused", (_, value, reason) => {
    expect(refusal(readWork(value))).toMatch(reason);
  });

  test("opens a file that it has, and takes line ends as editors count them", () => {
    const read = readWork({ files: [{ path: "a.yaml", text: "\uFEFFa\r\nb\rc" }, ...files(1)], open: "no.strategy" });
    expect(read).toMatchObject({ open: "0.strategy", site: { files: [{ text: "a\nb\nc" }, {}] } });
  });

  test("keeps of a scenario only what it understands", () => {
    const acts = [...work.scenario.acts, { do: "call", at: 0 }, { do: "format disk", at: 0 }, null, 7];
    const read = readWork({ ...workData(work), scenario: { origin: { from: "nowhere" }, acts } });
    expect(read).toMatchObject({ scenario: { origin: { from: "hand" }, acts: work.scenario.acts } });
  });

  test.each([
    ["2026-12-24T17:59", true],
    ["2028-02-29T00:00", true],
    ["2026-02-29T00:00", false],
    ["2026-12-24T24:00", false],
    ["2026-12-24 17:59", false],
    ["0026-12-24T17:59", false],
    ["9999-12-24T17:59", false],
    [1e300, false],
    [{ toString: "2026-12-24T17:59" }, false],
  ])("begins by hand at a time that is one: %j", async (begins, isOne) => {
    const scenario = { origin: { from: "hand", begins }, acts: [] };
    const read = readWork({ ...workData(work), scenario });
    expect("site" in read && read.scenario.origin).toEqual(isOne ? { from: "hand", begins } : { from: "hand" });
    if ("site" in read) expect(await unpacked(await packed(read))).toEqual(read);
  });

  test("gives no name of a language's own object a meaning", () => {
    const read = readWork(
      JSON.parse('{"files":[{"path":"a.strategy","text":""}],"prompts":{"__proto__":1},"__proto__":{"open":"x"}}'),
    );
    expect(read).toMatchObject({ open: "a.strategy" });
    expect(({} as { open?: string }).open).toBeUndefined();
  });
});

test.each<[unknown, boolean]>([
  [{ do: "call", call: "A", from: "1", to: "2", at: 0 }, true],
  [{ do: "call", call: "A", from: "1", to: "2", at: -1 }, false],
  [{ do: "call", call: "A", from: "1", at: 0 }, false],
  [{ do: "call", call: "A", from: "1", to: "2", data: { deep: { deeper: 1 } }, at: 0 }, false],
  [{ do: "agent", agent: "ana", state: "ready", at: 5 }, true],
  [{ do: "agent", agent: "ana", state: "asleep", at: 5 }, false],
  [{ do: "habit", agent: "ana", answersAfterMs: 2000, at: 5 }, true],
  [{ do: "hang up", call: "A", at: Number.POSITIVE_INFINITY }, false],
  [{ do: "toString", at: 0 }, false],
  [{ do: "__proto__", at: 0 }, false],
  [undefined, false],
  [{ do: "hang up", call: "A", at: limits.runMs }, true],
  [{ do: "hang up", call: "A", at: limits.runMs + 1 }, false],
  [{ do: "call", call: "A", from: "1", to: "2", at: 0, patienceMs: 1e300 }, false],
])("%j as an act: %s", (value, expected) => {
  expect(isAct(value)).toBe(expected);
});

test.each<[string, boolean]>([
  ["a.strategy", true],
  ["lib/crm.strategy", true],
  ["directory/agents.yml", true],
  ["Bürgerdienst 2.strategy", true],
  ["a.exe", false],
  ["/a.strategy", false],
  ["a//b.strategy", false],
  ["a/../b.strategy", false],
  ["", false],
  [`${"a".repeat(limits.path)}.strategy`, false],
  ["taken.strategy", false],
])("%j as the name of a file: %s", (path, expected) => {
  expect(wrongName(path, ["taken.strategy"]) === undefined).toBe(expected);
});

test("line ends of every kind become one", () => {
  expect(plainText("a\r\nb\rc\nd")).toBe("a\nb\nc\nd");
});
