import { expect, test } from "vitest";
import { copy } from "../copy.ts";

test("a copy shares nothing, and keeps every name", () => {
  const data: unknown = JSON.parse('{ "a": [1, { "b": null }], "__proto__": { "c": 2 } }');
  const made = copy(data);
  expect(JSON.stringify(made)).toBe(JSON.stringify(data));
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect(made).not.toBe(data);
  expect(made).toEqual(data);
});
