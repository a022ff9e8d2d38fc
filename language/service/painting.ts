import { tokenMatcher, type TokenType } from "../grammar/chevrotain.ts";
import * as T from "../grammar/tokens.ts";
import type { Range } from "../source.ts";
import { memo } from "./memo.ts";
import { mentionsOf } from "./mentions.ts";
import type { Kind } from "./named.ts";
import type { Sheet } from "./project.ts";

/** What an editor colours alike. The names are those of its themes; `unknown` things are marked apart. */
export const paints = [
  "keyword",
  "operator",
  "string",
  "number",
  "comment",
  "variable",
  "parameter",
  "function",
  "property",
  "enumMember",
  "class",
  "type",
] as const;

export type Paint = (typeof paints)[number];

export interface Painted {
  range: Range;
  paint: Paint;
  declares: boolean;
}

const ofKind: Record<Kind, Paint> = {
  variable: "variable",
  parameter: "parameter",
  binding: "parameter",
  sub: "function",
  calendar: "class",
  plan: "class",
  strategy: "class",
  test: "class",
  traffic: "class",
  queue: "type",
  field: "property",
  label: "enumMember",
  caller: "variable",
  agent: "type",
  group: "type",
  trunk: "type",
  mailbox: "type",
  bot: "type",
  site: "type",
  flag: "type",
  counter: "type",
  number: "type",
  numbers: "type",
  skill: "type",
  tier: "enumMember",
  host: "type",
  holidays: "type",
  prompt: "string",
  phone: "string",
  function: "function",
  property: "property",
  chooser: "function",
  outcome: "enumMember",
  constant: "enumMember",
};
