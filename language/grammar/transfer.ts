import type * as ast from "../ast.ts";
import { attemptBody, gather, type Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `transfer to X { … }`, `refer to URI { … }` */
export function transfers(g: Reader, shared: Shared): Rule<ast.Transfer | ast.Refer>[] {
  return [handedOn(g, shared, "transfer"), handedOn(g, shared, "refer")];
}

function handedOn(g: Reader, shared: Shared, kind: "transfer" | "refer"): Rule<ast.Transfer | ast.Refer> {
  type Node = ast.Transfer | ast.Refer;
  const { lines, handler, expressions } = shared;
  const body = attemptBody<Node>(g, kind, ["uui", "header"], [lines.uui, lines.header, handler]);
  return g.rule(kind, (): Node => {
    const start = g.start();
    g.take(W[kind]);
    g.take(W.to);
    const to = g.part(expressions.head);
    const found = g.maybe(() => g.part(body)) ?? [];
    return gather<Node>(g, { kind, range: g.range(start), to, headers: [], handlers: [] }, found);
  });
}
