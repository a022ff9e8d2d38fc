import type * as ast from "../../ast.ts";
import type { Expressions } from "../expressions.ts";
import type { Values } from "../values.ts";
import { onLine } from "../holes.ts";
import { clauses, type Option, option } from "../options.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";

const { W } = T;

type When = Option<Pick<ast.Expect, "at" | "within" | "after" | "before">>;

/** `expect A never offered to luc before 30s` */
export function expectLine(g: Reader, values: Values, e: Expressions): Rule<ast.Expect> {
  const what = expectation(g, values, e);
  const when = times(g, values);
  return g.rule("expect", (): ast.Expect => {
    const start = g.start();
    g.take(W.expect);
    const call = g.part(values.name);
    const never = g.maybe(() => g.take(W.never)) !== undefined;
    const expected = g.part(what);
    const found: When[] = [];
    g.each(() => found.push(g.part(when)));
    const node: ast.Expect = { kind: "expect", range: g.range(start), call, never, what: expected };
    return { ...node, ...clauses(g, {}, found) };
  });
}

/** `at 2s`, `within 200ms`, `after B ends`, `before 1m`. */
function times(g: Reader, values: Values): Rule<When> {
  const end = g.rule("endOfCall", () => {
    const call = g.part(values.name);
    g.take(W.ends);
    return call;
  });
  const moment = g.oneOf<ast.Duration | ast.Name>("moment", [values.duration, end], "a time\na duration or `B ends`");
  const duration = (word: "at" | "within"): Rule<When> =>
    option(g, `expect ${word}`, word, () => {
      g.take(W[word]);
      return { [word]: g.part(values.duration) };
    });
  const relative = (word: "after" | "before"): Rule<When> =>
    option(g, `expect ${word}`, word, () => {
      g.take(W[word]);
      onLine(g, "a time");
      return { [word]: g.part(moment) };
    });
  return g.oneOf("when", [duration("at"), duration("within"), relative("after"), relative("before")], "a time");
}

function expectation(g: Reader, values: Values, e: Expressions): Rule<ast.Expectation> {
  const party = g.oneOf<ast.Name | ast.Thing>("party", [values.name, e.thing], "who takes the call");
  const offered = g.rule("expectOffered", (): ast.Expectation => {
    g.take(W.offered);
    g.take(W.to);
    return { kind: "offered", to: g.part(party) };
  });
  const answered = g.rule("expectAnswered", (): ast.Expectation => {
    g.take(W.answered);
    g.take(W.by);
    return { kind: "answered", by: g.part(party) };
  });
  const hears = g.rule("expectHears", (): ast.Expectation => {
    g.take(W.hears);
    const prompt = g.part(values.plainText);
    const twice = g.maybe(() => g.take(W.twice)) !== undefined;
    return { kind: "hears", prompt, twice };
  });
  const waits = g.rule("expectWaits", (): ast.Expectation => {
    g.take(W.waits);
    g.take(W.in);
    g.take(W.queue);
    return { kind: "waits", queue: g.part(values.anyName) };
  });
  const ends = g.rule("expectEnds", (): ast.Expectation => {
    g.take(W.ends);
    const outcome = g.part(values.name);
    const mailbox = g.maybe(() => g.part(e.mailbox));
    return { kind: "ends", outcome, ...(mailbox && { mailbox }) };
  });
  const what = "what may be expected\n`offered to`, `answered by`, `hears`, `waits in` or `ends`";
  return g.oneOf("expectation", [offered, answered, hears, waits, ends], what);
}
