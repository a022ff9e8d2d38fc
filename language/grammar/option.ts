import type { Range } from "../source.ts";
import type { Reader, Rule } from "./reader.ts";

/** One option of a block, to be put into its node. */
export interface Option<N> {
  kind: "option";
  /** The word it begins with, which may stand once. */
  word: string;
  range: Range;
  put: Partial<N>;
}

export function option<N>(g: Reader, name: string, word: string, body: () => Partial<N>): Rule<Option<N>> {
  return g.rule(name, (): Option<N> => {
    const start = g.start();
    const put = body();
    return { kind: "option", word, range: g.range(start), put };
  });
}
