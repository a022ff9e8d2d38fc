import { agentStates, callbackOutcomes, callOutcomes, functions, outcomes } from "./builtins.ts";
import type { TokenType } from "./grammar/chevrotain.ts";
import { first } from "./grammar/first.ts";
import { grammar } from "./grammar/grammar.ts";
import { Reader } from "./grammar/reader.ts";
import * as T from "./grammar/tokens.ts";

/**
 * The words of the language by what they are, for editors that colour text before they understand it. All of them come from the
 * token table, from what the grammar's rules begin with, and from the tables of what is built in. A word is in one class.
 */
export interface Highlighting {
  /** `strategy`, `calendar`: what begins an item of a file. */
  items: string[];
  /** `play`, `queue`: what begins a statement. */
  statements: string[];
  /** `group`: a kind of thing; a name follows. */
  nouns: string[];
  /** `and`, `is`, `starts`: between values. */
  operators: string[];
  /** `yes`, `never`, `mon`, `offline`, `give_up`: words that stand for themselves. */
  constants: string[];
  /** `ewt`: figures and other functions. */
  functions: string[];
  /** All other words: options, clauses, lines of tests. */
  words: string[];
}

export function highlighting(): Highlighting {
  const { reader } = grammar(new Reader());
  const beginning = (rule: string): string[] =>
    spelled(first(reader.getGAstProductions()[`<${rule}>`]?.definition ?? []).starts.map(({ type }) => type));
  const ofKind = (kind: TokenType): string[] =>
    [...T.keywords].flatMap(([word, type]) => (type.CATEGORIES?.includes(kind) ? [word] : []));
  const classes: [keyof Highlighting, string[]][] = [
    ["operators", ["not", "is", "starts", ...ofKind(T.Operator)]],
    ["nouns", ["mailbox", ...ofKind(T.Noun)]],
    ["items", beginning("item")],
    ["statements", beginning("statement")],
    ["functions", Object.keys(functions)],
    ["constants", constants(ofKind)],
    ["words", [...T.keywords.keys()]],
  ];
  const seen = new Set<string>();
  const found: Highlighting = {
    items: [],
    statements: [],
    nouns: [],
    operators: [],
    constants: [],
    functions: [],
    words: [],
  };
  for (const [name, words] of classes) {
    found[name] = [...new Set(words)].filter((word) => !seen.has(word)).toSorted();
    for (const word of words) seen.add(word);
  }
  return found;
}

function spelled(types: readonly TokenType[]): string[] {
  return [...T.keywords].flatMap(([word, type]) => (types.includes(type) ? [word] : []));
}

function constants(ofKind: (kind: TokenType) => string[]): string[] {
  const all = Object.values(outcomes).flatMap(({ ends, handled }) => [...Object.keys(ends), ...Object.keys(handled)]);
  return [
    "yes",
    "no",
    "never",
    "missing",
    ...ofKind(T.Day),
    ...agentStates,
    ...callOutcomes,
    ...callbackOutcomes,
    ...all,
  ];
}
