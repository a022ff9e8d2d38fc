import { expect, test } from "vitest";
import { braceBelow } from "../editor/braces.ts";

/* `|` is where a brace is typed. */

test.each([
  ["strategy {\n  answer\n  |\n}\n", true],
  ["strategy {\n|\n\n  }\n", true],
  ["strategy {\n  answer|\n}\n", false],
  ["strategy {\n  answer\n  | hangup\n}\n", false],
  // The line's own: the editor itself steps over that.
  ["strategy {\n  |}\n", false],
  // Not closed yet.
  ["strategy {\n  queue Sales {\n  |\n}\n", false],
  ["strategy {\n}\n|", false],
])("%j: the brace below is meant: %s", (text, isMeant) => {
  const at = text.indexOf("|");
  const whole = text.replace("|", "");
  expect(braceBelow(whole, at)).toBe(isMeant ? whole.lastIndexOf("}") : undefined);
});
