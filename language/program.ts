import type { Calendar, QueuePlan, Strategy, Sub, Test, Traffic } from "./ast.ts";
import type { Directory } from "./directory/directory.ts";
import type { Declared, Names } from "./names.ts";
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
  /** `names` is what the text of each can name: subs, calendars, queue plans, each with its own source and names. */
  strategies: { source: Source; strategy: Strategy; names: Names }[];
  subs: Declared<Sub>[];
  calendars: Declared<Calendar>[];
  plans: Declared<QueuePlan>[];
  tests: { source: Source; test: Test }[];
  traffic: { source: Source; traffic: Traffic }[];
  directory: Directory;
}
