import type * as ast from "../ast.ts";
import { attemptBody, gather, type Option, option, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `callback to N { … }`: the caller hangs up and keeps his place. */
export function callback(g: Reader, shared: Shared): Rule<ast.Callback> {
  const { expression, head } = shared.expressions;
  const attempts = option<ast.Callback>(g, "attempts", "attempts", () => {
    const start = g.start();
    g.take(W.attempts);
    const times = g.part(expression, 0);
    const every = g.maybe(() => {
      g.take(W.every);
      return g.part(expression, 1);
    });
    return { attempts: { range: g.range(start), times, ...(every && { every }) } };
  });
  const agentFirst = option<ast.Callback>(g, "agentFirst", "agent first", () => {
    g.take(W.agent);
    g.take(W.first);
    return { agentFirst: true };
  });
  const announce = option<ast.Callback>(g, "announce", "announce", () => {
    g.take(W.announce);
    return { announce: g.part(expression) };
  });
  const afterCallback = option<ast.Callback>(g, "afterCallback", "after callback", () => {
    g.take(W.after);
    g.take(W.callback);
    return { afterCallback: g.part(shared.block) };
  });
  const words = "expires attempts every agent first announce after callback".split(" ");
  const options = [expires(g, expression), attempts, agentFirst, announce, afterCallback];
  const body = attemptBody<ast.Callback>(g, "callback", words, [...options, shared.handler]);

  return g.rule("callback", (): ast.Callback => {
    const start = g.start();
    g.take(W.callback);
    g.take(W.to);
    const to = g.part(head);
    const found = g.maybe(() => g.part(body)) ?? [];
    return gather(g, { kind: "callback", range: g.range(start), to, agentFirst: false, handlers: [] }, found);
  });
}

/** `expires after 4h`, `expires at closing(office)` */
function expires(g: Reader, expression: Rule<ast.Expr>): Rule<Option<ast.Callback>> {
  type When = { after: ast.Expr } | { at: ast.Expr };
  const after = g.rule("expiresAfter", (): When => {
    g.take(W.after);
    return { after: g.part(expression) };
  });
  const at = g.rule("expiresAt", (): When => {
    g.take(W.at);
    return { at: g.part(expression) };
  });
  const when = g.oneOf("expiresWhen", [after, at], "`after` or `at`");
  return option(g, "expires", "expires", () => {
    const start = g.start();
    g.take(W.expires);
    const time = g.part(when);
    return { expires: { range: g.range(start), ...time } };
  });
}
