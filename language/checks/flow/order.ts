import type { Queue, QueueRules } from "../../ast.ts";
import { type Checking, report } from "../checking.ts";

/** One block of a queue, with its plan's lines. */
export interface Ordered {
  checking: Checking;
  queue: Queue;
  rules: QueueRules;
}

/** A queue is one line of calls, whichever block they came by: all its blocks have the same order rules, written alike. */
export function checkOneOrder(blocks: readonly Ordered[]): void {
  const first = new Map<string, Ordered>();
  for (const block of blocks) {
    const { name, by } = block.queue;
    const before = first.get(name.text);
    if (!before) first.set(name.text, block);
    if (!before || orderOf(before.rules) === orderOf(block.rules)) continue;
    const message = `queue \`${name.text}\` stands in another order than in the block before`;
    const related = [{ path: before.checking.source.path, range: before.queue.name.range, message: "the first block" }];
    const hint = `\`priority\`, \`tier\` and \`choose by\` are the same in all blocks of one queue${by ? ", those of plans too" : ""}`;
    report(block.checking, "error", "S423", name.range, message, { hint, related });
  }
}

/** The rules without their places in the text. */
function orderOf({ priority, tier, choose }: QueueRules): string {
  return JSON.stringify([priority, tier, choose], (key, value: unknown) => (key === "range" ? undefined : value));
}
