import { expect, it } from "vitest";
import { nearest } from "../nearest.ts";

it.each([
  ["esle", ["else", "test"], "else"],
  ["Acounts", ["Accounts", "Backoffice"], "Accounts"],
  ["accounts", ["Accounts"], "Accounts"],
  ["biling", ["billing", "bling"], "billing"],
  ["x", ["y"], "y"],
  ["x", ["yz"], undefined],
  ["sales", ["support"], undefined],
  ["same", ["same"], undefined],
  ["", [], undefined],
])("%s among %j is %s", (word, known, expected) => expect(nearest(word, known)).toBe(expected));
