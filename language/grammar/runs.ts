import type * as ast from "../ast.ts";
import type { Shared } from "./options.ts";
import type { Reader, Rule } from "./reader.ts";
import { missing, unexpected } from "./recovery.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** `run offer_callback(call.from)`; in a value also `within 1s else V`. */
export interface Runs {
  statement: Rule<ast.Run>;
  value: Rule<ast.RunValue>;
}

export function runs(g: Reader, { values, expressions }: Pick<Shared, "values" | "expressions">): Runs {
  const called = g.rule("called", () => {
    g.take(W.run);
    const sub = g.part(values.name);
    const args = g.part(expressions.args);
    return { sub, args };
  });
  const statement = g.rule("run", (): ast.Run => {
    const start = g.start();
    const what = g.part(called);
    if (g.isNext(W.within)) g.fail({ ...unexpected(g.next(), "expected here"), hint: "only `let x = run …` waits so" });
    return { kind: "run", range: g.range(start), ...what };
  });
  const value = g.rule("runValue", (): ast.RunValue => {
    const start = g.start();
    const what = g.part(called);
    if (g.isNext(W.else))
      g.fail({ ...missing("`within`", g.before()), hint: "write `within 1s else …`, or no `else`" });
    const limit = g.maybe(() => {
      g.take(W.within);
      const within = g.part(expressions.expression, 0);
      g.take(W.else);
      const otherwise = g.part(expressions.expression, 1);
      return { within, otherwise };
    });
    return { kind: "runValue", range: g.range(start), ...what, ...limit };
  });
  return { statement, value };
}
