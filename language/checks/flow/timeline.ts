import type { Expr, Queue, QueuePlan, QueueRules, Step } from "../../ast.ts";
import type { Names } from "../../names.ts";
import { plannedRules } from "../../planned.ts";
import type { Range } from "../../source.ts";
import { type Checking, quote, report } from "../checking.ts";
import { isOutside } from "../targets.ts";
import { timeText } from "../words.ts";
import { checkWidening } from "./widening.ts";

/** What holds for a queue, and which of it stands in a plan and was looked at there. */
interface Timeline {
  checking: Checking;
  rules: QueueRules;
  elsewhere: ReadonlySet<unknown>;
}

/** The times of a queue, with those of its plan. */
export function checkTimeline(checking: Checking, queue: Queue, names: Names): void {
  checkOrder(checking, queue.steps);
  const plan = queue.by && names.plans.get(queue.by.text);
  // What an unknown plan would add is not missed.
  if (queue.by && !plan) return;
  const { rules, fromPlan } = plannedRules(queue, plan?.item);
  const { text, range } = queue.name;
  const isTorn = queue.unread !== undefined || plan?.item.unread !== undefined;
  if (rules.steps.length === 0) {
    if (isTorn) return;
    const message = `queue \`${text}\` has no step, so that nobody is ever rung`;
    report(checking, "error", "S409", range, message, { hint: "write `at 0s group NAME`" });
    return;
  }
  const [first] = queue.steps;
  if (first?.verb === "start" && plan?.item.steps.some(({ verb }) => verb === "start")) {
    const message = "only the first step says neither `add` nor `only`, and the plan has that";
    report(checking, "error", "S408", first.range, message, { hint: "`add` joins those before, `only` replaces them" });
    return;
  }
  if (!rules.giveUp && !isTorn) {
    const message = `queue \`${text}\` does not say when it gives up`;
    report(checking, "error", "S406", range, message, { hint: "write `give up after 8m`, or `give up never`" });
  }
  checkTimes({ checking, rules, elsewhere: fromPlan });
}

/** A plan by itself: a queue may add what it lacks. */
export function checkPlanTimes(checking: Checking, plan: QueuePlan): void {
  checkOrder(checking, plan.steps);
  checkTimes({ checking, rules: plan, elsewhere: new Set() });
}

/** The steps of one block as they are written. */
function checkOrder(checking: Checking, steps: readonly Step[]): void {
  let before: { ms: number; at: Expr } | undefined;
  for (const { at } of steps) {
    if (at.kind === "hole") continue;
    if (at.kind !== "duration") {
      const message = `${quote(checking, at.range)} is no time that a step can come at`;
      const hint = at.kind === "number" ? `give it a unit: \`${at.value}s\`` : "write it out, as `30s`";
      report(checking, "error", "S305", at.range, message, { hint });
    } else if (before && at.ms <= before.ms) {
      const message = `this step is not later than the one before it, at ${quote(checking, before.at.range)}`;
      report(checking, "error", "S408", at.range, message, { hint: "steps stand in the order of their times" });
    } else before = { ms: at.ms, at };
  }
}

function checkTimes(timeline: Timeline): void {
  const { checking, rules, elsewhere } = timeline;
  checkEnd(timeline);
  checkRingTime(timeline);
  checkAlone(timeline);
  checkWidening(checking, rules.steps, elsewhere);
}

/** The place to tell something of two lines of which at least one stands here. */
const ownOf = ({ elsewhere }: Timeline, ...lines: { line: object; range: Range }[]): Range | undefined =>
  lines.find(({ line }) => !elsewhere.has(line))?.range;

/** Steps that come when the queue has given up, and a wait without end. */
function checkEnd(timeline: Timeline): void {
  const { checking, rules } = timeline;
  const { giveUp, steps } = rules;
  if (!giveUp) return;
  if (giveUp.after.kind === "never" && ownOf(timeline, { line: giveUp, range: giveUp.range })) {
    const message = "a caller can wait for ever";
    report(checking, "warning", "S407", giveUp.range, message, { hint: "write `give up after 8m`" });
  }
  for (const step of steps) {
    if (giveUp.after.kind !== "duration" || step.at.kind !== "duration" || step.at.ms < giveUp.after.ms) continue;
    const range = ownOf(timeline, { line: step, range: step.at.range }, { line: giveUp, range: giveUp.range });
    const message = `the step at \`${timeText(step.at.ms)}\` never comes: the queue gives up at \`${timeText(giveUp.after.ms)}\``;
    if (range) report(checking, "warning", "S402", range, message, { hint: "give up later, or take the step out" });
  }
}

/** A step, or the end, that comes while the phones before it still ring. */
function checkRingTime(timeline: Timeline): void {
  const { checking, rules } = timeline;
  const { ringFor, giveUp, steps } = rules;
  const ringMs = ringFor ? msOf(ringFor) : checking.directory.defaults.ringForMs;
  steps.forEach((step, nth) => {
    const next = steps[nth + 1];
    const end = next ? { line: next, at: next.at } : giveUp && { line: giveUp, at: giveUp.after };
    if (!end || step.at.kind !== "duration" || end.at.kind !== "duration" || end.at.ms <= step.at.ms) return;
    if (end.at.ms - step.at.ms >= ringMs || step.targets.every(isOutside)) return;
    const range = ownOf(timeline, { line: end.line, range: end.at.range }, { line: step, range: step.at.range });
    const message = `\`${timeText(step.at.ms)}\` to \`${timeText(end.at.ms)}\` is shorter than phones ring, ${timeText(ringMs)}`;
    const hint = "whoever is rung last has less time to pick up";
    if (range) report(checking, "warning", "S410", range, message, { hint });
  });
}

const msOf = (time: Expr): number => (time.kind === "duration" ? time.ms : 0);

/** `only` parties outside, each rung once: when they did not pick up, nobody is left until the next step. */
function checkAlone(timeline: Timeline): void {
  const { checking, rules, elsewhere } = timeline;
  rules.steps.forEach((step, nth) => {
    if (step.verb !== "only" || elsewhere.has(step) || step.when || step.at.kind !== "duration") return;
    if (!step.targets.every(isOutside)) return;
    const times = step.targets.map((target) =>
      target.kind === "target" && !target.againEvery && target.for ? msOf(target.for) : Infinity,
    );
    const over = step.at.ms + times.reduce((most, ms) => Math.max(most, ms), 0);
    const next = rules.steps[nth + 1]?.at ?? rules.giveUp?.after;
    const until = next?.kind === "duration" ? next.ms : next?.kind === "never" ? Infinity : 0;
    if (over >= until) return;
    const message = `from \`${timeText(over)}\` to \`${timeText(until)}\` nobody is rung: \`only\` drops all others, and this is rung once`;
    report(checking, "warning", "S429", step.range, message, { hint: "write `add`, or `again every 30s`" });
  });
}
