import type { Chooser, Expr, QueueRules, Record_, Step, Target, Thing } from "../ast.ts";
import { choosers } from "../builtins.ts";
import { type Checking, instead, quote, report, reportUnknown } from "./checking.ts";
import { infer, inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkOutside } from "./outside.ts";
import { inferCount, inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";
import { skillsOf } from "../directory/skills.ts";
import { checkSkills, checkSomebody } from "./skills.ts";
import { isOutside } from "./targets.ts";
import { fixedName } from "./things.ts";

/** Where a line is read: those of a plan may stand in another file. */
export type PlaceOf = (line: object) => Place;

/**
 * The options and the timeline; its waiting and handlers are walked elsewhere. All is taken on entry, before the call has a place,
 * but what is asked again as it waits: the `when` of steps, and parties outside.
 */
export function checkQueue(rules: QueueRules, at: PlaceOf): void {
  const { priority, tier, choose, ringFor, offerTo, keepPlaceOf, exclude, showing, giveUp } = rules;
  if (priority) checkPriority(priority, at(priority));
  if (tier) checkTier(tier, at(tier));
  if (choose) checkChoosers(choose, at(choose));
  if (ringFor) inferTime(ringFor, at(ringFor), "`ring for`");
  if (offerTo) inferCount(offerTo, at(offerTo), "`offer to at most`", { from: 1, to: 50 });
  if (keepPlaceOf) inferAs(keepPlaceOf, at(keepPlaceOf), ["moment"], "`keep place of`");
  if (exclude) checkExclude(exclude, at(exclude));
  if (showing) checkShowing(showing, at(showing));
  const excluded = exclude ? namedAgents(exclude) : [];
  for (const step of rules.steps) checkStep(step, at(step), excluded);
  if (giveUp && giveUp.after.kind !== "never") inferAs(giveUp.after, at(giveUp), ["duration"], "`give up after`");
}

/** What people see on their desks. */
export function checkShowing(showing: Record_, at: Place): void {
  checkOpen(at.checking, showing, infer(showing, at), "`showing` is for all eyes at the desk");
}

export function checkChoosers(choose: readonly Chooser[], at: Place): void {
  const { checking } = at;
  for (const { name, skill, range } of choose) {
    const known = Object.hasOwn(choosers, name.text) ? choosers[name.text] : undefined;
    if (!known) {
      const message = `people cannot be chosen by \`${name.text}\``;
      report(checking, "error", "S208", name.range, message, instead(name.text, Object.keys(choosers)));
    } else if (known.skill !== (skill !== undefined)) {
      const form = known.skill ? `${name.text}(SKILL)` : name.text;
      report(checking, "error", "S208", range, `this is written \`${form}\``);
    } else if (skill && !skillsOf(checking.directory).includes(skill.text)) {
      const message = `there is no skill \`${skill.text}\` in the directory`;
      reportUnknown(checking, "S207", skill.range, message, instead(skill.text, skillsOf(checking.directory)));
    }
  }
}

function checkPriority({ base, rising }: NonNullable<QueueRules["priority"]>, at: Place): void {
  inferAs(base, at, ["number"], "`priority`");
  if (!rising) return;
  inferAs(rising.by, at, ["number"], "`rising`");
  inferTime(rising.every, at, "`every`");
  inferAs(rising.upTo, at, ["number"], "`up to`");
  if (base.kind !== "number" || rising.upTo.kind !== "number" || rising.upTo.value >= base.value) return;
  const message = `\`${rising.upTo.value}\` is below \`${base.value}\`, where the priority begins`;
  report(at.checking, "error", "S306", rising.upTo.range, message, { hint: "`up to` is the highest it rises to" });
}

function checkTier({ name, when }: NonNullable<QueueRules["tier"]>, at: Place): void {
  const { tiers } = at.checking.directory;
  if (!tiers.includes(name.text)) {
    const message = `there is no tier \`${name.text}\` in the directory`;
    reportUnknown(at.checking, "S208", name.range, message, instead(name.text, tiers));
  }
  if (when) inferAs(when, at, ["yes or no"], "`when`");
}

/** `missing` excludes nobody, so that a value that may be missing is fine here. */
function checkExclude(exclude: Expr, at: Place): void {
  const type = infer(exclude, at);
  const person = type.is === "list" ? (type.item ?? { is: "unknown" }) : type;
  if (["agent", "missing", "unknown"].includes(person.is)) return;
  const message = `\`exclude\` takes an agent or a list of agents, not ${quote(at.checking, exclude.range)}`;
  report(at.checking, "error", "S301", exclude.range, message, { hint: "write `agent NAME`" });
}

/** Agents that are written out. */
const namedAgents = (expr: Expr): string[] =>
  expr.kind === "list"
    ? expr.items.flatMap(namedAgents)
    : expr.kind === "thing" && expr.noun === "agent"
      ? [fixedName(expr.name) ?? ""]
      : [];

function checkStep(step: Step, at: Place, excluded: readonly string[]): void {
  const waiting = { ...at, queued: true };
  if (step.asSoonAs) inferAs(step.asSoonAs, waiting, ["yes or no"], "`as soon as`");
  if (step.when) inferAs(step.when, waiting, ["yes or no"], "`when`");
  for (const target of step.targets) checkTarget(target, at, excluded);
}

const callable = ["agent", "group", "number", "trunk", "site"];

function checkTarget(target: Target, entering: Place, excluded: readonly string[]): void {
  if (target.kind === "skilled") {
    checkSkills(target.condition, entering, excluded);
    return;
  }
  const { thing } = target;
  if (thing.kind === "hole") return;
  const outside = isOutside(target);
  const at = { ...entering, queued: outside };
  if (!callable.includes(thing.noun)) {
    const message = `a \`${thing.noun}\` cannot take a call from a queue`;
    report(at.checking, "error", "S301", thing.range, message, {
      hint: "people, groups, numbers, trunks and sites can",
    });
    return;
  }
  infer(thing, at);
  checkSomebody(at.checking, thing, excluded);
  if (thing.noun === "number") checkOutside(at.checking, thing);
  if (thing.noun === "site") checkSite(at.checking, thing);
  if (target.for) inferTime(target.for, at, "`for`");
  if (target.againEvery) inferTime(target.againEvery, at, "`again every`");
  if (target.for && !outside) {
    const message = "people are rung as long as `ring for` says";
    report(at.checking, "error", "S408", target.for.range, message, {
      hint: "a time of its own has only an outside party",
    });
  }
}

/** A site is those whose phones are on its trunks; to ring its own switch is another thing. */
function checkSite(checking: Checking, { name, range }: Thing): void {
  const { sites } = checking.directory;
  const site = fixedName(name);
  const known = site !== undefined && Object.hasOwn(sites, site) ? sites[site] : undefined;
  if (!known || known.members.length > 0 || checking.people.length === 0 || checking.torn) return;
  const [trunk] = known.trunks;
  const message = `no agent's phone is on the trunks of \`site ${site}\`: callers wait here in vain`;
  report(checking, "warning", "S411", range, message, {
    hint: `to ring that site itself, write \`trunk ${trunk ?? "NAME"}\``,
  });
}
