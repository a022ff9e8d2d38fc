import type { Range } from "../source.ts";
import { either, type Type } from "../types.ts";

/** What is known at one place of a strategy, by whatever way the call came there. */
export interface State {
  /** Types of paths such as `owner` or `call.data.topic`, where they are better known than their declarations say. */
  known: Map<string, Type>;
  /** No call comes here. */
  ended: boolean;
}

/** Names of one block. What a block declares ends with it. */
export interface Scope {
  names: Map<string, { type: Type; range: Range }>;
  outer?: Scope;
  /** A statement of the block could not be read: it may have declared any name. */
  torn?: boolean;
}

export const copy = (state: State): State => ({ ...state, known: new Map(state.known) });

export function lookUp(scope: Scope | undefined, name: string): { type: Type; range: Range } | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return undefined;
}

export function isTorn(scope: Scope | undefined): boolean {
  for (let at = scope; at; at = at.outer) if (at.torn) return true;
  return false;
}

export function namesIn(scope: Scope | undefined): string[] {
  const names: string[] = [];
  for (let at = scope; at; at = at.outer) names.push(...at.names.keys());
  return names;
}

/** What holds after several ways have met. Ways that ended do not count. */
export function join(ways: readonly State[]): State {
  const open = ways.filter((way) => !way.ended);
  const [first, ...others] = open;
  if (!first) return { known: new Map(), ended: true };
  const joined = copy(first);
  for (const other of others) {
    for (const [path, type] of joined.known) {
      const there = other.known.get(path);
      if (there) joined.known.set(path, either(type, there));
      else joined.known.delete(path);
    }
  }
  return joined;
}

/** `set` wrote a path: what was known of it and of its parts is void. */
export function overwrite(state: State, path: string, type: Type): void {
  for (const known of state.known.keys()) {
    if (known === path || known.startsWith(`${path}.`)) state.known.delete(known);
  }
  state.known.set(path, type);
}
