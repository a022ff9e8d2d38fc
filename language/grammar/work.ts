import type { Text } from "../ast.ts";
import type { IToken } from "./chevrotain.ts";
import type { Finding } from "./recovery.ts";

/** Offsets that tell the formatter what the tokens alone do not. */
export interface Marks {
  /** First character of every item: statement, option, step, handler, arm, line. */
  items: Set<number>;
  /** Every `{` that opens a block of items. */
  blocks: Set<number>;
  /** Tokens that stick to the one before: the `(` of a call, the `[` of an access, what a minus sign negates. */
  tight: Set<number>;
  /** Tokens two spaces away from the one before: the verb of a step behind its condition. */
  wide: Set<number>;
}

/** All that belongs to one run of the parser. */
export interface Work {
  text: string;
  findings: Finding[];
  /** Texts whose `{…}` parts are still to be parsed. */
  texts: Text[];
  marks: Marks;
  /** Tokens that the lexer has said something about, or about what stands before them. */
  suspects: ReadonlySet<IToken>;
  /** The token before which the last finding was made. Nothing more is said until the parser is past it: no echoes. */
  quiet: IToken | undefined;
  /** The first token of the item at hand: it begins where it likes. */
  first: IToken | undefined;
  /** Braces open at this point. */
  braces: number;
  /** `(` and `[` open at this point of the item at hand. */
  brackets: number;
  /** Rules within rules that could exhaust the stack. */
  nesting: number;
  saidTooDeep: boolean;
  /** Nouns that the author took for names of his own, which was told: what he does with them is no other mistake. */
  misnamed: Set<string>;
  /** Where `{` opens a block and never a record, as in the head of `if`. */
  inHead: boolean;
}

export function newWork(text: string, suspects: ReadonlySet<IToken>): Work {
  const marks = {
    items: new Set<number>(),
    blocks: new Set<number>(),
    tight: new Set<number>(),
    wide: new Set<number>(),
  };
  const start = {
    quiet: undefined,
    first: undefined,
    braces: 0,
    brackets: 0,
    nesting: 0,
    saidTooDeep: false,
    inHead: false,
  };
  return { text, suspects, findings: [], texts: [], marks, misnamed: new Set(), ...start };
}
