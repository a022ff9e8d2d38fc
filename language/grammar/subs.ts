import type * as ast from "../ast.ts";
import { endList, orHole, stick } from "./holes.ts";
import { itemsOfFile } from "./items.ts";
import type { Reader, Rule } from "./reader.ts";
import { unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";
import type { Values } from "./values.ts";

const { W } = T;

/** `use "lib/crm.strategy"` (chapter 1 of the language). */
export function use(g: Reader, { plainText }: Values): Rule<ast.Use> {
  return g.rule("use", (): ast.Use => {
    const start = g.start();
    g.take(W.use);
    const path = g.part(plainText);
    return { kind: "use", range: g.range(start), path };
  });
}

/** `sub customer(phone) { … }` (chapter 4 of the language, at `run`). */
export function sub(g: Reader, { name }: Values, block: Rule<ast.Block>): Rule<ast.Sub> {
  const parameters = g.rule("parameters", (): ast.Name[] => {
    stick(g);
    g.take(T.LParen);
    const found = g.maybe(() => g.commas(name)) ?? [];
    endList(g, T.RParen);
    return found;
  });
  return g.rule("sub", (): ast.Sub => {
    const start = g.start();
    g.take(W.sub);
    const called = g.part(name);
    const given = orHole(g, () => g.part(parameters));
    const body = g.part(block);
    const names = Array.isArray(given) ? given : [];
    return { kind: "sub", range: g.range(start), name: called, parameters: names, body };
  });
}

/** `queue plan orders { … }` (chapter 5 of the language). */
export function queuePlan(g: Reader, { name }: Values, rules: Rule<ast.QueueRules>): Rule<ast.QueuePlan> {
  return g.rule("queuePlan", (): ast.QueuePlan => {
    if (g.isNext(W.queue) && !g.isNext(W.plan, 2)) g.fail(unexpected(g.next(), itemsOfFile));
    const start = g.start();
    g.take(W.queue);
    g.take(W.plan);
    const called = g.part(name);
    const own = g.part(rules);
    return { kind: "plan", range: g.range(start), name: called, ...own };
  });
}
