import type { Range } from "../source.ts";
import { either, type Type } from "../types.ts";

/** What is known at one place of a strategy, by whatever way the call came there. */
export interface State {
  /** Types of paths such as `owner` or `call.data.topic`, where they are better known than their declarations say. */
  known: Map<string, Type>;
  /** No call comes here. */
  ended: boolean;
  /** More is known than is kept: what is not in `known` is not known to be missing. */
  full: boolean;
}

/** So many paths are followed, which no call plan comes near to, so that no text makes their number a matter of minutes. */
const mostKnown = 300;

/** A name that `let`, a parameter, an arm or a handler gives. */
export interface Bound {
  type: Type;
  range: Range;
  used?: boolean;
}

/** Names of one block. What a block declares ends with it. */
export interface Scope {
  names: Map<string, Bound>;
  outer?: Scope;
  /** A statement of the block could not be read: it may have declared any name. */
  torn?: boolean;
}

export const outside = (): Scope => ({ names: new Map() });

export const nothingKnown = (): State => ({ known: new Map(), ended: false, full: false });

export const copy = (state: State): State => ({ ...state, known: new Map(state.known) });

/** What a name is declared as. */
export function lookUp(scope: Scope | undefined, name: string): Bound | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return undefined;
}

/** The same, where the name's value is taken. */
export function use(scope: Scope | undefined, name: string): Bound | undefined {
  const found = lookUp(scope, name);
  if (found) found.used = true;
  return found;
}

export function isTorn(scope: Scope | undefined): boolean {
  for (let at = scope; at; at = at.outer) if (at.torn) return true;
  return false;
}

export function namesIn(scope: Scope | undefined): string[] {
  const names: string[] = [];
  for (let at = scope; at; at = at.outer) for (const name of at.names.keys()) names.push(name);
  return names;
}

/** What holds after several ways have met. Ways that ended do not count. */
export function join(ways: readonly State[]): State {
  const open = ways.filter((way) => !way.ended);
  const [first, ...others] = open;
  if (!first) return { known: new Map(), ended: true, full: false };
  const joined = copy(first);
  for (const other of others) {
    joined.full ||= other.full;
    for (const [path, type] of joined.known) {
      const there = other.known.get(path);
      if (there) joined.known.set(path, either(type, there));
      else joined.known.delete(path);
    }
  }
  return joined;
}

/** A path was written: what was known of it and of its parts is void. */
export function forget(state: State, path: string): void {
  for (const known of state.known.keys()) {
    if (known === path || known.startsWith(`${path}.`)) state.known.delete(known);
  }
}

/** Something is known of a path. */
export function learn(state: State, path: string, type: Type): void {
  if (state.known.size < mostKnown || state.known.has(path)) state.known.set(path, type);
  else state.full = true;
}

export function overwrite(state: State, path: string, type: Type): void {
  forget(state, path);
  learn(state, path, type);
}
