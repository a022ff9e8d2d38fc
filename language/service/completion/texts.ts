import { fixedName } from "../../checks/things.ts";
import type { Expected } from "../../grammar/probe.ts";
import { fits } from "../../types.ts";
import { dataKeys } from "./fields.ts";
import { ownerOf, previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { namesOfKind } from "./things.ts";
import { wantedAt } from "./wanted.ts";

/** What can stand in quotes at a place; the offers are without them. */
export function textsFor(spot: Spot, expected: Expected): Offer[] {
  const wanted = wantedAt(spot, expected);
  const asks = wanted && !fits({ is: "text" }, wanted) ? undefined : texts[ownerOf(expected)];
  return asks ? asks(spot, expected).map((offer) => ({ ...offer, kind: "text" })) : [];
}

const keys = "0123456789*#".split("").map((label): Offer => ({ label, kind: "text" }));

const prompts = (spot: Spot): Offer[] => namesOfKind(spot, "prompt");

/** By the construct that the text would belong to. */
const texts: Partial<Record<string, (spot: Spot, expected: Expected) => Offer[]>> = {
  use: usable,
  test: (spot) => (previous(spot) === "for" ? namesOfKind(spot, "strategy") : []),
  traffic: (spot) => (previous(spot) === "for" ? namesOfKind(spot, "strategy") : []),
  play: prompts,
  music: prompts,
  collectPrompt: prompts,
  tries: prompts,
  sound: prompts,
  promptMissing: prompts,
  expectHears: prompts,
  confirmed: (spot) => (previous(spot) === "prompt" ? prompts(spot) : []),
  press: (spot) => (previous(spot) === "hears" ? prompts(spot) : []),
  callLine: (spot) => (previous(spot) === "to" ? entries(spot) : []),
  calls: (spot) => (previous(spot) === "to" ? entries(spot) : []),
  defaultRoute: entries,
  transfer: entries,
  numberAct: phones,
  outcomeDigits: (_, { within }) => (within.includes("collectLine") ? keys : []),
  index: (spot) => (previous(spot, 2) === "data" ? dataKeys(spot) : []),
  zone: ({ project }) => [{ label: project.binder.directory.site.zone, kind: "text", about: "the site's own zone" }],
};

/** The other files, as they are named from here. */
function usable({ project, path }: Spot): Offer[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [...project.sheets.keys()]
    .filter((other) => other !== path && other.startsWith(folder))
    .map((other) => ({ label: other.slice(folder.length), kind: "text" }));
}

/** Numbers that a strategy has an entry for. */
function entries({ project }: Spot): Offer[] {
  const strategies = [...project.sheets.values()].flatMap(({ file }) =>
    file.items.filter((item) => item.kind === "strategy"),
  );
  return strategies.flatMap((strategy) =>
    strategy.entries
      .flatMap(({ patterns }) => patterns)
      .map((pattern): Offer => {
        const label = pattern.kind === "span" ? pattern.from : pattern.text;
        return { label, kind: "text", about: `strategy \`${fixedName(strategy.name) ?? ""}\`` };
      }),
  );
}

/** Outside numbers that the directory names. */
function phones({ project }: Spot): Offer[] {
  return Object.entries(project.binder.directory.numbers).flatMap(([name, numbers]) =>
    numbers
      .filter((number) => !number.endsWith("*"))
      .map((label): Offer => ({ label, kind: "text", about: `number \`${name}\`` })),
  );
}

/** Rules whose texts are known. */
export const ownersOfTexts: ReadonlySet<string> = new Set(Object.keys(texts));
