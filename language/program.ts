import type { Strategy, Test } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";
import type { Source } from "./source.ts";

declare const checked: unique symbol;

/**
 * Strategies without errors, with the directory they were checked against. Only `check` makes one,
 * and the engine takes nothing else, so nothing is validated twice.
 */
export interface CheckedProgram {
  readonly [checked]: true;
  /** Of all texts and the directory: calls name the program they entered with by it. */
  hash: string;
  strategies: { source: Source; strategy: Strategy }[];
  tests: { source: Source; test: Test }[];
  directory: Directory;
}
