import { expect, test } from "vitest";
import { codes } from "../../refusals.ts";
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
const others = ["hung_up", "full", "handed on too often", "closed", "on-the-phone", "withdrawn", "caller_gone"];

test.each([...reasons, ...outcomes, ...others])("the reason `%s` is said in each language", (reason) => {
  const said = languages.map((language) => reasonIn(language, reason));
  expect(new Set(said).size).toBe(languages.length);
});

test("each language has texts of its own, with as many gaps as the others", () => {
  const gaps = (text: string): number => text.split("{}").length;
  for (const [key, text] of Object.entries(catalogue.en)) {
    const other = Object.entries(catalogue.es).find(([its]) => its === key)?.[1] ?? "";
    expect([key, gaps(other)]).toEqual([key, gaps(text)]);
  }
});
