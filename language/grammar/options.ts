import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import { braced } from "./items.ts";
import type { Lines } from "./lines.ts";
import { type Option, option } from "./option.ts";
import type { Reader, Rule } from "./reader.ts";
import { type Finding, unexpected } from "./recovery.ts";
import type { Range } from "../source.ts";
import type { Targets } from "./targets.ts";
import * as T from "./tokens.ts";
import type { Values } from "./values.ts";

const { W } = T;

/** What statements are made of. */
export interface Shared {
  values: Values;
  expressions: Expressions;
  targets: Targets;
  lines: Lines;
  handler: Rule<ast.Handler>;
  block: Rule<ast.Block>;
}

export { type Option, option };

type Line<N> = Option<N> | ast.HeaderLine | ast.Handler;

/** `{ options, handlers }` of an attempt that begins with `word`; `words` begin its options and lead on in them. */
export function attemptBody<N>(
  g: Reader,
  word: string,
  words: string[],
  rules: Rule<Line<N>>[],
  hint?: string,
): Rule<Line<N>[]> {
  const line = g.oneOf(`${word}Line`, rules, "a line");
  const items = {
    rule: line,
    what: `a line of \`${word}\``,
    words: [...words, "on"],
    ...(hint !== undefined && { hint }),
  };
  return g.rule(`${word}Body`, () => braced(g, items));
}

/** Stands below the handlers: what runs after everything. */
const last = "after callback";

/** Puts the lines of a block into its node: options in any order and each once, then handlers. */
export function gather<N extends { handlers: ast.Handler[]; headers?: ast.HeaderLine[] }>(
  g: Reader,
  node: N,
  lines: Line<N>[],
): N {
  if (g.RECORDING_PHASE) return node;
  const options: Option<N>[] = [];
  for (const line of lines) {
    if (line.kind === "handler") {
      node.handlers.push(line);
      continue;
    }
    const word = line.kind === "option" ? line.word : line.kind;
    const isAgain = options.some((option) => option.word === word);
    if (node.handlers.length > 0 && word !== last && !isAgain) g.note(afterHandlers(line.range));
    if (line.kind === "header") node.headers?.push(line);
    else options.push(line);
  }
  return clauses(g, node, options);
}

/** Puts options or clauses into their node, in any order; of those that say the same thing the first counts. */
export function clauses<N extends object>(g: Reader, node: N, found: Option<N>[]): N {
  if (g.RECORDING_PHASE) return node;
  const said = new Map<string, Option<N>>();
  for (const each of found) {
    const { word, range, put } = each;
    const keys = Object.keys(put);
    const before = said.get(keys[0] ?? word);
    if (!before) Object.assign(node, put);
    else if (isSound(g, before.range.start, range.start)) g.note(twice(word, range, before.word));
    for (const key of keys) said.set(key, each);
  }
  return node;
}

export function afterHandlers(range: Range, what = "options"): Finding {
  return { code: "S107", message: "this stands after an `on …`", range, hint: `${what} first, then handlers` };
}

/** For a value whose attempt may end without one. */
export const otherwiseHint = "say what it is where there is none: `else missing`";

/** Gives up an attempt that stands by itself and goes on as if it gave a value. */
export function noValue(g: Reader): void {
  if (!g.isNext(W.else)) return;
  const hint = "`else` belongs to the value of `let x = …`; a statement has handlers: `{ on failed { … } }`";
  g.fail({ ...unexpected(g.next(), "expected here"), hint });
}

/** Whether nothing was said of what stands between two places: a word written twice leaves a clause without its value. */
function isSound({ work }: Reader, start: number, end: number): boolean {
  return !work.findings.some(({ range }) => range.start >= start && range.start <= end);
}

export function twice(word: string, range: Range, before = word): Finding {
  const message =
    word === before ? `\`${word}\` stands here a second time` : `\`${word}\` contradicts \`${before}\` above`;
  return { code: "S107", message, range };
}
