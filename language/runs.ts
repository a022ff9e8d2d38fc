import type { Block, Run, RunValue, Statement } from "./ast.ts";
import { blocksOfQueue, statementsIn } from "./blocks.ts";
import type { Names } from "./names.ts";

/** The sub that a statement runs, as a statement or for a value. */
export function runIn(statement: Statement): Run | RunValue | undefined {
  if (statement.kind === "run") return statement;
  if (statement.kind !== "let" && statement.kind !== "set" && statement.kind !== "return") return undefined;
  return statement.value?.kind === "runValue" ? statement.value : undefined;
}

/** These blocks and those of all subs and queue plans that a call can come to from them. */
export function reachableBlocks(blocks: readonly Block[], names: Names): Block[] {
  const found: { block: Block; names: Names }[] = blocks.map((block) => ({ block, names }));
  const seen = new Set(blocks);
  const add = (block: Block, inside: Names): void => {
    if (seen.has(block)) return;
    seen.add(block);
    found.push({ block, names: inside });
  };
  for (const { block, names: known } of found) {
    for (const statement of statementsIn(block)) {
      const run = runIn(statement);
      const sub = run && known.subs.get(run.sub.text);
      if (sub) add(sub.item.body, sub.names);
      const plan = statement.kind === "queue" && statement.by ? known.plans.get(statement.by.text) : undefined;
      if (plan) for (const inside of blocksOfQueue(plan.item)) add(inside, plan.names);
    }
  }
  return found.map(({ block }) => block);
}
