import type * as ast from "../../ast.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";

/* What several lines of a test share. */

/** `after 4s`, if it stands here. */
export function after(g: Reader, values: Values): { after?: ast.Duration } {
  const found = g.maybe(() => {
    g.take(T.W.after, 9);
    return g.part(values.duration, 9);
  }, 9);
  return found ? { after: found } : {};
}

/** `at 5s`, if it stands here. */
export function at(g: Reader, values: Values): { at?: ast.Duration } {
  const found = g.maybe(() => {
    g.take(T.W.at, 8);
    return g.part(values.duration, 8);
  }, 8);
  return found ? { at: found } : {};
}

/** `presses "1" when hears "menu"` */
export function press(g: Reader, values: Values): Rule<ast.Press> {
  return g.rule("press", (): ast.Press => {
    const start = g.start();
    g.take(T.W.presses);
    const digits = g.part(values.plainText, 0);
    g.take(T.W.when);
    g.take(T.W.hears);
    const whenHears = g.part(values.plainText, 1);
    return { kind: "press", range: g.range(start), digits, whenHears };
  });
}
