import type { TokenType } from "chevrotain";
import { vocabulary } from "../grammar/tokens.ts";
import type { Part, Rules } from "./gast.ts";

/*
 * Chevrotain takes an optional part greedily and does not see that its first token could also follow it. This computes both
 * sets over the whole grammar, with token categories resolved.
 */

type Sets = Map<string, Set<string>>;

/** Empty text in a set of first tokens: the part may be empty. */
const empty = "";

/** Optional parts whose first token could as well be what follows them, as `rule: optional tokens`. */
export function clashes(rules: Rules): string[] {
  const first: Sets = new Map([...rules.keys()].map((name) => [name, new Set()]));
  for (let before = -1; before !== size(first); ) {
    before = size(first);
    for (const [name, part] of rules) add(first.get(name), firstOf(part, first));
  }
  const follow: Sets = new Map([...rules.keys()].map((name) => [name, new Set()]));
  const found = new Set<string>();
  for (let before = -1; before !== size(follow); ) {
    before = size(follow);
    found.clear();
    for (const [name, part] of rules) visit(part, follow.get(name) ?? new Set(), { name, first, follow, found });
  }
  return [...found];
}

interface Visit {
  name: string;
  first: Sets;
  follow: Sets;
  found: Set<string>;
}

/** Hands down what follows each part, and notes the optional parts that clash with it. */
function visit(part: Part, after: ReadonlySet<string>, state: Visit): void {
  switch (part.is) {
    case "token":
      return;
    case "rule":
      add(state.follow.get(part.name), after);
      return;
    case "choice":
      for (const each of part.parts) visit(each, after, state);
      return;
    case "row":
      for (const [at, each] of part.parts.entries()) {
        const rest = firstOf({ is: "row", parts: part.parts.slice(at + 1) }, state.first);
        visit(each, rest.delete(empty) ? new Set([...rest, ...after]) : rest, state);
      }
      return;
    default: {
      const own = firstOf(part.part, state.first);
      const both = [...own].filter((each) => each !== empty && after.has(each));
      if (both.length > 0) state.found.add(`${state.name}: ${part.is} ${both.toSorted().join(", ")}`);
      visit(part.part, part.is === "many" ? new Set([...after, ...own]) : after, state);
    }
  }
}

function firstOf(part: Part, first: Sets): Set<string> {
  switch (part.is) {
    case "token":
      return tokensOf(part.name);
    case "rule":
      return new Set(first.get(part.name));
    case "choice":
      return new Set(part.parts.flatMap((each) => [...firstOf(each, first)]));
    case "row": {
      const found = new Set<string>();
      for (const each of part.parts) {
        const own = firstOf(each, first);
        const mayBeEmpty = own.delete(empty);
        add(found, own);
        if (!mayBeEmpty) return found;
      }
      return found.add(empty);
    }
    default:
      return firstOf(part.part, first).add(empty);
  }
}

/** The tokens that belong to a category; of any other, itself. */
export function tokensOf(name: string): Set<string> {
  const members = vocabulary.filter((type) => belongsTo(type, name) && !isCategory(type));
  return new Set(members.map((type) => type.name));
}

function belongsTo(type: TokenType, name: string): boolean {
  return type.name === name || (type.CATEGORIES ?? []).some((each) => belongsTo(each, name));
}

function isCategory(type: TokenType): boolean {
  return vocabulary.some(({ CATEGORIES = [] }) => CATEGORIES.includes(type)) && type.name !== "Text";
}

function add(all: Set<string> | undefined, more: Iterable<string>): void {
  for (const each of more) all?.add(each);
}

function size(sets: Sets): number {
  return [...sets.values()].reduce((sum, each) => sum + each.size, 0);
}
