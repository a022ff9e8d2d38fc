import type * as ast from "../ast.ts";
import { attemptBody, gather, type Option, option, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { missing } from "./recovery.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `preview to top 8 of agents with … for 20s { … }` (chapter 6 of the language). */
export function preview(g: Reader, { expressions, lines, targets, handler }: Shared): Rule<ast.Preview> {
  const { expression, head } = expressions;
  const sound = option<ast.Preview>(g, "sound", "sound", () => {
    g.take(W.sound);
    return { sound: g.part(expression) };
  });
  const words = "all one by most people choose showing sound".split(" ");
  const options = [...modes(g, expression), lines.choose, lines.showing, sound];
  const body = attemptBody<ast.Preview>(g, "preview", words, [...options, handler]);

  return g.rule("preview", (): ast.Preview => {
    const start = g.start();
    g.take(W.preview);
    g.take(W.to);
    const top = g.maybe(() => {
      g.take(W.top);
      const most = g.part(head, 0);
      g.take(W.of);
      return most;
    });
    const whom = g.commas(targets.whom);
    g.take(W.for);
    const time = g.part(head, 1);
    const found = g.maybe(() => g.part(body), 1) ?? [];
    const node: ast.Preview = { kind: "preview", range: g.range(start), targets: whom, for: time, handlers: [] };
    return gather(g, { ...node, ...(top && { top }) }, found);
  });
}

/** `all at once`, or `one by one, at most 4 people` */
function modes(g: Reader, expression: Rule<ast.Expr>): Rule<Option<ast.Preview>>[] {
  const all = option<ast.Preview>(g, "allAtOnce", "all at once", () => {
    const start = g.start();
    g.take(W.all);
    g.take(W.at);
    g.take(W.once);
    return { mode: { range: g.range(start), is: "all at once" } };
  });
  const one = option<ast.Preview>(g, "oneByOne", "one by one", () => {
    const start = g.start();
    g.take(W.one);
    g.take(W.by);
    g.take(W.one, 1);
    if (g.isNext(W.at) && g.isNext(W.most, 2)) g.fail(missing("`,`", g.before()));
    const atMost = g.maybe(() => {
      g.take(T.Comma);
      g.take(W.at);
      g.take(W.most);
      const most = g.part(expression);
      g.take(W.people);
      return most;
    });
    return { mode: { range: g.range(start), is: "one by one", ...(atMost && { atMost }) } };
  });
  return [all, one];
}
