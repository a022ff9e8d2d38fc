import {
  type Expr,
  plannedRules,
  type Queue,
  type QueueRules,
  type Step as StepNode,
  type Target,
} from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { lowerHandlers, type Where } from "./handlers.ts";
import { readsOf } from "./reads.ts";
import { makeChooser } from "../queue/choosers.ts";
import { lowerExpression } from "./expressions.ts";
import { lowerAllPeople, outsideKind } from "./people.ts";
import type { Outside, Plan, QueueOp, Step, When } from "./program.ts";
import type { Evaluate } from "./world.ts";

/** The queue's lines with those of its plan, which are written as they stand in the plan's own file. */
export function lowerQueue(queue: Queue, code: Assembly): void {
  const plan = queue.by && code.planCalled(queue.by.text);
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const where: Where = (line, write) => (plan && fromPlan.has(line) ? code.elsewhere(plan.names, write) : write());
  const op = code.emit<QueueOp>({
    op: "queue",
    at: queue.range,
    plan: lowerPlan(queue.name.text, rules, code, where),
    onces: [],
    handlers: {},
    next: 0,
  });
  const { whileWaiting } = rules;
  if (whileWaiting) {
    const top = code.here;
    where(whileWaiting, () => code.block(whileWaiting));
    code.emit({ op: "round", at: whileWaiting.range, to: top });
    op.body = top;
    op.onces = code.ops.slice(top).flatMap((each) => (each.op === "once" || each.op === "every" ? [each.slot] : []));
  }
  op.handlers = lowerHandlers(rules.handlers, code, where);
  op.next = code.here;
}

function lowerPlan(name: string, rules: QueueRules, code: Assembly, where: Where): Plan {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  /** One line of the block: of an expression itself, or of what holds some. */
  const line = <T extends object, R>(it: T | undefined, write: (it: T) => R): R | undefined =>
    it && where(it, () => write(it));
  return {
    name,
    priority: line(rules.priority, ({ base, rising }) => ({
      base: lower(base),
      rising: rising && { by: lower(rising.by), every: lower(rising.every), upTo: lower(rising.upTo) },
    })),
    tier: line(rules.tier, ({ name: tier, when }) => ({ tier: tier.text, when: when && lower(when) })),
    chooser: makeChooser((rules.choose ?? []).map((each) => ({ name: each.name.text, skill: each.skill?.text }))),
    ringFor: line(rules.ringFor, lower),
    offerTo: line(rules.offerTo, lower),
    keepPlaceOf: line(rules.keepPlaceOf, lower),
    exclude: line(rules.exclude, lower),
    showing: line(rules.showing, lower),
    steps: rules.steps.map((step) => where(step, () => lowerStep(step, code))),
    giveUp: line(rules.giveUp, ({ after }) => lower(after)),
  };
}

function lowerStep(step: StepNode, code: Assembly): Step {
  const lower = (expr: Expr): Evaluate => lowerExpression(expr, code);
  return {
    at: step.range,
    atMs: step.at.kind === "duration" ? step.at.ms : 0,
    verb: step.verb,
    people: lowerAllPeople(step.targets, code),
    outside: step.targets.flatMap((target) => lowerOutside(target, lower)),
    when: step.when && lowerWhen(step.when, code),
    asSoonAs: step.asSoonAs && lowerWhen(step.asSoonAs, code),
  };
}

function lowerWhen(expr: Expr, code: Assembly): When {
  return { condition: lowerExpression(expr, code), reads: readsOf(expr, code) };
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
