import type * as ast from "../ast.ts";
import { type Expressions, expressions } from "./expressions.ts";
import { statementItems, statements } from "./statements.ts";
import { tests } from "./tests.ts";
import { plainOf, type Values, values } from "./values.ts";
import { orHole } from "./holes.ts";
import { braced, refuse, refuseItem, row } from "./items.ts";
import { Reader, type Rule } from "./reader.ts";
import { type Finding, unexpected } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";

const { W } = T;

const itemsOfFile = "a `strategy`, a `test` or another item of a file";

export interface Grammar {
  reader: Reader;
  /** All items of a file. */
  items: Rule<ast.Item[]>;
  /** A `{`, one expression and nothing after it: part of a text. */
  part: Rule<ast.Expr>;
}

/** The whole grammar. Validating it (ambiguities, left recursion) takes longer than building it: a test does that. */
export function grammar({ skipValidations }: { skipValidations: boolean }): Grammar {
  const g = new Reader(skipValidations);
  const v = values(g);
  const e = expressions(g, v);
  const { statement } = statements(g, v, e);
  const rules: Rule<ast.Item | ast.Hole>[] = [strategy(g, v, e, statement), tests(g, v, e), later(g)];
  const item = g.oneOf("item", rules, "an item");
  const words = ["strategy", "test", "use", "calendar", "sub", "traffic"];
  const topLevel = { rule: item, what: itemsOfFile, words };

  const items = g.rule("items", () => row(g, topLevel).filter((each) => each.kind !== "hole"));
  const part = g.rule("part", () => {
    g.take(T.LBrace);
    // No item stands around it that could be passed over.
    const value = orHole(g, () => g.part(e.expression));
    if (value.kind !== "hole" && !g.RECORDING_PHASE && !g.isAtEnd()) g.report(unexpected(g.next(), "expected here"));
    return value;
  });
  g.complete();
  return { reader: g, items, part };
}

/** `strategy "…" { entries, default route, statements }` (chapter 3 of the language). */
function strategy(g: Reader, v: Values, e: Expressions, statement: Rule<ast.Statement>): Rule<ast.Item> {
  const entry = entries(g, v);
  const defaultRoute = g.rule("defaultRoute", (): ast.DefaultRoute => {
    const start = g.start();
    g.take(W.default);
    g.take(W.route);
    g.take(W.to);
    const to = g.part(e.expression);
    return { kind: "defaultRoute", range: g.range(start), to };
  });
  type Part = ast.Entry | ast.DefaultRoute | ast.Statement;
  const rules: Rule<Part>[] = [entry, defaultRoute, statement];
  const part = g.oneOf("strategyPart", rules, "a statement");
  const { what, words, hole } = statementItems(statement);
  const parts = { rule: part, what, words: ["entry", "default", ...words], hole };

  return g.rule("strategy", (): ast.Strategy => {
    const start = g.start();
    g.take(W.strategy);
    const name = g.part(v.plainText);
    const bodyStart = g.start();
    const found = braced(g, parts);
    const strategy: ast.Strategy = {
      kind: "strategy",
      range: g.range(start),
      name,
      entries: [],
      secrets: [],
      body: { kind: "block", range: g.range(bodyStart), statements: [] },
    };
    for (const each of found) place(g, strategy, each);
    return strategy;
  });
}

/** Entries, then the default route, then statements. */
function place(g: Reader, strategy: ast.Strategy, part: ast.Entry | ast.DefaultRoute | ast.Statement): void {
  const { statements } = strategy.body;
  const hasBegun = statements.some(({ kind }) => kind !== "hole");
  if (part.kind === "entry") {
    if (hasBegun || strategy.defaultRoute) g.note(outOfOrder("entry", part.range));
    strategy.entries.push(part);
  } else if (part.kind === "defaultRoute") {
    if (strategy.defaultRoute) g.note(secondDefault(part.range));
    else if (hasBegun) g.note(outOfOrder("default route", part.range));
    strategy.defaultRoute ??= part;
  } else statements.push(part);
}

function outOfOrder(what: string, range: Range): Finding {
  const hint = "in this order: entries, `default route to …`, statements";
  return { code: "S107", message: `\`${what}\` stands too late in this strategy`, range, hint };
}

function secondDefault(range: Range): Finding {
  return { code: "S107", message: "`default route` stands here a second time", range };
}

/** `entry "+34910603165", "5100".."5199", "+3491*"` */
function entries(g: Reader, v: Values): Rule<ast.Entry> {
  const pattern = g.rule("entryPattern", (): ast.EntryPattern => {
    const start = g.start();
    const first = g.part(v.plainText, 0);
    const last = g.maybe(() => {
      g.take(T.Span);
      return g.part(v.plainText, 1);
    });
    const range = g.range(start);
    const text = plainOf(g, first);
    if (last) return { kind: "span", range, from: text, to: plainOf(g, last) };
    return text.endsWith("*") ? { kind: "prefix", range, text: text.slice(0, -1) } : { kind: "single", range, text };
  });
  return g.rule("entry", (): ast.Entry => {
    const start = g.start();
    g.take(W.entry);
    const patterns = g.commas(pattern);
    if (g.isNext(W.at) || g.isNext(W.with)) refuse(g);
    return { kind: "entry", range: g.range(start), patterns, withEarlyMedia: false };
  });
}

/** Items of a file that this version has not. */
function later(g: Reader): Rule<ast.Hole> {
  return g.rule("laterItem", (): ast.Hole => {
    if (g.isNext(W.queue) && !g.isNext(W.plan, 2)) g.fail(unexpected(g.next(), itemsOfFile));
    if (!g.RECORDING_PHASE) refuseItem(g);
    const start = g.start();
    g.word(["use", "calendar", "sub", "traffic", "queue"], "an item");
    return { kind: "hole", range: g.range(start) };
  });
}
