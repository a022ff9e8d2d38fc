import type * as ast from "../ast.ts";
import { outOfHead } from "./holes.ts";
import { attemptBody, gather, noValue, otherwiseHint, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { type Finding, missing } from "./recovery.ts";
import * as T from "./tokens.ts";

const { W } = T;

type Request = Omit<ast.Requesting, "range">;

/** `fetch GET crm "/customers" with { phone } within 1s`, then handlers, or `else` and a value; `send` has no value. */
export interface Requests {
  fetch: Rule<ast.Fetch>;
  send: Rule<ast.Send>;
  value: Rule<ast.FetchValue>;
}

export function requests(g: Reader, shared: Shared): Requests {
  const asked = request(g, shared);
  const fetchBody = attemptBody<ast.Fetch>(g, "fetch", [], [shared.handler]);
  const fetch = g.rule("fetch", (): ast.Fetch => {
    const start = g.start();
    g.take(W.fetch);
    const what = g.part(asked);
    noValue(g);
    const lines = g.maybe(() => g.part(fetchBody)) ?? [];
    return gather(g, { kind: "fetch", range: g.range(start), ...what, handlers: [] }, lines);
  });
  const sendBody = attemptBody<ast.Send>(g, "send", [], [shared.handler]);
  const send = g.rule("send", (): ast.Send => {
    const start = g.start();
    g.take(W.send);
    const what = g.part(asked);
    noValue(g);
    const lines = g.maybe(() => g.part(sendBody)) ?? [];
    return gather(g, { kind: "send", range: g.range(start), ...what, handlers: [] }, lines);
  });
  const value = g.rule("fetchValue", (): ast.FetchValue => {
    const start = g.start();
    g.take(W.fetch);
    const what = g.part(asked);
    const otherwise = g.must(
      W.else,
      () => {
        g.take(W.else);
        return g.part(shared.expressions.expression);
      },
      otherwiseHint,
    );
    return { kind: "fetchValue", range: g.range(start), ...what, ...(otherwise && { otherwise }) };
  });
  return { fetch, send, value };
}

const methods = "a method\n`GET`, `POST`, `PUT`, `PATCH` or `DELETE`";

/** `GET crm "/customers" with { phone } within 1s` */
function request(g: Reader, { values, expressions: { expression, head } }: Shared): Rule<Request> {
  return g.rule("request", (): Request => {
    const method = g.word(["GET", "POST", "PUT", "PATCH", "DELETE"], methods);
    if (g.isNext(T.Text) && !g.isNext(T.Text, 2)) g.fail(noHost(g));
    const host = g.part(values.name);
    const path = g.part(head, 0);
    if (g.isNext(T.LBrace) && !g.isNext(W.on, 2)) g.fail(missing("`with`", g.before()));
    const given = g.maybe(() => {
      g.take(W.with);
      return outOfHead(g, () => g.part(expression));
    });
    const within = g.must(
      W.within,
      () => {
        g.take(W.within);
        return g.part(head, 1);
      },
      "say how long at most: `within 1s`",
    );
    return { method, host, path, ...(given && { with: given }), ...(within && { within }) };
  });
}

function noHost(g: Reader): Finding {
  return { ...missing("the name of a host", g.before()), hint: "hosts have their addresses in the directory" };
}
