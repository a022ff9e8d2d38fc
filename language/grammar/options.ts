import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import { braced } from "./items.ts";
import type { Reader, Rule } from "./reader.ts";
import type { Finding } from "./recovery.ts";
import type { Range } from "../source.ts";
import type { Values } from "./values.ts";

/** What statements are made of. */
export interface Shared {
  values: Values;
  expressions: Expressions;
  handler: Rule<ast.Handler>;
  block: Rule<ast.Block>;
}

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

/** `{ options, handlers }` of an attempt that begins with `word`; `words` begin the options. */
export function attemptBody<N>(
  g: Reader,
  word: string,
  words: string[],
  options: Rule<Option<N>>[],
  handler: Rule<ast.Handler>,
): Rule<(Option<N> | ast.Handler)[]> {
  const rules: Rule<Option<N> | ast.Handler>[] = [...options, handler];
  const line = g.oneOf(`${word}Line`, rules, "a line");
  const items = { rule: line, what: `a line of \`${word}\``, words: [...words, "on"] };
  return g.rule(`${word}Body`, () => braced(g, items));
}

/** Puts the lines of a block into its node: options in any order and each once, then handlers. */
export function gather<N extends { handlers: ast.Handler[] }>(
  g: Reader,
  node: N,
  lines: (Option<N> | ast.Handler)[],
): N {
  if (g.RECORDING_PHASE) return node;
  const options: Option<N>[] = [];
  for (const line of lines) {
    if (line.kind === "handler") node.handlers.push(line);
    else {
      if (node.handlers.length > 0 && !options.some(({ word }) => word === line.word))
        g.note(afterHandlers(line.range));
      options.push(line);
    }
  }
  return once(g, node, options);
}

/** Puts options into their node; the first of each word counts. */
export function once<N extends object>(g: Reader, node: N, options: Option<N>[]): N {
  const seen = new Set<string>();
  for (const { word, range, put } of options) {
    if (seen.has(word)) g.note(twice(word, range));
    else Object.assign(node, put);
    seen.add(word);
  }
  return node;
}

/** Puts the clauses of a line into its node: in any order and each once. */
export function clauses<N extends object>(g: Reader, node: N, found: Option<N>[]): N {
  if (g.RECORDING_PHASE) return node;
  const seen = new Set<string>();
  for (const { word, range, put } of found) {
    if (seen.has(word)) g.note(twice(word, range));
    else Object.assign(node, put);
    seen.add(word);
  }
  return node;
}

export function afterHandlers(range: Range): Finding {
  return { code: "S107", message: "this stands after an `on …`", range, hint: "options first, then handlers" };
}

export function twice(word: string, range: Range): Finding {
  return { code: "S107", message: `\`${word}\` stands here a second time`, range };
}
