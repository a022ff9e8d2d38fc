import { agentKinds, agentStates, callOutcomes, choosers } from "../../builtins.ts";
import type { Expected } from "../../grammar/probe.ts";
import type { Kind } from "../named.ts";
import { unhandled } from "./attempts.ts";
import { callParts, keys, members, patternWords } from "./fields.ts";
import { skillsAndWords } from "./skills.ts";
import { ownerOf, previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { afterNoun, namesOfKind } from "./things.ts";
import { values } from "./values.ts";

/** The names that can stand at a place. Nothing where the author makes one up. */
export function namesFor(spot: Spot, expected: Expected): Offer[] {
  const path = [...expected.within, ...expected.begins];
  const rule = path.at(-1) ?? "";
  if (rule === "thingName") return afterNoun(spot, previous(spot));
  if (rule === "named") return path.includes("skilled") ? skillsAndWords(spot) : values(spot, expected);
  const read = byRule[rule];
  if (read) return read(spot);
  const owner = ownerOf(expected);
  const kind = kinds[owner];
  return kind ? namesOfKind(spot, kind) : (slots[owner]?.(spot, path) ?? []);
}

/** Rules that read a name themselves. */
const byRule: Partial<Record<string, (spot: Spot) => Offer[]>> = {
  member: members,
  set: callParts,
  wordField: keys,
  wordPattern: patternWords,
};

/** Constructs that take a name of one kind. */
const kinds: Partial<Record<string, Kind>> = {
  called: "sub",
  count: "counter",
  tier: "tier",
  request: "host",
  holidays: "holidays",
  "with group": "group",
  "with skill": "skill",
  agentLine: "agent",
  httpAct: "host",
  trunkAct: "trunk",
  botAct: "bot",
  siteWaits: "site",
  "stated flag": "flag",
  "stated counter": "counter",
  splitTakes: "label",
  expectOffered: "agent",
  party: "agent",
  expectAnswered: "agent",
  expectWaits: "queue",
};

/** Constructs that take names of several kinds. */
const slots: Partial<Record<string, (spot: Spot, path: readonly string[]) => Offer[]>> = {
  queue: (spot) => namesOfKind(spot, previous(spot) === "by" ? "plan" : "queue"),
  chooser: (spot) => (previous(spot) === "(" ? namesOfKind(spot, "skill") : chooserNames),
  noAnswerMakes: () => words(["not_ready", "ready", "offline"]),
  outcomeName: (spot, path) => (previous(spot) === "(" ? [] : unhandled(spot, path)),
  callPath: callParts,
  "with kind": () => words(agentKinds),
  agentState: () => words(agentStates),
  expect: (spot) => namesOfKind(spot, "caller"),
  endOfCall: (spot) => namesOfKind(spot, "caller"),
  expectEnds: () => words(callOutcomes),
};

const chooserNames = Object.entries(choosers).map(
  ([label, { skill, about }]): Offer => ({ label, kind: "function", about, form: skill ? `${label}(‹skill›)` : label }),
);

function words(all: readonly string[]): Offer[] {
  return all.map((label) => ({ label, kind: "value" }));
}

/** Rules whose names are known. */
export const ownersOfNames: ReadonlySet<string> = new Set(
  [kinds, slots, byRule].flatMap((table) => Object.keys(table)),
);
