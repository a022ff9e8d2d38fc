import type { Strategy, Sub } from "../ast.ts";
import { callOutcomes } from "../builtins.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Names } from "../names.ts";
import type { CheckedProgram } from "../program.ts";
import type { Source } from "../source.ts";
import { unknown } from "../types.ts";
import { type Checking, within } from "./checking.ts";
import type { Frame, Passage, Walker } from "./frame.ts";
import { walkPlan } from "./queueing.ts";
import { checkSecrets, secretPath } from "./secrets.ts";
import { nothingKnown, outside } from "./state.ts";
import { walkBlock } from "./statements.ts";
import { foundIn, subs, walkSub } from "./subs.ts";

/**
 * Walks every strategy with the subs and plans it names, then subs and plans that nobody names, by themselves. Gives what was found
 * in subs.
 */
export function walkAll(
  { strategies, subs: allSubs, plans }: Pick<CheckedProgram, "strategies" | "subs" | "plans">,
  checkingOf: (source: Source) => Checking,
): Diagnostic[] {
  const walked = new Set<Sub>();
  const ran = new Set<Passage>();
  const walker: Walker = { block: walkBlock, run: subs(walkBlock, walked) };
  const frameOf = (one: { source: Source; names: Names }): Frame => ({
    checking: within(checkingOf(one.source), one),
    scope: outside(),
    queued: false,
    writes: new Set(),
    ran,
    walker,
  });
  for (const one of strategies) walkStrategy(one.strategy, frameOf(one));
  for (const plan of plans) {
    const frame = anywhere(frameOf(plan));
    if (!frame.checking.uses.has(plan.item)) walkPlan(plan, nothingKnown(), frame);
  }
  for (const sub of allSubs) {
    if (walked.has(sub.item)) continue;
    const frame = anywhere(frameOf(sub));
    const parameters = sub.item.parameters.map(() => unknown);
    ran.add(walkSub(sub, parameters, frame, walkBlock));
  }
  return foundIn(ran);
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
      strategy,
      secrets: new Set(secrets.map(secretPath)),
      ...(end !== undefined && { headEnd: { path: checking.source.path, range: { start: end, end } } }),
    },
  };
  walkBlock(body, nothingKnown(), frame);
  // The call may have ended anywhere.
  if (afterCall) walkBlock(afterCall, nothingKnown(), { ...frame, ended: callOutcomes });
}
