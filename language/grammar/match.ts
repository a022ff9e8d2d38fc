import type * as ast from "../ast.ts";
import { braced } from "./items.ts";
import type { Reader, Rule } from "./reader.ts";
import type { Finding } from "./recovery.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";

export interface Arms<V> {
  arms: ast.Arm<V>[];
  otherwise: V | undefined;
}

type Line<V> = ast.Arm<V> | { kind: "else"; range: Range; body: V };

/**
 * `{ a, b -> BODY  else -> BODY }`: the arms of a match, whose bodies are blocks where it is a statement and values where it
 * gives one.
 */
export function arms<V>(g: Reader, name: string, pattern: Rule<ast.Pattern>, body: Rule<V>): Rule<Arms<V>> {
  const otherwise = g.rule(`${name}Else`, (): Line<V> => {
    const start = g.start();
    g.take(T.W.else);
    g.take(T.Arrow);
    const given = g.part(body);
    return { kind: "else", range: g.range(start), body: given };
  });
  const arm = g.rule(`${name}Arm`, (): Line<V> => {
    const start = g.start();
    const patterns = g.commas(pattern);
    g.take(T.Arrow);
    const given = g.part(body);
    return { kind: "arm", range: g.range(start), patterns, body: given };
  });
  const line = g.oneOf(`${name}Line`, [otherwise, arm], "an arm of a match");
  const items = { rule: line, what: "an arm of a match", words: ["else"] };

  return g.rule(`${name}Arms`, (): Arms<V> => {
    const found = braced(g, items);
    const last = found.at(-1);
    for (const each of found) if (each.kind === "else" && each !== last) g.note(elseComesLast(each.range));
    return {
      arms: found.filter((each) => each.kind === "arm"),
      otherwise: found.find((each) => each.kind === "else")?.body,
    };
  });
}

function elseComesLast({ start }: Range): Finding {
  return { code: "S107", message: "`else` is the last arm of a match", range: { start, end: start + "else".length } };
}
