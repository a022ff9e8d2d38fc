import type { Strategy } from "../ast.ts";
import { callOutcomes } from "../builtins.ts";
import type { Declared, Names } from "../names.ts";
import type { CheckedProgram } from "../program.ts";
import type { Source } from "../source.ts";
import { unknown } from "../types.ts";
import type { Checking } from "./checking.ts";
import type { Frame, Walker } from "./frame.ts";
import { walkPlan } from "./queueing.ts";
import { checkSecrets, secretPath } from "./secrets.ts";
import { nothingKnown, outside } from "./state.ts";
import { walkBlock } from "./statements.ts";
import { subs, walkSub } from "./subs.ts";

/** Walks every strategy with the subs and plans it names, then subs and plans that nobody names, by themselves. */
export function walkAll(
  { strategies, subs: allSubs, plans }: Pick<CheckedProgram, "strategies" | "subs" | "plans">,
  checkingOf: (source: Source) => Checking,
): void {
  const walker: Walker = { block: walkBlock, run: subs(walkBlock) };
  const frameOf = ({ source }: { source: Source; names: Names }): Frame => ({
    checking: checkingOf(source),
    scope: outside(),
    queued: false,
    writes: new Set(),
    walker,
  });
  for (const one of strategies) walkStrategy(one.strategy, frameOf(one));
  const alone = ({ source, item, names }: Declared<object>): Frame | undefined =>
    checkingOf(source).uses.has(item) ? undefined : anywhere(frameOf({ source, names }));
  for (const plan of plans) {
    const frame = alone(plan);
    if (frame) walkPlan(plan, nothingKnown(), frame);
  }
  for (const sub of allSubs) {
    const frame = alone(sub);
    if (frame)
      frame.checking.diagnostics.push(
        ...walkSub(
          sub,
          sub.item.parameters.map(() => unknown),
          frame,
          walkBlock,
        ).found,
      );
  }
}

/** Nobody knows where a sub is run that nobody runs: whatever can be known there may be asked. */
const anywhere = (frame: Frame): Frame => ({ ...frame, queued: true, ended: callOutcomes, leaving: [] });

function walkStrategy(strategy: Strategy, outer: Frame): void {
  const { secrets, defaultRoute, body, afterCall } = strategy;
  const { checking } = outer;
  checkSecrets(checking, secrets);
  const end = (secrets.at(-1) ?? defaultRoute)?.range.end;
  const frame: Frame = {
    ...outer,
    checking: {
      ...checking,
      secrets: new Set(secrets.map(secretPath)),
      ...(end !== undefined && { headEnd: { path: checking.source.path, range: { start: end, end } } }),
    },
  };
  walkBlock(body, nothingKnown(), frame);
  // The call may have ended anywhere.
  if (afterCall) walkBlock(afterCall, nothingKnown(), { ...frame, ended: callOutcomes });
}
