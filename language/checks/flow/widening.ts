import type { Expr, Step, Target } from "../../ast.ts";
import type { Directory } from "../../directory/directory.ts";
import { type Checking, isTold, report } from "../checking.ts";
import { fixedName } from "../things.ts";
import { implies, isSmall, type Known } from "./implies.ts";

/*
 * Whether `add` adds anybody. Skills change from day to day, so that what counts is what the expressions say: `billing >= 7` holds
 * for nobody for whom `billing >= 4` does not. Groups are taken as the directory has them.
 */

/** Told of each target of an `add` whose people an earlier step has, all of them and at any time. */
export function checkWidening(checking: Checking, steps: readonly Step[], elsewhere: ReadonlySet<unknown>): void {
  let inForce: Step[] = [];
  for (const step of steps) {
    if (step.verb === "only") inForce = [];
    else if (step.verb === "add" && !elsewhere.has(step)) {
      // With `as soon as` it may come before all steps but the first.
      const isBefore = ({ at }: Step) => msOf(at) < (step.asSoonAs ? 1 : msOf(step.at));
      const before = inForce.filter(isBefore);
      for (const target of step.targets) checkAdded(checking, target, before);
    }
    if (!step.when) inForce.push(step);
  }
}

const msOf = (time: Expr): number => (time.kind === "duration" ? time.ms : Infinity);

function checkAdded(checking: Checking, target: Target, steps: readonly Step[]): void {
  const added = conditionOf(target);
  if (!added || !isSmall(added)) return;
  const has = steps
    .flatMap((step) => step.targets)
    .find((earlier) => {
      const condition = conditionOf(earlier);
      return condition && isSmall(condition) && implies(added, condition, membersOf(checking.directory));
    });
  if (!has || isTold(checking, target.range)) return;
  const message = `this adds nobody: whoever is meant can be rung by an earlier step already`;
  const hint = "take it out, or write a lower level";
  report(checking, "warning", "S440", target.range, message, { hint });
}

/** Who is meant, as a condition; nothing for parties outside. */
function conditionOf(target: Target): Expr | undefined {
  if (target.kind === "skilled") return target.condition;
  const { thing } = target;
  return thing.kind === "thing" && ["group", "agent", "site"].includes(thing.noun) ? thing : undefined;
}

/** Whether everybody of one group or site is in another, too. */
const membersOf =
  ({ groups, sites }: Directory): Known =>
  (narrow, wide) => {
    const [few, many] = [narrow, wide].map((people) => {
      const name = people.kind === "thing" ? fixedName(people.name) : undefined;
      if (people.kind !== "thing" || name === undefined) return [];
      if (people.noun === "agent") return [name];
      const places = people.noun === "group" ? groups : people.noun === "site" ? sites : {};
      return (Object.hasOwn(places, name) ? places[name]?.members : undefined) ?? [];
    });
    return few !== undefined && few.length > 0 && few.every((id) => many?.includes(id));
  };
