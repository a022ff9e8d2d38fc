import type { ThingNoun } from "../../ast.ts";
import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import { fits, type TypeName } from "../../types.ts";
import { ownerOf, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { isNoun, withNoun } from "./things.ts";
import { wantedAt } from "./wanted.ts";

const nounList = [...T.keywords.keys()].filter(isNoun).filter((noun) => noun !== "mailbox");

/** Nouns that can begin a thing here, with their names where the construct tells which are meant. */
export function nounsFor(spot: Spot, expected: Expected, asked: readonly ThingNoun[] = nounList): Offer[] {
  const types = wantedAt(spot, expected);
  const fitting = types ? asked.filter((noun) => fits({ is: typeNames[noun] ?? noun }, types)) : asked;
  const wanted = wantedNouns[ownerOf(expected)];
  if (wanted) return fitting.flatMap((noun) => (wanted.includes(noun) ? withNoun(spot, noun) : []));
  return fitting.map((label) => ({ label, kind: "word", about: "a thing of the directory", form: `${label} ` }));
}

/** What a thing is as a value, where it has not the name of its noun. */
const typeNames: Partial<Record<ThingNoun, TypeName>> = { number: "phone", flag: "yes or no", counter: "number" };

/** Constructs that take things of these kinds, so that their names can follow at once. */
const wantedNouns: Partial<Record<string, readonly ThingNoun[]>> = {
  defaultRoute: ["group", "mailbox", "agent"],
  ring: ["agent", "group", "number"],
  voicemail: ["mailbox"],
  expectEnds: ["mailbox"],
  transfer: ["group", "agent", "number", "trunk"],
  target: ["group", "agent"],
  targetFor: ["group", "agent", "number", "trunk", "site"],
  askedBot: ["bot"],
  overTrunk: ["trunk"],
  viaTrunk: ["trunk"],
  skilled: ["group", "site"],
  party: ["trunk", "number"],
};
