import type * as ast from "../ast.ts";
import { nameOf, type Values } from "./values.ts";
import { onLine } from "./holes.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

/* What several lines of a test share. */

/** After a noun every word is a name. */
export function nounName(g: Reader, rule: string): Rule<ast.Name> {
  return g.rule(rule, () => {
    onLine(g, "a name");
    return nameOf(g.take(T.AnyName));
  });
}

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
