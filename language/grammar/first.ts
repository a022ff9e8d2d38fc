import {
  Alternation,
  type IProduction,
  NonTerminal,
  Option,
  Repetition,
  Terminal,
  type TokenType,
} from "./chevrotain.ts";

/* What a part of the grammar can begin with, read from the parser's own recording. */

/** A token that something can begin with, and the rules that are entered on the way to it. */
export interface Start {
  type: TokenType;
  begins: readonly string[];
}

/** What a row of parts can begin with, and whether all of it can be left out. */
export function first(parts: readonly IProduction[]): { starts: Start[]; empty: boolean } {
  const starts: Start[] = [];
  for (const part of parts) {
    const one = firstOf(part);
    starts.push(...one.starts);
    if (!one.empty) return { starts, empty: false };
  }
  return { starts, empty: true };
}

function firstOf(part: IProduction): { starts: Start[]; empty: boolean } {
  if (part instanceof Terminal) return { starts: [{ type: part.terminalType, begins: [] }], empty: false };
  if (part instanceof NonTerminal) {
    const { starts, empty } = first(part.referencedRule.definition);
    const name = part.nonTerminalName.slice(1, -1);
    return { starts: starts.map(({ type, begins }) => ({ type, begins: [name, ...begins] })), empty };
  }
  if (part instanceof Alternation) {
    const each = part.definition.map((alternative) => first(partsOf(alternative)));
    return { starts: each.flatMap(({ starts }) => starts), empty: each.some(({ empty }) => empty) };
  }
  const { starts, empty } = first(partsOf(part));
  return { starts, empty: empty || part instanceof Option || part instanceof Repetition };
}

export function partsOf(part: object): IProduction[] {
  return "definition" in part && Array.isArray(part.definition) ? part.definition : [];
}
