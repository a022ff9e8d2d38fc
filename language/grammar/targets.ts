import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** Who may take a call. */
export interface Targets {
  /** `agents with billing >= 4`, `group A` */
  whom: Rule<ast.Target>;
  /** The same; outside parties also `for 30s again every 1m`. */
  whomFor: Rule<ast.Target>;
}

const what = "a target\n`agents with …`, `group …`, `agent …` or `number …`";

export function targets(g: Reader, { expression, head, thing }: Expressions): Targets {
  const skilled = g.rule("skilled", (): ast.SkillTarget => {
    const start = g.start();
    g.take(W.agents);
    g.take(W.with);
    const condition = g.part(head);
    return { kind: "skilled", range: g.range(start), condition };
  });
  const named = g.rule("target", (): ast.ThingTarget => {
    const found = g.part(thing);
    return { kind: "target", range: found.range, thing: found };
  });
  const againEvery = g.rule("again", () => {
    g.take(W.again);
    g.take(W.every);
    return g.part(expression);
  });
  const namedFor = g.rule("targetFor", (): ast.ThingTarget => {
    const start = g.start();
    const found = g.part(thing);
    const ringing = g.maybe(() => {
      g.take(W.for);
      const time = g.part(expression);
      const again = g.maybe(() => g.part(againEvery), 1);
      return { for: time, ...(again && { againEvery: again }) };
    });
    return { kind: "target", range: g.range(start), thing: found, ...ringing };
  });
  return {
    whom: g.oneOf<ast.Target>("whom", [skilled, named], what),
    whomFor: g.oneOf<ast.Target>("whomFor", [skilled, namedFor], what),
  };
}
