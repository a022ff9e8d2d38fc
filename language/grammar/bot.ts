import type * as ast from "../ast.ts";
import { attemptBody, gather, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `ask bot helpdesk over trunk livehub { … }` (chapter 7 of the language). */
export function ask(g: Reader, { expressions: { thing }, lines, handler }: Shared): Rule<ast.Ask> {
  const words = ["uui", "header", "give", "give up", "after"];
  const body = attemptBody<ast.Ask>(g, "ask", words, [lines.uui, lines.header, lines.giveUp, handler]);
  const whom = g.oneOf("askedBot", [thing], "a bot\n`bot …`");
  const by = g.oneOf("overTrunk", [thing], "a trunk\n`trunk …`");

  return g.rule("ask", (): ast.Ask => {
    const start = g.start();
    g.take(W.ask);
    const bot = g.part(whom);
    const over = g.maybe(() => {
      g.take(W.over);
      return g.part(by);
    });
    const found = g.maybe(() => g.part(body), 1) ?? [];
    const node: ast.Ask = { kind: "ask", range: g.range(start), bot, headers: [], handlers: [] };
    return gather(g, { ...node, ...(over && { over }) }, found);
  });
}
