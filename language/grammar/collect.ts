import type * as ast from "../ast.ts";
import { attemptBody, clauses, gather, noValue, type Option, option, otherwiseHint, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

import { readSpan } from "./values.ts";

const { W } = T;

type Digits = Omit<ast.Collecting, "range">;

/** `collect 4 digits prompt "p" within 5s`, then handlers, or `else` and a value. */
export interface Collects {
  statement: Rule<ast.Collect>;
  value: Rule<ast.CollectValue>;
}

export function collects(g: Reader, shared: Shared): Collects {
  const digits = wanted(g, shared);
  const body = attemptBody<ast.Collect>(
    g,
    "collect",
    [],
    [shared.handler],
    "`prompt`, `within` and the like stand before the `{`",
  );
  const statement = g.rule("collect", (): ast.Collect => {
    const start = g.start();
    const what = g.part(digits);
    noValue(g);
    const lines = g.maybe(() => g.part(body)) ?? [];
    return gather(g, { kind: "collect", range: g.range(start), ...what, handlers: [] }, lines);
  });
  const value = g.rule("collectValue", (): ast.CollectValue => {
    const start = g.start();
    const what = g.part(digits);
    const otherwise = g.must(
      W.else,
      () => {
        g.take(W.else);
        return g.part(shared.expressions.expression);
      },
      otherwiseHint,
    );
    return { kind: "collectValue", range: g.range(start), ...what, ...(otherwise && { otherwise }) };
  });
  return { statement, value };
}

/** How many digits, and how one is asked for them: the clauses in any order. */
function wanted(g: Reader, { values, expressions: { head } }: Shared): Rule<Digits> {
  const prompt = option<Digits>(g, "collectPrompt", "prompt", () => {
    g.take(W.prompt);
    return { prompt: g.part(head) };
  });
  const within = option<Digits>(g, "collectWithin", "within", () => {
    g.take(W.within);
    return { within: g.part(head) };
  });
  const endedBy = option<Digits>(g, "endedBy", "ended by", () => {
    g.take(W.ended);
    g.take(W.by);
    return { endedBy: g.part(values.plainText) };
  });
  const tries = option<Digits>(g, "tries", "tries", () => {
    const start = g.start();
    g.take(W.tries);
    const times = g.part(head, 0);
    const again = g.maybe(() => {
      g.take(W.then);
      g.take(W.prompt);
      return g.part(head, 1);
    });
    return { tries: { range: g.range(start), times, ...(again && { prompt: again }) } };
  });
  const clause = g.oneOf("collectClause", [prompt, within, endedBy, tries], "how digits are collected");

  return g.rule("digits", (): Digits => {
    g.take(W.collect);
    const atLeast = g.part(values.number, 0);
    readSpan(g);
    const upTo = g.maybe(() => {
      g.take(T.Span);
      return g.part(values.number, 1);
    });
    g.word(["digits", "digit"], "`digits`");
    const found: Option<Digits>[] = [];
    g.each(() => found.push(g.part(clause)), 1);
    return clauses(g, { atLeast, atMost: upTo ?? atLeast }, found);
  });
}
