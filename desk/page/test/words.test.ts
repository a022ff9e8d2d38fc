import { expect, test } from "vitest";
import { codes } from "../../refusals.ts";
import type { Cause } from "../../../runtime/index.ts";
import { causeIn } from "../causes.ts";
import { catalogue, isLanguage, reasonIn, refusalIn } from "../words.ts";

/* That no language lacks a word, the compiler holds; that it is a word of that language, and whole, this does. */

const languages = Object.keys(catalogue).filter(isLanguage);
const about = { outcome: "busy", name: "Luc", from: "ready", to: "lunch" };

test.each(codes)("whoever is refused with `%s` reads why, in each language", (code) => {
  const said = languages.map((language) => refusalIn(language, { ...about, code }, (state) => state) ?? "");
  expect(new Set(said).size).toBe(languages.length);
  for (const text of said) expect(text).toMatch(/^[^{}]{5,}$/);
});

test("a code that an older page does not know is left to the words of the run", () => {
  expect(refusalIn("es", { code: "of_tomorrow" }, (state) => state)).toBeUndefined();
  expect(refusalIn("es", { code: "toString" }, (state) => state)).toBeUndefined();
});

/** As the engine and the desk give them: no answer, a phone that is gone, somebody who listens … */
const reasons = ["unregistered", "trunk down", "seat taken", "desk closed", "logged out", "removed", "attending"];
const outcomes = ["no_answer", "not_confirmed", "rejected", "busy", "unreachable", "failed", "no_such_target"];
const handedOn = ["give_up", "nobody", "empty", "no_trunk"];
const others = ["hung_up", "full", "handed on too often", "closed", "on-the-phone", "withdrawn", "caller_gone"];

test.each([...reasons, ...outcomes, ...handedOn, ...others])("the reason `%s` is said in each language", (reason) => {
  const said = languages.map((language) => reasonIn(language, reason));
  expect(new Set(said).size).toBe(languages.length);
});

const causes: Cause[] = [
  ...(
    ["rings_here", "rings_elsewhere", "not_interruptible", "excluded", "no_step", "left_out", "not_known"] as const
  ).map((code) => ({ code })),
  { code: "rest", seconds: 4 },
  { code: "later_step", step: 2 },
  { code: "step_condition", step: 2 },
  { code: "skill", skill: "x", op: ">=", level: 5 },
  { code: "kind", wanted: "worker", kind: "agent" },
  { code: "kind", wanted: "agent", kind: "worker" },
  { code: "group", name: "x" },
  { code: "site", name: "x" },
  { code: "agent", name: "x" },
  { code: "age", ms: 4000 },
  { code: "any", of: [{ code: "excluded" }] },
  ...["desk", "login", "no_answer", "rejected", "busy", "unreachable", "registration", "trunk", "browser"].map(
    (source): Cause => ({ code: "state", state: "not_ready", seconds: 4, calls: [], because: [source] }),
  ),
];

test.each(causes.map((cause) => [JSON.stringify(cause), cause] as const))(
  "why it waits, %s, has no word of another language",
  (_, cause) => {
    const words = languages.map((language) => new Set(causeIn(language, cause).match(/\p{L}{3,}/gu)));
    expect([...(words[0] ?? [])].filter((word) => words[1]?.has(word))).toEqual([]);
  },
);

test("each language has texts of its own, with as many gaps as the others", () => {
  const gaps = (text: string): number => text.split("{}").length;
  for (const [key, text] of Object.entries(catalogue.en)) {
    const other = Object.entries(catalogue.es).find(([its]) => its === key)?.[1] ?? "";
    expect([key, gaps(other)]).toEqual([key, gaps(text)]);
  }
});
