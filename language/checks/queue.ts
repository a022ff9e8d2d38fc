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
  if (queue.giveUp && queue.giveUp.after.kind !== "never")
    inferAs(queue.giveUp.after, at, ["duration"], "`give up after`");
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
