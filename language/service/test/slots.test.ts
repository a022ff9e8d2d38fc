import { describe, expect, it } from "vitest";
import { grammarRules, type Part } from "../../test/gast.ts";
import { ownersOfNames } from "../completion/names.ts";
import { ownersOfTexts } from "../completion/texts.ts";

/** Rules that a part enters itself. */
function entered(part: Part): string[] {
  switch (part.is) {
    case "token":
      return [];
    case "rule":
      return [part.name];
    case "row":
    case "choice":
      return part.parts.flatMap(entered);
    default:
      return entered(part.part);
  }
}

/** Rules that read one of these. */
function readersOf(...read: string[]): string[] {
  return [...grammarRules()]
    .filter(([, part]) => entered(part).some((rule) => read.includes(rule)))
    .map(([name]) => name);
}

/** Where the author makes up a name or text, or writes one that nobody can know. */
const newNames = "let queuePlan sub parameters calendar branch callLine".split(" ");
const newTexts =
  "strategy noAnswerMakes agentState endedBy holiday header uui entryPattern httpAct empirical textField literal thingName plainText"
    .split(" ")
    .concat("calls from");

describe("a new construct that takes a name", () => {
  it("is known to completion", () => {
    const readers = readersOf("name", "anyName");
    expect(readers.filter((rule) => !ownersOfNames.has(rule) && !newNames.includes(rule))).toEqual([]);
    expect(newNames.filter((rule) => !readers.includes(rule))).toEqual([]);
  });

  it("is known to completion where the name is a text", () => {
    const unknown = readersOf("plainText", "text").filter(
      (rule) => !ownersOfTexts.has(rule) && !newTexts.includes(rule),
    );
    expect(unknown).toEqual([]);
  });
});
