import type { Expr, Queue, Step, Target } from "../ast.ts";
import { choosers } from "../builtins.ts";
import { type Checking, instead, quote, report, reportUnknown } from "./checking.ts";
import { infer, inferAs, type Place } from "./expressions.ts";
import { checkSkills, skillsOf } from "./skills.ts";

/**
 * The options and the timeline of a queue; its waiting and handlers are walked elsewhere. All is taken on entry, before the call
 * has a place, but what is asked again as it waits: the `when` of steps, and parties outside.
 */
export function checkQueue(queue: Queue, at: Place): void {
  checkOrder(queue, at);
  for (const chooser of queue.choose ?? []) {
    const known = Object.hasOwn(choosers, chooser.name.text) ? choosers[chooser.name.text] : undefined;
    if (!known) {
      const message = `people cannot be chosen by \`${chooser.name.text}\``;
      report(
        at.checking,
        "error",
        "S208",
        chooser.name.range,
        message,
        instead(chooser.name.text, Object.keys(choosers)),
      );
    } else if (known.skill !== (chooser.skill !== undefined)) {
      const form = known.skill ? `${chooser.name.text}(SKILL)` : chooser.name.text;
      report(at.checking, "error", "S208", chooser.range, `this is written \`${form}\``);
    } else if (chooser.skill && !skillsOf(at.checking.directory).includes(chooser.skill.text)) {
      const message = `there is no skill \`${chooser.skill.text}\` in the directory`;
      const advice = instead(chooser.skill.text, skillsOf(at.checking.directory));
      reportUnknown(at.checking, "S207", chooser.skill.range, message, advice);
    }
  }
  if (queue.ringFor) inferAs(queue.ringFor, at, ["duration"], "`ring for`");
  if (queue.keepPlaceOf) inferAs(queue.keepPlaceOf, at, ["moment"], "`keep place of`");
  if (queue.exclude) checkExclude(queue.exclude, at);
  if (queue.showing) infer(queue.showing, at);
  for (const step of queue.steps) checkStep(step, at);
  checkTimeline(queue, at.checking);
  checkGiveUp(queue, at);
}

/** A queue is one line of calls, whichever block they came by: all its blocks have the same order rules, written alike. */
export function checkOneOrder(blocks: readonly { checking: Checking; queue: Queue }[]): void {
  const first = new Map<string, (typeof blocks)[number]>();
  for (const block of blocks) {
    const { name } = block.queue;
    const before = first.get(name.text);
    if (!before) first.set(name.text, block);
    if (!before || orderOf(before.queue) === orderOf(block.queue)) continue;
    const message = `queue \`${name.text}\` stands in another order than in the block before`;
    const related = [{ path: before.checking.source.path, range: before.queue.name.range, message: "the first block" }];
    const hint = "`priority`, `tier` and `choose by` are the same in all blocks of one queue";
    report(block.checking, "error", "S423", name.range, message, { hint, related });
  }
}

/** The rules without their places in the text. */
function orderOf({ priority, tier, choose }: Queue): string {
  return JSON.stringify([priority, tier, choose], (key, value: unknown) => (key === "range" ? undefined : value));
}

function checkOrder({ priority, tier }: Queue, at: Place): void {
  if (priority) {
    inferAs(priority.base, at, ["number"], "`priority`");
    if (priority.rising) {
      inferAs(priority.rising.by, at, ["number"], "`rising`");
      inferAs(priority.rising.every, at, ["duration"], "`every`");
      inferAs(priority.rising.upTo, at, ["number"], "`up to`");
    }
  }
  if (!tier) return;
  const { tiers } = at.checking.directory;
  if (!tiers.includes(tier.name.text)) {
    const message = `there is no tier \`${tier.name.text}\` in the directory`;
    reportUnknown(at.checking, "S208", tier.name.range, message, instead(tier.name.text, tiers));
  }
  if (tier.when) inferAs(tier.when, at, ["yes or no"], "`when`");
}

/** `missing` excludes nobody, so that a value that may be missing is fine here. */
function checkExclude(exclude: Expr, at: Place): void {
  const type = infer(exclude, at);
  const person = type.is === "list" ? (type.item ?? { is: "unknown" }) : type;
  if (["agent", "missing", "unknown"].includes(person.is)) return;
  const message = `\`exclude\` takes an agent or a list of agents, not ${quote(at.checking, exclude.range)}`;
  report(at.checking, "error", "S301", exclude.range, message, { hint: "write `agent NAME`" });
}

function checkStep(step: Step, at: Place): void {
  if (step.when) inferAs(step.when, { ...at, queued: true }, ["yes or no"], "`when`");
  for (const target of step.targets) checkTarget(target, at);
}

const callable = ["agent", "group", "number", "trunk", "site"];

function checkTarget(target: Target, entering: Place): void {
  if (target.kind === "skilled") {
    checkSkills(target.condition, entering);
    return;
  }
  const { thing } = target;
  if (thing.kind === "hole") return;
  const at = { ...entering, queued: thing.noun === "number" || thing.noun === "trunk" };
  if (!callable.includes(thing.noun)) {
    const message = `a \`${thing.noun}\` cannot take a call from a queue`;
    report(at.checking, "error", "S301", thing.range, message, { hint: "people, groups, numbers and trunks can" });
    return;
  }
  infer(thing, at);
  if (thing.noun === "number") checkOutside(at.checking, thing);
  for (const time of [target.for, target.againEvery]) if (time) inferAs(time, at, ["duration"], "this");
  if (target.for && (thing.noun === "agent" || thing.noun === "group")) {
    const message = "people are rung as long as `ring for` says";
    report(at.checking, "error", "S408", target.for.range, message, {
      hint: "a time of its own has only an outside party",
    });
  }
}

/** A number outside can be rung only by a trunk that the directory names for it. */
export function checkOutside(checking: Checking, expr: Expr): void {
  if (checking.directory.defaults.outbound.length > 0 || checking.torn) return;
  const message = `no trunk leads outside, so ${quote(checking, expr.range)} can never be rung`;
  report(checking, "warning", "S212", expr.range, message, {
    hint: "name trunks in the directory: `defaults: { outbound: [NAME] }`",
  });
}

function checkTimeline(queue: Queue, checking: Checking): void {
  if (queue.steps.length === 0) {
    const message = `queue \`${queue.name.text}\` has no step, so that nobody is ever rung`;
    report(checking, "error", "S409", queue.name.range, message, { hint: "write `at 0s group NAME`" });
    return;
  }
  let before: { ms: number; step: Step } | undefined;
  for (const step of queue.steps) {
    if (step.at.kind !== "duration") {
      checkWrittenOut(step, checking);
      continue;
    }
    checkBeforeEnd(step, step.at.ms, queue, checking);
    if (before && step.at.ms <= before.ms) {
      const message = `this step is not later than the one before it, at ${quote(checking, before.step.at.range)}`;
      report(checking, "error", "S408", step.at.range, message, { hint: "steps stand in the order of their times" });
    } else before = { ms: step.at.ms, step };
  }
}

function checkWrittenOut({ at }: Step, checking: Checking): void {
  if (at.kind === "hole") return;
  const message = `${quote(checking, at.range)} is no time that a step can come at`;
  const hint = at.kind === "number" ? `give it a unit: \`${at.value}s\`` : "write it out, as `30s`";
  report(checking, "error", "S305", at.range, message, { hint });
}

function checkBeforeEnd(step: Step, ms: number, { giveUp }: Queue, checking: Checking): void {
  if (giveUp?.after.kind !== "duration" || ms < giveUp.after.ms) return;
  const message = `this step never comes: the queue gives up at ${quote(checking, giveUp.after.range)}`;
  report(checking, "warning", "S402", step.at.range, message, { hint: "give up later, or take the step out" });
}

function checkGiveUp(queue: Queue, at: Place): void {
  const { checking } = at;
  const { giveUp } = queue;
  if (!giveUp) {
    const message = `queue \`${queue.name.text}\` does not say when it gives up`;
    report(checking, "error", "S406", queue.name.range, message, {
      hint: "write `give up after 8m`, or `give up never`",
    });
    return;
  }
  if (giveUp.after.kind === "never") {
    const message = `in queue \`${queue.name.text}\` a caller can wait for ever`;
    report(checking, "warning", "S407", giveUp.range, message, { hint: "write `give up after 8m`" });
  } else inferAs(giveUp.after, at, ["duration"], "`give up after`");
  checkRingTime(queue, checking);
}

/** A step, or the end, that comes while the phones before it still ring. */
function checkRingTime(queue: Queue, checking: Checking): void {
  const { ringFor, giveUp } = queue;
  const ringMs = ringFor ? (ringFor.kind === "duration" ? ringFor.ms : 0) : checking.directory.defaults.ringForMs;
  const ends = [...queue.steps.slice(1).map((step) => step.at), ...(giveUp ? [giveUp.after] : [])];
  queue.steps.forEach((step, index) => {
    const end = ends[index];
    if (step.at.kind !== "duration" || end?.kind !== "duration" || end.ms <= step.at.ms) return;
    if (end.ms - step.at.ms >= ringMs) return;
    const outside = step.targets.every(
      (target) => target.kind === "target" && target.thing.kind === "thing" && target.thing.noun === "number",
    );
    if (outside) return;
    const message = `${quote(checking, step.at.range)} to ${quote(checking, end.range)} is shorter than phones ring, ${ringMs / 1000}s`;
    report(checking, "warning", "S410", end.range, message, { hint: "whoever is rung last has less time to pick up" });
  });
}
