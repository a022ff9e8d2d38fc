import type { Block, Run, RunValue, Statement } from "./ast.ts";
import { blocksOfQueue, statementsIn } from "./blocks.ts";
import type { Names } from "./names.ts";
import type { Source } from "./source.ts";

/** The sub that a statement runs, as a statement or for a value. */
export function runIn(statement: Statement): Run | RunValue | undefined {
  if (statement.kind === "run") return statement;
  if (statement.kind !== "let" && statement.kind !== "set" && statement.kind !== "return") return undefined;
  return statement.value?.kind === "runValue" ? statement.value : undefined;
}

/** A statement, the text it stands in and what that can name. */
export interface Reached {
  statement: Statement;
  source: Source;
  names: Names;
}

/** Every statement of these blocks and of the subs and queue plans that a call can come to from them, each once. */
export function reached(blocks: readonly Block[], source: Source, names: Names): Reached[] {
  const found: Reached[] = [];
  const open = [{ blocks, source, names }];
  const seen = new Set<unknown>();
  for (const at of open) {
    for (const statement of statementsIn(at.blocks)) {
      found.push({ statement, source: at.source, names: at.names });
      const sub = at.names.subs.get(runIn(statement)?.sub.text ?? "");
      if (sub && !seen.has(sub.item)) open.push({ ...sub, blocks: [sub.item.body] });
      const plan = statement.kind === "queue" && statement.by ? at.names.plans.get(statement.by.text) : undefined;
      if (plan && !seen.has(plan.item)) open.push({ ...plan, blocks: blocksOfQueue(plan.item) });
      for (const one of [sub, plan]) if (one) seen.add(one.item);
    }
  }
  return found;
}
