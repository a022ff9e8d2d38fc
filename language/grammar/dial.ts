import type * as ast from "../ast.ts";
import { attemptBody, gather, option, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { unexpected } from "./recovery.ts";
import { noNeighbour } from "./targets.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `dial call.to via trunk a, trunk b { … }` (chapter 8 of the language). */
export function dial(g: Reader, { expressions, lines, handler }: Shared): Rule<ast.Dial> {
  const { expression, head, thing } = expressions;
  const order = option<ast.Dial>(g, "order", "order", () => {
    const start = g.start();
    g.take(W.order);
    const is = g.word(["rotate", "random", "priority"], "`rotate`, `random` or `priority`");
    return { order: { range: g.range(start), is } };
  });
  const ringbackWithin = option<ast.Dial>(g, "ringbackWithin", "ringback within", () => {
    g.take(W.ringback);
    g.take(W.within);
    return { ringbackWithin: g.part(expression) };
  });
  const answerWithin = option<ast.Dial>(g, "answerWithin", "answer within", () => {
    g.take(W.answer);
    g.take(W.within);
    return { answerWithin: g.part(expression) };
  });
  const stopOn = option<ast.Dial>(g, "stopOn", "stop on", () => {
    g.take(W.stop);
    g.take(W.on);
    return { stopOn: g.commas(expression) };
  });
  const from = option<ast.Dial>(g, "dialFrom", "from", () => {
    g.take(W.from);
    return { from: g.part(expression) };
  });
  const options = [order, ringbackWithin, answerWithin, stopOn, from, lines.uui];
  const words = "order rotate random priority ringback answer within stop from uui header".split(" ");
  const body = attemptBody<ast.Dial>(g, "dial", words, [...options, lines.header, handler]);
  const trunk = g.oneOf("viaTrunk", [thing], "a trunk\n`trunk …`");

  return g.rule("dial", (): ast.Dial => {
    const start = g.start();
    g.take(W.dial);
    if (g.isNext(W.to) && !g.isNext(W.via, 2)) {
      g.report({ ...unexpected(g.next(), "expected here"), hint: "write `dial NUMBER via …`", write: "" });
      g.pass();
    }
    const number = g.part(head);
    g.take(W.via);
    const via = g.commas(trunk);
    noNeighbour(g);
    const found = g.maybe(() => g.part(body)) ?? [];
    return gather(g, { kind: "dial", range: g.range(start), number, via, headers: [], handlers: [] }, found);
  });
}
