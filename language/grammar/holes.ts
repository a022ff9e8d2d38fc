import type { Hole } from "../ast.ts";
import { EOF, type IToken, type TokenType } from "./chevrotain.ts";
import { literals, type Reader, unreadable } from "./reader.ts";
import { type Finding, mismatch, missing, unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";

/* Where values may begin, and what becomes of those that cannot be read. */

/** A value, or a hole where none can be read: what follows it is still checked. */
export function orHole<V>(g: Reader, body: () => V): V | Hole {
  const start = g.start();
  const { braces, brackets } = g.work;
  try {
    return nested(g, body);
  } catch (problem) {
    if (problem !== unreadable) throw problem;
    while (!g.isAtEnd() && (g.work.braces > braces || isInBrackets(g, braces, brackets))) {
      g.pass();
      g.work.quiet = g.next();
    }
    g.work.brackets = brackets;
    return { kind: "hole", range: g.range(start) };
  }
}

/** Whether a bracket that was opened since is still to be closed on this line. */
function isInBrackets(g: Reader, braces: number, brackets: number): boolean {
  const endsBlock = g.isNext(T.RBrace) && g.work.braces <= braces;
  return g.work.brackets > brackets && g.isOnSameLine() && !endsBlock;
}

/** Levels of brackets and blocks; each takes some 35 frames of the stack. */
const deepest = 50;

/** For rules that contain themselves; `weight` is their share of a level. */
export function nested<V>(g: Reader, body: () => V, weight = 1): V {
  if (g.RECORDING_PHASE) return body();
  if (g.work.nesting >= deepest) tooDeep(g);
  g.work.nesting += weight;
  try {
    return body();
  } finally {
    g.work.nesting -= weight;
  }
}

/** Said once: everything within is as deep. */
function tooDeep(g: Reader): never {
  const message = "this is nested too deeply to be read";
  const hint = `at most ${deepest} levels; give the inner parts names with \`let\``;
  if (!g.work.saidTooDeep) g.report({ ...unexpected(g.next(), "readable"), code: "S108", message, hint });
  g.work.saidTooDeep = true;
  throw unreadable;
}

/** Operators, or accesses, in a row: bounds the depth of the tree, so that walking it cannot exhaust the stack. */
export const longest = 500;

export function tooLong(g: Reader): never {
  const message = "this expression is too long to be read";
  const hint = "give parts of it names with `let`";
  g.fail({ ...unexpected(g.next(), "readable"), code: "S108", message, hint });
}

const mayEndLine = new Set<TokenType>([T.LParen, T.LBracket, T.LBrace, T.Comma, T.Colon, T.Arrow]);

/** Whether a token lets what belongs to it begin on the next line. */
export function opensLine(token: IToken): boolean {
  return mayEndLine.has(token.tokenType);
}

/** Whether a value or name that came next would break the line rule: it begins on the line of what it belongs to. */
export function breaksLine(g: Reader): boolean {
  const before = g.RECORDING_PHASE ? undefined : g.before();
  if (!before || g.next() === g.work.first) return false;
  return !g.isOnSameLine() && !opensLine(before);
}

export function onLine(g: Reader, what: string): void {
  if (breaksLine(g)) g.fail(missing(what, g.before()));
}

/** Words that follow a value. They are free, so one that stands where a value should could as well be a variable. */
const clauses = new Set("for within with prompt ended tries times every rising up by when then via over".split(" "));

const beginsValue = new Set<TokenType>([...literals, T.Text, T.Identifier, T.LBrace]);

/** Whether a value follows right behind: two never stand side by side, so the first is none. */
function goesOn(g: Reader): boolean {
  const { tokenType } = g.next(2);
  return (beginsValue.has(tokenType) || g.isNext(T.Noun, 2)) && g.isOnSameLine(2);
}

/** Attempts that give a value: not to every part of an expression. */
const attempts = new Set<TokenType>([T.W.run, T.W.collect, T.W.fetch]);

function alone(token: IToken): Finding {
  const hint = "give its value a name first: `let x = …`";
  return { ...unexpected(token, "part of another value"), hint };
}

/** Gives up where no value may begin, with the reason. */
export function valueHere(g: Reader): void {
  if (g.RECORDING_PHASE) return;
  onLine(g, "a value");
  const { image, tokenType } = g.next();
  if (tokenType === T.LBrace && g.work.inHead) g.fail(missing("a value", g.before()));
  if (attempts.has(tokenType)) g.fail(alone(g.next()));
  const isWord = g.isNext(T.Word) && (clauses.has(image) || !g.isOnSameLine());
  if (isWord && goesOn(g)) g.fail(missing("a value", g.before()));
}

/** Reads a value after which `{` opens a block. */
export function inHead<V>(g: Reader, body: () => V): V {
  return withHead(g, true, body);
}

/** Between brackets a record is a record again. */
export function outOfHead<V>(g: Reader, body: () => V): V {
  return withHead(g, false, body);
}

function withHead<V>(g: Reader, inside: boolean, body: () => V): V {
  const before = g.work.inHead;
  g.work.inHead = inside;
  try {
    return body();
  } finally {
    g.work.inHead = before;
  }
}

/** The bracket that begins a list, or encloses a value. One that ends its line and is never closed is told there. */
export function beginList(g: Reader, type: TokenType): void {
  const { tokenType } = g.take(type);
  if (g.RECORDING_PHASE || g.isOnSameLine() || isClosed(g)) return;
  g.fail(missing((tokenType === T.LParen ? T.RParen : T.RBracket).LABEL ?? "", g.before()));
}

/** So far ahead a bracket that closes is looked for: no text makes that a matter of minutes. */
const farthest = 200;

/** Whether the bracket just taken is closed before the block ends in which it stands, as far as one can see. */
function isClosed(g: Reader): boolean {
  let [brackets, braces] = [1, 0];
  for (let ahead = 1; ahead <= farthest && brackets > 0 && braces >= 0; ahead++) {
    const { tokenType } = g.next(ahead);
    if (tokenType === EOF) return false;
    if (tokenType === T.LParen || tokenType === T.LBracket) brackets++;
    else if (tokenType === T.RParen || tokenType === T.RBracket) brackets--;
    else if (tokenType === T.LBrace) braces++;
    else if (tokenType === T.RBrace) braces--;
  }
  return braces >= 0;
}

/** The bracket that ends a list of any kind. */
export function endList(g: Reader, type: TokenType): void {
  if (!g.RECORDING_PHASE && !g.isNext(type) && g.isOnSameLine()) {
    const opening = g.next(-1).tokenType;
    const isKey = type === T.RBrace && (opening === T.LBrace || opening === T.Comma);
    const ending = `\`,\` or ${type.LABEL ?? ""}`;
    if (attempts.has(g.next().tokenType)) g.fail(alone(g.next()));
    if (g.isNext(T.Comma)) g.fail(missing(type === T.RBrace ? "a field" : "a value", g.before()));
    if (isKey && g.isNext(T.Assign)) g.fail(mismatch(T.Colon, g.next(), g.before(), true));
    if (isKey) g.fail(missing(g.isNext(T.AnyName) ? `\`:\`, ${ending}` : "`:`", g.before()));
    g.fail(missing(ending, g.before()));
  }
  g.take(type);
}

/** Takes a token of `type` for the `wanted` one, with the finding that says so. Undefined when it is none. */
export function standIn(g: Reader, type: TokenType, wanted: TokenType): IToken | undefined {
  if (!g.isNext(type) || g.isNext(wanted) || !g.isOnSameLine()) return undefined;
  g.report(mismatch(wanted, g.next(), g.before(), true));
  return g.pass();
}

/** The next token belongs to the one before it without a space. */
export function stick(g: Reader): void {
  g.work.marks.tight.add(g.next().startOffset);
}
