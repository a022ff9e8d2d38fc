import type * as ast from "../ast.ts";
import { binding, plainOf, type Values } from "./values.ts";
import { stick } from "./holes.ts";
import { attemptBody, gather, type Option, option, type Shared } from "./options.ts";

import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `on busy, failed(code) { … }` */
export function handlers(g: Reader, values: Values, block: Rule<ast.Block>): Rule<ast.Handler> {
  const named = g.rule("outcomeName", (): ast.OutcomePattern => {
    const start = g.start();
    const name = g.part(values.name);
    const bound = g.maybe(() => binding(g, values.name));
    return { kind: "outcome", range: g.range(start), name, digits: false, ...(bound && { binding: bound }) };
  });
  const pressed = g.rule("outcomeDigits", (): ast.OutcomePattern => {
    const start = g.start();
    const quoted = g.part(values.plainText);
    const range = g.range(start);
    return { kind: "outcome", range, name: { kind: "name", range, text: plainOf(g, quoted) }, digits: true };
  });
  const outcome = g.oneOf("outcome", [named, pressed], "an outcome");
  return g.rule("handler", (): ast.Handler => {
    const start = g.start();
    g.take(W.on);
    const outcomes = g.commas(outcome);
    const body = g.part(block);
    return { kind: "handler", range: g.range(start), outcomes, body };
  });
}

/** `ring T for 20s { … }` and `ring all of T for 20s`. */
export function ring(g: Reader, shared: Shared): Rule<ast.Ring> {
  const { expression, head } = shared.expressions;
  const at = option<ast.Ring>(g, "ringAt", "at", () => {
    g.take(W.at);
    return { at: g.part(expression) };
  });
  const confirmed = option<ast.Ring>(g, "confirmed", "confirmed", () => {
    const start = g.start();
    g.take(W.confirmed);
    g.take(W.by);
    const by = g.part(shared.values.plainText);
    g.take(W.prompt);
    const prompt = g.part(expression);
    return { confirmed: { range: g.range(start), by, prompt } };
  });
  const rules = [at, noAnswerMakes(g, shared.values), confirmed, shared.lines.showing, shared.handler];
  const words = ["at", "no_answer", "makes", "confirmed", "prompt", "showing"];
  const body = attemptBody<ast.Ring>(g, "ring", words, rules);

  return g.rule("ring", (): ast.Ring => {
    const start = g.start();
    g.take(W.ring);
    const all = g.maybe(() => {
      g.take(W.all);
      return g.take(W.of);
    });
    const target = g.part(head, 0);
    g.take(W.for);
    const time = g.part(head, 1);
    const lines = g.maybe(() => g.part(body), 1) ?? [];
    const range = g.range(start);
    return gather(g, { kind: "ring", range, all: all !== undefined, target, for: time, handlers: [] }, lines);
  });
}

/** `no_answer makes not_ready("no answer")` */
function noAnswerMakes(g: Reader, values: Values): Rule<Option<ast.Ring>> {
  return option<ast.Ring>(g, "noAnswerMakes", "no_answer makes", () => {
    const start = g.start();
    g.take(W.no_answer);
    g.take(W.makes);
    const state = g.part(values.name);
    const reason = g.maybe(() => {
      stick(g);
      g.take(T.LParen);
      const given = g.part(values.plainText);
      g.take(T.RParen);
      return given;
    });
    return { noAnswerMakes: { range: g.range(start), state, ...(reason && { reason }) } };
  });
}

/** `voicemail to mailbox M { subject … }` */
export function voicemail(g: Reader, shared: Shared): Rule<ast.Voicemail> {
  const { expression, head } = shared.expressions;
  const subject = option<ast.Voicemail>(g, "subject", "subject", () => {
    g.take(W.subject);
    return { subject: g.part(expression) };
  });
  const body = attemptBody<ast.Voicemail>(g, "voicemail", ["subject"], [subject, shared.handler]);

  return g.rule("voicemail", (): ast.Voicemail => {
    const start = g.start();
    g.take(W.voicemail);
    g.take(W.to);
    const mailbox = g.part(head);
    const lines = g.maybe(() => g.part(body)) ?? [];
    return gather(g, { kind: "voicemail", range: g.range(start), mailbox, handlers: [] }, lines);
  });
}
