import type { Queue, QueuePlan, QueueRules } from "../ast.ts";
import { type Declared, noPlans } from "../names.ts";
import { plannedRules } from "../planned.ts";
import { instead, markUsed, report, reportUnknown, within } from "./checking.ts";
import { type Frame, placeIn } from "./frame.ts";
import { checkFrozen } from "./frozen.ts";
import { walkRounds } from "./branches.ts";
import { walkHandlers } from "./outcomes.ts";
import { checkQueue } from "./queue.ts";
import { join, outside, type State } from "./state.ts";

/** A queue with the lines of its plan; these are read where they stand, with the names of the plan's file. */
export function walkQueue(queue: Queue, state: State, frame: Frame): State {
  const plan = planOf(queue, frame);
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const there = plan ? inPlan(plan, frame) : frame;
  const frameOf = (line: object): Frame => (fromPlan.has(line) ? there : frame);
  checkQueue(rules, (line) => placeIn({ ...frameOf(line), queued: false }, state));
  checkFrozen(rules, (line) => frameOf(line).checking);
  return walkWaiting(queue, rules, state, frame, frameOf);
}

/** A plan that no queue takes, by itself. */
export function walkPlan({ item }: Declared<QueuePlan>, state: State, frame: Frame): void {
  const at = () => placeIn({ ...frame, queued: false }, state);
  checkQueue(item, at);
  checkFrozen(item, () => frame.checking);
  const queue: Queue = { ...item, kind: "queue" };
  walkWaiting(queue, item, state, frame, () => frame);
}

function walkWaiting(
  queue: Queue,
  rules: QueueRules,
  state: State,
  frame: Frame,
  frameOf: (line: object) => Frame,
): State {
  const { whileWaiting } = rules;
  const leaving: State[] = [];
  const ways = [state];
  if (whileWaiting) {
    const inside = { ...frameOf(whileWaiting), queued: true, leaving };
    const round = walkRounds(whileWaiting, state, inside);
    // The waiting may be cut off anywhere, so what it changed may hold below or not.
    ways.push({ ...round, ended: false }, ...leaving);
  }
  const waited = { rules, leaves: leaving.length > 0 };
  return walkHandlers({ ...queue, handlers: rules.handlers }, waited, join(ways), frame, frameOf);
}

function planOf({ by }: Queue, { checking }: Frame): Declared<QueuePlan> | undefined {
  if (!by) return undefined;
  const plan = checking.names.plans.get(by.text);
  if (checking.names.plans === noPlans) {
    const hint = "write its lines out, or `run` a sub that has the queue";
    report(checking, "error", "S445", by.range, "inside a queue plan no queue takes over a plan", { hint });
  } else if (!plan) {
    const message = `there is no queue plan \`${by.text}\``;
    const { hint, write } = instead(by.text, checking.names.plans.keys());
    reportUnknown(checking, "S213", by.range, message, {
      hint: hint ?? "write `queue plan NAME { … }` at the top, or `use` the file that has it",
      ...(write !== undefined && { write }),
    });
  } else markUsed(checking, plan.item);
  return plan;
}

function inPlan(plan: Declared<QueuePlan>, frame: Frame): Frame {
  return { ...frame, checking: within(frame.checking, plan), scope: outside(), outcome: undefined };
}
