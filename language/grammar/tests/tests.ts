import type * as ast from "../../ast.ts";
import type { Expressions } from "../expressions.ts";
import { braced } from "../items.ts";
import type { Quality } from "../qualities.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";
import { agentLine } from "./agents.ts";
import { callLine } from "./calls.ts";
import { expectLine } from "./expects.ts";
import { type Around, numberLine, trunkLine } from "./parties.ts";
import { givenLines } from "./given.ts";

/** What begins a line of a test, and what one goes on with. */
const words = (
  "clock prompt agent number trunk call expect flag counter split site http bot ewt " +
  "at within after before twice data presses speaks hangs ends until talks"
).split(" ");

/** `test "…" for "…" { lines }` (chapter 10 of the language). No line begins with a word that continues another. */
export function tests(
  g: Reader,
  values: Values,
  e: Expressions,
  quality: Rule<Quality>,
  { http, bot, press }: Around,
): Rule<ast.Test> {
  const lines: Rule<ast.TestLine>[] = [
    ...givenLines(g, values, e),
    agentLine(g, values, quality),
    http,
    numberLine(g, values, e, press),
    trunkLine(g, values),
    bot,
    callLine(g, values, e, press),
    expectLine(g, values, e),
  ];
  const line = g.oneOf("testLine", lines, "a line of a test");
  const hole = (range: ast.Hole["range"]): ast.Hole => ({ kind: "hole", range });
  const items = { rule: line, what: "a line of a test", words, hole };

  return g.rule("test", (): ast.Test => {
    const start = g.start();
    g.take(T.W.test);
    const name = g.part(values.plainText, 0);
    g.take(T.W.for);
    const strategy = g.part(values.plainText, 1);
    const found = braced(g, items);
    return { kind: "test", range: g.range(start), name, strategy, lines: found };
  });
}
