import type * as ast from "../ast.ts";
import type { Range } from "../source.ts";
import type { Expressions } from "./expressions.ts";
import { braced } from "./items.ts";
import { clauses, type Option, option, twice } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import type { Finding } from "./recovery.ts";
import { type Statements, statementItems } from "./statements.ts";
import * as T from "./tokens.ts";
import { plainOf, readSpan, type Values } from "./values.ts";

const { W } = T;

interface AfterCall {
  kind: "afterCall";
  range: Range;
  body: ast.Block;
}
type Part = ast.Entry | ast.DefaultRoute | ast.Secret | ast.Statement | AfterCall;

/** `strategy "…" { entries, default route, secrets, statements, after call }` (chapter 3 of the language). */
export function strategy(g: Reader, v: Values, e: Expressions, s: Statements): Rule<ast.Strategy> {
  const rules: Rule<Part>[] = [entry(g, v), defaultRoute(g, e), secret(g, v), s.statement, afterCall(g, s)];
  const part = g.oneOf("strategyPart", rules, "a statement");
  const items = statementItems(s.statement);
  const parts = { ...items, rule: part, words: ["entry", "default", "secret", "after", ...items.words] };

  return g.rule("strategy", (): ast.Strategy => {
    const start = g.start();
    g.take(W.strategy);
    const name = g.part(v.plainText);
    const bodyStart = g.start();
    const found = braced(g, parts);
    const body: ast.Block = { kind: "block", range: g.range(bodyStart), statements: [] };
    const node: ast.Strategy = { kind: "strategy", range: g.range(start), name, entries: [], secrets: [], body };
    place(g, node, found);
    return node;
  });
}

/** Puts parts into their strategy, and tells which stand too late or twice. */
function place(g: Reader, strategy: ast.Strategy, parts: Part[]): void {
  let hasBegun = false;
  let last: AfterCall | undefined;
  for (const part of parts) {
    if (part.kind === "entry") {
      if (hasBegun || strategy.secrets.length > 0 || strategy.defaultRoute) g.note(tooLate("entry", part.range));
      strategy.entries.push(part);
    } else if (part.kind === "defaultRoute") {
      if (strategy.defaultRoute) g.note(twice("default route", part.range));
      else if (hasBegun || strategy.secrets.length > 0) g.note(tooLate("default route", part.range));
      strategy.defaultRoute ??= part;
    } else if (part.kind === "secret") {
      if (hasBegun) g.note(tooLate("secret", part.range));
      strategy.secrets.push(part);
    } else if (part.kind === "afterCall") {
      if (last) g.note(twice("after call", part.range));
      last ??= part;
    } else {
      if (last && !strategy.afterCall) g.note(notLast(last.range));
      if (last) strategy.afterCall = last.body;
      hasBegun ||= part.kind !== "hole";
      strategy.body.statements.push(part);
    }
  }
  if (last) strategy.afterCall = last.body;
}

const order = "in this order: entries, `default route to …`, secrets, statements, `after call`";

function tooLate(what: string, range: Range): Finding {
  return { code: "S107", message: `\`${what}\` stands too late in this strategy`, range, hint: order };
}

function notLast({ start }: Range): Finding {
  const range = { start, end: start + "after".length };
  return { code: "S107", message: "`after call` stands before a statement", range, hint: order };
}

/** `entry "+34910603165", "5100".."5199", "+3491*" with early media at most 100 calls else reject 486` */
function entry(g: Reader, v: Values): Rule<ast.Entry> {
  const pattern = g.rule("entryPattern", (): ast.EntryPattern => {
    const start = g.start();
    const first = g.part(v.plainText, 0);
    readSpan(g);
    const last = g.maybe(() => {
      g.take(T.Span);
      return g.part(v.plainText, 1);
    });
    const range = g.range(start);
    const text = plainOf(g, first);
    if (last) return { kind: "span", range, from: text, to: plainOf(g, last) };
    return text.endsWith("*") ? { kind: "prefix", range, text: text.slice(0, -1) } : { kind: "single", range, text };
  });
  const earlyMedia = option<ast.Entry>(g, "earlyMedia", "with early media", () => {
    g.take(W.with);
    g.take(W.early);
    g.take(W.media);
    return { withEarlyMedia: true };
  });
  const atMost = option<ast.Entry>(g, "atMost", "at most", () => {
    const start = g.start();
    g.take(W.at);
    g.take(W.most);
    const calls = g.part(v.number, 0);
    g.take(W.calls);
    g.take(W.else);
    g.take(W.reject);
    const code = g.part(v.number, 1);
    return { atMost: { range: g.range(start), calls, code } };
  });
  const clause = g.oneOf("entryClause", [earlyMedia, atMost], "`with early media` or `at most …`");

  return g.rule("entry", (): ast.Entry => {
    const start = g.start();
    g.take(W.entry);
    const patterns = g.commas(pattern);
    const found: Option<ast.Entry>[] = [];
    g.each(() => found.push(g.part(clause)), 1);
    return clauses(g, { kind: "entry", range: g.range(start), patterns, withEarlyMedia: false }, found);
  });
}

function defaultRoute(g: Reader, { expression }: Expressions): Rule<ast.DefaultRoute> {
  return g.rule("defaultRoute", (): ast.DefaultRoute => {
    const start = g.start();
    g.take(W.default);
    g.take(W.route);
    g.take(W.to);
    const to = g.part(expression);
    return { kind: "defaultRoute", range: g.range(start), to };
  });
}

/** `secret call.data.card` */
function secret(g: Reader, { callPath }: Values): Rule<ast.Secret> {
  return g.rule("secret", (): ast.Secret => {
    const start = g.start();
    g.take(W.secret);
    const path = g.part(callPath);
    return { kind: "secret", range: g.range(start), path };
  });
}

function afterCall(g: Reader, { block }: Statements): Rule<AfterCall> {
  return g.rule("afterCall", (): AfterCall => {
    const start = g.start();
    g.take(W.after);
    g.take(W.call);
    const body = g.part(block);
    return { kind: "afterCall", range: g.range(start), body };
  });
}
