import type { Block, Expr, Handler, Queue, Step as StepNode, Target } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { isConstant, readsOf } from "./reads.ts";
import { makeChooser } from "../queue/choosers.ts";
import { lowerExpression } from "./expressions.ts";
import type { Handlers, Outside, Plan, QueueOp, Step } from "./program.ts";
import type { Condition } from "../queue/skills.ts";
import { type Freeze, lowerBelonging, lowerCondition } from "../queue/targets.ts";
import type { Evaluate } from "./world.ts";

/** How the parts of a queue block that hold statements are written; they hold queues in turn. */
interface Statements {
  lowerBlock(block: Block, code: Assembly): void;
  lowerHandlers(handlers: Handler[], code: Assembly): Handlers;
}

export function lowerQueue(queue: Queue, code: Assembly, statements: Statements): void {
  const op = code.emit<QueueOp>({
    op: "queue",
    at: queue.range,
    plan: lowerPlan(queue, code),
    onces: [],
    handlers: {},
    next: 0,
  });
  if (queue.whileWaiting) {
    const top = code.here;
    statements.lowerBlock(queue.whileWaiting, code);
    code.emit({ op: "round", at: queue.whileWaiting.range, to: top });
    op.body = top;
    op.onces = code.ops.slice(top).flatMap((each) => (each.op === "once" ? [each.slot] : []));
  }
  op.handlers = statements.lowerHandlers(queue.handlers, code);
  op.next = code.here;
}

function lowerPlan(queue: Queue, code: Assembly): Plan {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  const { priority, tier } = queue;
  return {
    name: queue.name.text,
    priority: priority && {
      base: lower(priority.base),
      rising: priority.rising && {
        by: lower(priority.rising.by),
        every: lower(priority.rising.every),
        upTo: lower(priority.rising.upTo),
      },
    },
    tier: tier && { tier: tier.name.text, when: tier.when && lower(tier.when) },
    chooser: makeChooser((queue.choose ?? []).map((each) => ({ name: each.name.text, skill: each.skill?.text }))),
    ringFor: queue.ringFor && lower(queue.ringFor),
    keepPlaceOf: queue.keepPlaceOf && lower(queue.keepPlaceOf),
    exclude: queue.exclude && lower(queue.exclude),
    showing: queue.showing && lower(queue.showing),
    steps: queue.steps.map((step) => lowerStep(step, code)),
    giveUp: queue.giveUp && lower(queue.giveUp.after),
  };
}

function lowerStep(step: StepNode, code: Assembly): Step {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  return {
    atMs: step.at.kind === "duration" ? step.at.ms : 0,
    verb: step.verb,
    people: lowerAllPeople(step.targets, code),
    outside: step.targets.flatMap((target) => lowerOutside(target, lower)),
    when: step.when && { condition: lower(step.when), reads: readsOf(step.when, code) },
  };
}

/** Targets that are constants are frozen once. */
function lowerAllPeople(targets: Target[], code: Assembly): Freeze | undefined {
  const freeze = anyOf(targets.flatMap((target) => lowerPeople(target, code)));
  if (freeze === undefined || !targets.every((target) => isConstant(target, code))) return freeze;
  let known: Condition | undefined;
  return (scope) => (known ??= freeze(scope));
}

function lowerPeople(target: Target, code: Assembly): Freeze[] {
  if (target.kind === "skilled") return [lowerCondition(target.condition, code)];
  if (target.thing.kind === "hole" || outsideKind(target.thing.noun) !== undefined) return [];
  return [lowerBelonging(lowerExpression(target.thing, code))];
}

function lowerOutside(target: Target, lower: (expr: Expr) => Evaluate): Outside[] {
  if (target.kind === "skilled" || target.thing.kind === "hole") return [];
  const kind = outsideKind(target.thing.noun);
  if (kind === undefined) return [];
  const { for: ringFor, againEvery } = target;
  return [
    {
      kind,
      target: lower(target.thing),
      ringFor: ringFor && lower(ringFor),
      againEvery: againEvery && lower(againEvery),
    },
  ];
}

function outsideKind(noun: string): Outside["kind"] | undefined {
  return noun === "number" || noun === "trunk" ? noun : undefined;
}

function anyOf(parts: Freeze[]): Freeze | undefined {
  const [first] = parts;
  if (parts.length < 2) return first;
  return (scope) => {
    const of: Condition[] = [];
    for (const part of parts) {
      const condition = part(scope);
      if (condition === undefined) return undefined;
      of.push(condition);
    }
    return { is: "any", of };
  };
}
