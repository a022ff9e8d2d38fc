import type { Handler, Queue, QueuePlan, QueueRules, Step } from "./ast.ts";

/** The lines that hold for a queue, its own and its plan's. */
export interface PlannedRules {
  rules: QueueRules;
  /** Lines, steps and handlers that the plan wrote: what they name is known in the plan's file, not here. */
  fromPlan: ReadonlySet<object>;
}

/**
 * `queue NAME by PLAN { … }`: the plan's lines with the queue's own. An own line wins over the plan's of its kind, own steps join
 * the plan's timeline by their time, and an own handler wins for its outcomes.
 */
export function plannedRules(queue: Queue, plan: QueuePlan | undefined): PlannedRules {
  if (!plan) return { rules: queue, fromPlan: new Set() };
  const handlers = remaining(plan.handlers, queue.handlers);
  const fromPlan = new Set<object>([...plan.steps, ...handlers]);
  const rules: QueueRules = {
    steps: inTime([...plan.steps, ...queue.steps]),
    handlers: [...queue.handlers, ...handlers],
  };
  for (const kind of singleLines) {
    const found = queue[kind] ?? plan[kind];
    if (found === undefined) continue;
    Object.assign(rules, { [kind]: found });
    if (queue[kind] === undefined) fromPlan.add(found);
  }
  return { rules, fromPlan };
}

/** What stands in the braces at most once. */
const singleLines = [
  "priority",
  "tier",
  "choose",
  "ringFor",
  "offerTo",
  "keepPlaceOf",
  "exclude",
  "showing",
  "giveUp",
  "whileWaiting",
] as const satisfies (keyof QueueRules)[];

/** Stable: of two steps at one time the plan's comes first. A step whose time is not written out stays behind the one before it. */
function inTime(steps: readonly Step[]): Step[] {
  let latest = 0;
  const placed = steps.map((step) => {
    if (step.at.kind === "duration") latest = step.at.ms;
    return { step, at: latest };
  });
  return placed.toSorted((a, b) => a.at - b.at).map(({ step }) => step);
}

/** The plan's handlers for what the queue does not handle itself. */
function remaining(planned: readonly Handler[], own: readonly Handler[]): Handler[] {
  const handled = new Set(own.flatMap((handler) => handler.outcomes.map((outcome) => outcome.name.text)));
  return planned.flatMap((handler) => {
    const outcomes = handler.outcomes.filter((outcome) => !handled.has(outcome.name.text));
    if (outcomes.length === 0) return [];
    return outcomes.length === handler.outcomes.length ? [handler] : [{ ...handler, outcomes }];
  });
}
