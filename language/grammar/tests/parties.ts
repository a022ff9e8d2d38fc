import type * as ast from "../../ast.ts";
import type { Expressions } from "../expressions.ts";
import { rangeOf } from "../lex.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";
import { after, press } from "./parts.ts";

/* How others behave in a test: outside parties, trunks, bots, hosts. */

const { W } = T;

/** What traffic says with the words of tests. */
export interface Around {
  http: Rule<ast.HttpLine>;
  bot: Rule<ast.BotLine>;
  press: Rule<ast.Press>;
}

export function around(g: Reader, values: Values, e: Expressions): Around {
  return { http: httpLine(g, values, e), bot: botLine(g, values, e), press: press(g, values) };
}

/** `number duty is busy` · `number "+1509…" answers after 10s presses "1" when hears "p"` · `does not answer` */
export function numberLine(g: Reader, values: Values, e: Expressions, press: Rule<ast.Press>): Rule<ast.NumberLine> {
  type Act = Pick<ast.NumberLine, "act" | "after" | "presses">;
  const answers = g.rule("numberAnswers", (): Act => {
    g.take(W.answers);
    const delay = after(g, values);
    const presses: ast.Press[] = [];
    g.each(() => presses.push(g.part(press)));
    return { act: "answers", ...delay, presses };
  });
  const busy = g.rule("numberBusy", (): Act => {
    g.take(W.is);
    g.take(W.busy);
    return { act: "busy", presses: [] };
  });
  const noAnswer = g.rule("numberSilent", (): Act => {
    g.take(W.does);
    g.take(W.not);
    g.take(W.answer);
    return { act: "silent", presses: [] };
  });
  const act = g.oneOf("numberActs", [answers, busy, noAnswer], "`answers`, `is busy` or `does not answer`");

  return g.rule("numberAct", (): ast.NumberLine => {
    const start = g.start();
    const number = g.part(e.number);
    const acts = g.part(act);
    return { kind: "numberAct", range: g.range(start), number, ...acts };
  });
}

/** `trunk a replies 503` · `is silent` · `answers after 3s` */
export function trunkLine(g: Reader, values: Values): Rule<ast.TrunkLine> {
  type Act = Pick<ast.TrunkLine, "act" | "code" | "after">;
  const answers = g.rule("trunkAnswers", (): Act => {
    g.take(W.answers);
    return { act: "answers", ...after(g, values) };
  });
  const acts: Rule<Act>[] = [repliesCode(g, values, "trunk"), isSilent(g, "trunk"), answers];
  const act = g.oneOf("trunkActs", acts, "`replies`, `is silent` or `answers`");

  return g.rule("trunkAct", (): ast.TrunkLine => {
    const start = g.start();
    g.take(W.trunk);
    const trunk = g.part(values.anyName);
    const said = g.part(act);
    return { kind: "trunkAct", range: g.range(start), trunk, ...said };
  });
}

/** `bot b transfers after 20s with { … }` · `hangs up after 20s` · `replies 503` · `is silent` */
function botLine(g: Reader, values: Values, e: Expressions): Rule<ast.BotLine> {
  type Act = Pick<ast.BotLine, "act" | "after" | "with" | "code">;
  const transfers = g.rule("botTransfers", (): Act => {
    g.take(W.transfers);
    const delay = after(g, values);
    const given = g.maybe(() => {
      g.take(W.with);
      return g.part(e.record);
    });
    return { act: "transfers", ...delay, ...(given && { with: given }) };
  });
  const hangsUp = g.rule("botHangsUp", (): Act => {
    g.take(W.hangs);
    g.take(W.up);
    return { act: "hangsUp", ...after(g, values) };
  });
  const acts: Rule<Act>[] = [transfers, hangsUp, repliesCode(g, values, "bot"), isSilent(g, "bot")];
  const act = g.oneOf("botActs", acts, "`transfers`, `hangs up`, `replies` or `is silent`");

  return g.rule("botAct", (): ast.BotLine => {
    const start = g.start();
    g.take(W.bot);
    const bot = g.part(values.anyName);
    const said = g.part(act);
    return { kind: "botAct", range: g.range(start), bot, ...said };
  });
}

/** `http crm "/c*" replies { tier: "gold" } after 300ms` · `replies 503` · `is silent` */
function httpLine(g: Reader, values: Values, e: Expressions): Rule<ast.HttpLine> {
  type Act = Pick<ast.HttpLine, "act" | "body" | "code" | "after">;
  const missing = g.rule("missingReply", (): ast.Missing => {
    return { kind: "missing", range: rangeOf(g.take(W.missing)) };
  });
  const bodies: Rule<ast.Record_ | ast.List | ast.Missing>[] = [e.record, e.list, missing];
  const body = g.oneOf("httpBody", bodies, "a record");
  const replies = g.rule("httpReplies", (): Act => {
    g.take(W.replies);
    const withBody = (): Act => ({ act: "replies", body: g.part(body) });
    const withCode = (): Act => ({ act: "replies", code: g.part(values.number) });
    const reply = g.either(
      [withBody, withCode],
      'a reply\na record such as `{ tier: "gold" }`, or a status such as `503`',
    );
    return { ...reply, ...after(g, values) };
  });
  const act = g.oneOf("httpActs", [replies, isSilent(g, "http")], "`replies` or `is silent`");

  return g.rule("httpAct", (): ast.HttpLine => {
    const start = g.start();
    g.take(W.http);
    const host = g.part(values.anyName);
    const path = g.part(values.plainText);
    const said = g.part(act);
    return { kind: "httpAct", range: g.range(start), host, path, ...said };
  });
}

function repliesCode(g: Reader, values: Values, who: string): Rule<{ act: "replies"; code: ast.Num }> {
  return g.rule(`${who}Replies`, () => {
    g.take(W.replies);
    const code = g.part(values.number);
    return { act: "replies", code };
  });
}

function isSilent(g: Reader, who: string): Rule<{ act: "silent" }> {
  return g.rule(`${who}Silent`, () => {
    g.take(W.is);
    g.take(W.silent);
    return { act: "silent" };
  });
}
