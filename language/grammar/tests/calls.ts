import type * as ast from "../../ast.ts";
import type { Expressions } from "../expressions.ts";
import { clauses, type Option, option } from "../options.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";

const { W } = T;

type Clause = Option<ast.CallLine> | ast.Press;

/** `call A from "+3461" to "5100" at 0s data { … } presses "1" when hears "menu" speaks 30s hangs up at 90s` */
export function callLine(g: Reader, values: Values, e: Expressions, press: Rule<ast.Press>): Rule<ast.CallLine> {
  const clause = g.oneOf<Clause>("callClause", [...onceEach(g, values, e), press], "what the caller does");
  return g.rule("callLine", (): ast.CallLine => {
    const start = g.start();
    g.take(W.call);
    const name = g.part(values.name);
    g.take(W.from);
    const from = g.part(values.plainText, 0);
    g.take(W.to);
    const to = g.part(values.plainText, 1);
    g.take(W.at);
    const at = g.part(values.duration);
    const found: Clause[] = [];
    g.each(() => found.push(g.part(clause)));
    const presses = found.filter((each) => each.kind === "press");
    const node: ast.CallLine = { kind: "callIn", range: g.range(start), name, from, to, at, presses };
    return clauses(
      g,
      node,
      found.filter((each) => each.kind === "option"),
    );
  });
}

function onceEach(g: Reader, values: Values, e: Expressions): Rule<Option<ast.CallLine>>[] {
  const data = option<ast.CallLine>(g, "callData", "data", () => {
    g.take(W.data);
    return { data: g.part(e.record) };
  });
  const speaks = option<ast.CallLine>(g, "speaks", "speaks", () => {
    g.take(W.speaks);
    return { speaks: g.part(values.duration) };
  });
  const hangsUp = option<ast.CallLine>(g, "hangsUp", "hangs up", () => {
    g.take(W.hangs);
    g.take(W.up);
    g.take(W.at);
    return { hangsUpAt: g.part(values.duration) };
  });
  return [data, speaks, hangsUp];
}
