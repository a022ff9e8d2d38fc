import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import type { Reader, Rule } from "./reader.ts";
import { mismatch, missing } from "./recovery.ts";
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
    noNeighbour(g);
    return { kind: "skilled", range: g.range(start), condition };
  });
  const named = g.rule("target", (): ast.ThingTarget => {
    const found = g.part(thing);
    noNeighbour(g);
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
    if (g.isNext(T.Duration)) g.fail(mismatch(W.for, g.next(), g.before(), g.isOnSameLine()));
    const ringing = g.maybe(() => {
      g.take(W.for);
      const time = g.part(expression);
      if (g.isNext(W.every)) g.fail(mismatch(W.again, g.next(), g.before(), g.isOnSameLine()));
      const again = g.maybe(() => g.part(againEvery), 1);
      return { for: time, ...(again && { againEvery: again }) };
    });
    noNeighbour(g);
    return { kind: "target", range: g.range(start), thing: found, ...ringing };
  });
  return {
    whom: g.oneOf<ast.Target>("whom", [skilled, named], what),
    whomFor: g.oneOf<ast.Target>("whomFor", [skilled, namedFor], what),
  };
}

/** Things in a row are separated by commas; none of them begins a line or a statement. */
export function noNeighbour(g: Reader): void {
  if (!g.isOnSameLine()) return;
  if (g.isNext(T.Noun) || g.isNext(W.agents) || g.isNext(W.mailbox)) g.fail(missing("`,`", g.before()));
  if (g.isNext(W.and)) g.fail(mismatch(T.Comma, g.next(), g.before(), true));
}
