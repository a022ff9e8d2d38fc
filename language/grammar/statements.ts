import type * as ast from "../ast.ts";
import { handlers, ring, voicemail } from "./attempts.ts";
import { ask } from "./bot.ts";
import { callback } from "./callback.ts";
import { collects } from "./collect.ts";
import { data, givenValue, return_ } from "./assignments.ts";
import { dial } from "./dial.ts";
import type { Expressions } from "./expressions.ts";
import { flow } from "./flow.ts";
import { braced, hole, type Items } from "./items.ts";
import { lines } from "./lines.ts";
import { afterHandlers, type Shared } from "./options.ts";
import { preview } from "./preview.ts";
import { queues } from "./queue.ts";
import type { Reader, Rule } from "./reader.ts";
import { requests } from "./requests.ts";
import { runs } from "./runs.ts";
import { targets } from "./targets.ts";
import * as T from "./tokens.ts";
import { transfers } from "./transfer.ts";
import { endings, treatments } from "./treatments.ts";
import type { Values } from "./values.ts";

const { W } = T;

/** What begins a statement, and what one goes on with. */
const statementWords = (
  "let set if match answer play say music ringback silence wait queue ring voicemail hangup reject redirect note count " +
  "leave once loop stop every uninterrupted split try collect fetch send run return record preview ask dial transfer refer callback " +
  "else for with within times digits prompt ended tries via over"
).split(" ");

/** Without the words that are clauses or values too: `stop`, `every`, `run` and others. */
const stops = new Set(
  (
    "let set answer play say music ringback silence wait voicemail hangup redirect note leave split try send return " +
    "preview ask dial transfer refer"
  ).split(" "),
);

export interface Statements {
  statement: Rule<ast.Statement>;
  block: Rule<ast.Block>;
  /** What stands in the braces of a queue and of a queue plan. */
  queueRules: Rule<ast.QueueRules>;
}

/** Statements (chapter 4 of the language). */
export function statements(g: Reader, values: Values, expressions: Expressions): Statements {
  let statement: Rule<ast.Statement>;
  const block = g.rule("block", (): ast.Block => {
    const start = g.start();
    const found = braced(g, statementItems(statement));
    return { kind: "block", range: g.range(start), statements: found };
  });
  const shared: Shared = {
    values,
    expressions,
    targets: targets(g, expressions),
    lines: lines(g, values, expressions),
    handler: handlers(g, values, block),
    block,
  };
  const run = runs(g, shared);
  const { queue, rules: queueRules } = queues(g, shared);
  const collect = collects(g, shared);
  const { fetch, send, value: fetched } = requests(g, shared);
  const given = givenValue(g, [collect.value, fetched, run.value, expressions.expression]);
  const rules = [
    ...data(g, shared, given),
    ...flow(g, shared),
    ...treatments(g, expressions),
    ...endings(g, expressions),
    collect.statement,
    fetch,
    send,
    run.statement,
    return_(g, given),
    queue,
    ring(g, shared),
    voicemail(g, shared),
    preview(g, shared),
    ask(g, shared),
    dial(g, shared),
    ...transfers(g, shared),
    callback(g, shared),
    try_(g, shared, () => statement),
  ];
  statement = g.oneOf("statement", rules, "a statement");
  return { statement, block, queueRules };
}

export function statementItems(rule: Rule<ast.Statement>): Items<ast.Statement> {
  return { rule, what: "a statement", words: statementWords, stops, hole };
}

/** `try { statements, then handlers }` */
function try_(g: Reader, { handler }: Shared, statement: () => Rule<ast.Statement>): Rule<ast.Try> {
  type Line = ast.Statement | ast.Handler;
  const line = g.rule(
    "tryLine",
    (): Line => g.either<Line>([() => g.part(statement()), () => g.part(handler)], "a statement"),
  );
  const lines: Items<Line> = { rule: line, what: "a statement", words: [...statementWords, "on"], stops, hole };
  return g.rule("try", (): ast.Try => {
    const start = g.start();
    g.take(W.try);
    const inside = g.start();
    const found = braced(g, lines);
    const body: ast.Block = { kind: "block", range: g.range(inside), statements: [] };
    const handlers: ast.Handler[] = [];
    for (const each of found) {
      if (each.kind === "handler") handlers.push(each);
      else body.statements.push(each);
    }
    const late = found.slice(found.findIndex(({ kind }) => kind === "handler")).find(({ kind }) => kind !== "handler");
    if (late && handlers.length > 0) g.note(afterHandlers(late.range, "statements"));
    return { kind: "try", range: g.range(start), body, handlers };
  });
}
