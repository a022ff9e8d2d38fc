import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import { arms } from "./match.ts";
import { nameOf, type Values } from "./values.ts";
import { nested, onLine, standIn } from "./holes.ts";
import { braced, type Items, refuseItem } from "./items.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** What begins a statement, and what one goes on with. */
const statementWords = (
  "let set if match answer play music ringback silence wait queue ring voicemail hangup reject note leave once " +
  "else for with"
).split(" ");

export interface Statements {
  statement: Rule<ast.Statement>;
  block: Rule<ast.Block>;
}

/** What the chapters on attempts (queue, ring, voicemail) add to the statements; they need `block` in turn. */
export type Attempts = (block: Rule<ast.Block>) => Rule<ast.Statement>[];

/** Statements (chapter 4 of the language). */
export function statements(g: Reader, values: Values, e: Expressions, attempts: Attempts): Statements {
  let statement: Rule<ast.Statement>;
  const block = g.rule("block", (): ast.Block => {
    const start = g.start();
    const found = braced(g, statementItems(statement));
    return { kind: "block", range: g.range(start), statements: found };
  });
  const rules = [
    ...data(g, values, e),
    ...flow(g, values, e, block),
    ...treatments(g, e),
    ...endings(g, e),
    ...attempts(block),
    later(g),
  ];
  statement = g.oneOf("statement", rules, "a statement");
  return { statement, block };
}

export function statementItems(rule: Rule<ast.Statement>): Items<ast.Statement> {
  return { rule, what: "a statement", words: statementWords, hole: (range) => ({ kind: "hole", range }) };
}

function data(g: Reader, values: Values, { expression }: Expressions): Rule<ast.Statement>[] {
  const let_ = g.rule("let", (): ast.Statement => {
    const start = g.start();
    g.take(W.let);
    const reserved = standIn(g, T.AnyName, T.Word);
    const name = reserved ? nameOf(reserved) : g.part(values.name);
    g.take(T.Assign);
    const value = g.part(expression);
    return { kind: "let", range: g.range(start), name, value };
  });
  const set = g.rule("set", (): ast.Statement => {
    const start = g.start();
    g.take(W.set);
    g.take(W.call);
    const path: ast.Name[] = [];
    g.each(() => {
      g.take(T.Dot);
      onLine(g, "a name");
      path.push(nameOf(g.take(T.AnyName)));
    });
    if (!g.RECORDING_PHASE && path.length === 0) g.take(T.Dot, 1);
    g.take(T.Assign);
    const value = g.part(expression);
    return { kind: "set", range: g.range(start), path, value };
  });
  const note = g.rule("note", (): ast.Statement => {
    const start = g.start();
    g.take(W.note);
    const text = g.part(expression);
    return { kind: "note", range: g.range(start), text };
  });
  return [let_, set, note];
}

function flow(g: Reader, values: Values, e: Expressions, block: Rule<ast.Block>): Rule<ast.Statement>[] {
  const if_: Rule<ast.If> = g.rule("if", (): ast.If => {
    const start = g.start();
    g.take(W.if);
    const condition = g.part(e.head);
    const then = g.part(block);
    const otherwise = g.maybe(() => {
      g.take(W.else);
      const another = (): ast.If => nested(g, () => g.part(if_), 1 / 8);
      return g.either<ast.Block | ast.If>([() => g.part(block, 1), another], "`{` or `if`");
    });
    // oxlint-disable-next-line unicorn/no-thenable -- the author's word; a tree is never awaited
    return { kind: "if", range: g.range(start), condition, then, ...(otherwise && { else: otherwise }) };
  });
  const body = arms(g, "block", values.pattern, block);
  const match = g.rule("match", (): ast.Statement => {
    const start = g.start();
    g.take(W.match);
    const subject = g.part(e.head);
    const { arms: found, otherwise } = g.part(body);
    return { kind: "match", range: g.range(start), subject, arms: found, ...(otherwise && { else: otherwise }) };
  });
  const once = g.rule("once", (): ast.Statement => {
    const start = g.start();
    g.take(W.once);
    const inside = g.part(block);
    return { kind: "once", range: g.range(start), body: inside };
  });
  const wait = g.rule("wait", (): ast.Statement => {
    const start = g.start();
    g.take(W.wait);
    const time = g.part(e.head);
    return { kind: "wait", range: g.range(start), for: time };
  });
  return [if_, match, once, wait];
}

/** What the caller hears. */
function treatments(g: Reader, { expression, head }: Expressions): Rule<ast.Statement>[] {
  const answer = g.rule("answer", (): ast.Statement => {
    const start = g.start();
    g.take(W.answer);
    const ringing = g.maybe(() => {
      g.take(W.with);
      return g.take(W.ringback);
    });
    return { kind: "answer", range: g.range(start), withRingback: ringing !== undefined };
  });
  const play = g.rule("play", (): ast.Statement => {
    const start = g.start();
    g.take(W.play);
    const prompt = g.part(expression);
    const otherwise = g.maybe(() => {
      g.take(W.else);
      return g.part(head);
    });
    return { kind: "play", range: g.range(start), prompt, ...(otherwise && { otherwise }) };
  });
  const music = g.rule("music", (): ast.Statement => {
    const start = g.start();
    g.take(W.music);
    const name = g.part(expression);
    const time = g.maybe(() => {
      g.take(W.for);
      return g.part(head);
    });
    return { kind: "music", range: g.range(start), name, ...(time && { for: time }) };
  });
  return [answer, play, music, bare(g, "ringback"), bare(g, "silence")];
}

function endings(g: Reader, { expression }: Expressions): Rule<ast.Statement>[] {
  const reject = g.rule("reject", (): ast.Statement => {
    const start = g.start();
    g.take(W.reject);
    const code = g.part(expression);
    return { kind: "reject", range: g.range(start), code };
  });
  return [bare(g, "hangup"), bare(g, "leave"), reject];
}

/** A statement of one word. */
function bare(g: Reader, kind: "ringback" | "silence" | "hangup" | "leave"): Rule<ast.Statement> {
  return g.rule(kind, () => ({ kind, range: nameOf(g.take(W[kind])).range }));
}

/** Statements of the language that this version cannot run. */
function later(g: Reader): Rule<ast.Statement> {
  return g.rule("later", () => {
    if (!g.RECORDING_PHASE) refuseItem(g);
    return { kind: "hole", range: nameOf(g.take(T.Later)).range };
  });
}
