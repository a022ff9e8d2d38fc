import type { Hole } from "../ast.ts";
import { nested, opensLine } from "./holes.ts";
import { type Reader, type Rule, unreadable } from "./reader.ts";
import { unexpected } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";

/* Rows of items: statements, options, handlers, lines, arms. One that cannot be read is reported once and passed over. */

/** Items of one kind, between braces or in a file. */
export interface Items<V> {
  rule: Rule<V>;
  /** With its article, for "`x` is not a statement". */
  what: string;
  /** Words that can stand here, for "did you mean". */
  words: readonly string[];
  /** How one is written, for what is none. */
  hint?: string;
  /** Words that begin one and are rarely anything else: the end of what is passed over on one line. */
  stops?: ReadonlySet<string>;
  /** Stands in for what could not be read; without it that is left out. */
  hole?: (range: Range) => V;
}

export function hole(range: Range): Hole {
  return { kind: "hole", range };
}

/** What stands in a file, for "`x` is not …". */
export const itemsOfFile = "a `strategy`, a `test` or another item of a file";

/** `{ items }` */
export function braced<V>(g: Reader, items: Items<V>): V[] {
  if (!g.RECORDING_PHASE) seekBrace(g);
  g.work.marks.blocks.add(g.next().startOffset);
  const { inHead } = g.work;
  g.take(T.LBrace);
  const found = row(g, items);
  g.take(T.RBrace);
  g.work.inHead = inHead;
  return found;
}

/** Items up to the next `}` that is not theirs, or the end. */
export function row<V>(g: Reader, items: Items<V>): V[] {
  const base = g.work.braces;
  const found: V[] = [];
  do g.each(() => item(g, items, base, found));
  while (!g.RECORDING_PHASE && passStranger(g, items, base, found));
  return g.RECORDING_PHASE ? [] : found;
}

function item<V>(g: Reader, items: Items<V>, base: number, found: V[]): void {
  const start = g.start();
  g.work.marks.items.add(start);
  g.work.inHead = false;
  g.work.first = g.next();
  try {
    found.push(nested(g, () => g.part(items.rule)));
  } catch (problem) {
    if (problem !== unreadable) throw problem;
    const isExplained = g.work.quiet === g.next() && g.isOnSameLine() && !g.isNext(T.RBrace);
    if (!g.isAtEnd() && (isExplained || g.start() === start)) g.pass();
    passRest(g, items, base);
    if (items.hole) found.push(items.hole(g.range(start)));
  }
}

/** Reports and passes over what begins no item; false where the items end. */
function passStranger<V>(g: Reader, items: Items<V>, base: number, found: V[]): boolean {
  const { what, words, hint } = items;
  const next = g.next();
  const isBrace = next.tokenType === T.RBrace;
  if (g.isAtEnd() || (isBrace && g.work.braces <= base)) return false;
  const start = g.start();
  const near = { words, before: g.before(), after: g.next(2) };
  if (!isBrace) g.report({ ...(hint !== undefined && { hint }), ...unexpected(next, what, near) });
  g.pass();
  passRest(g, items, base);
  if (items.hole && !isBrace) found.push(items.hole(g.range(start)));
  return true;
}

/** Words between the head of a block and a `{` on the same line are reported and passed over. */
function seekBrace(g: Reader): void {
  let ahead = 1;
  while (g.next(ahead).tokenType !== T.LBrace) {
    if (!g.isOnSameLine(ahead) || g.next(ahead).tokenType === T.RBrace) return;
    ahead++;
  }
  if (ahead === 1 || !g.isOnSameLine(ahead)) return;
  g.report({ hint: "the block begins with `{`", ...unexpected(g.next(), "expected here", { before: g.before() }) });
  for (let passed = 1; passed < ahead; passed++) g.pass();
}

/** Passes over the rest of what cannot be read: to `}`, a new line or the next statement, all braces opened since closed. */
function passRest<V>(g: Reader, { stops }: Items<V>, base: number): void {
  while (!g.isAtEnd() && (g.work.braces > base || !isStop(g, stops))) g.pass();
  g.work.quiet = undefined;
}

function isStop(g: Reader, stops: ReadonlySet<string> | undefined): boolean {
  const { image, tokenType } = g.next();
  if (tokenType === T.RBrace) return true;
  const before = g.next(0);
  if (g.isOnSameLine()) return stops?.has(image) === true && !leadsOn.has(before.image);
  return !continues.has(image) && (!opensLine(before) || stops?.has(image) === true);
}

/** Tokens at the head of a line that go on with the line before. */
const continues = new Set(") ] { , : -> . = == != < <= > >= ?? + - * / and or in is starts then else".split(" "));

/** What follows these belongs to them, even a word that could begin a statement. */
const leadsOn = new Set([".", "=", "else", "after", "return"]);
