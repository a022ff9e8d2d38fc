import type * as ast from "../ast.ts";
import { calendar } from "./calendars.ts";
import { expressions } from "./expressions.ts";
import { statements } from "./statements.ts";
import { strategy } from "./strategy.ts";
import { queuePlan, sub, use } from "./subs.ts";
import { around } from "./tests/parties.ts";
import { tests } from "./tests/tests.ts";
import { traffic } from "./traffic/traffic.ts";
import { values } from "./values.ts";
import { orHole } from "./holes.ts";
import { itemsOfFile, row } from "./items.ts";
import { quality } from "./qualities.ts";
import type { Reader, Rule } from "./reader.ts";
import { unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";

export interface Grammar {
  reader: Reader;
  /** All items of a file. */
  items: Rule<ast.Item[]>;
  /** A `{`, one expression and nothing after it: part of a text. */
  part: Rule<ast.Expr>;
}

/** The whole grammar, for one reader. */
export function grammar(g: Reader): Grammar {
  const v = values(g);
  const e = expressions(g, v);
  const made = statements(g, v, e);
  const has = quality(g, v);
  const others = around(g, v, e);
  const rules: Rule<ast.Item>[] = [
    use(g, v),
    calendar(g, v),
    sub(g, v, made.block),
    queuePlan(g, v, made.queueRules),
    strategy(g, v, e, made),
    tests(g, v, e, has, others),
    traffic(g, v, has, others),
  ];
  const item = g.oneOf("item", rules, "an item");
  const words = ["strategy", "test", "use", "calendar", "sub", "queue", "traffic"];
  const topLevel = { rule: item, what: itemsOfFile, words };

  const items = g.rule("items", () => row(g, topLevel));
  const part = g.rule("part", () => {
    g.take(T.LBrace);
    // No item stands around it that could be passed over.
    const value = orHole(g, () => g.part(e.expression));
    if (value.kind !== "hole" && !g.RECORDING_PHASE && !g.isAtEnd()) g.report(unexpected(g.next(), "expected here"));
    return value;
  });
  g.complete();
  return { reader: g, items, part };
}
