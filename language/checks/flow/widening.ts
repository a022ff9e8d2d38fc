import type { Expr, Step, Target } from "../../ast.ts";
import type { Directory } from "../../directory/directory.ts";
import { type Checking, isTold, report } from "../checking.ts";
import { fixedName } from "../things.ts";

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
  if (!added || sizeOf(added) > largest) return;
  const has = steps
    .flatMap((step) => step.targets)
    .find((earlier) => {
      const condition = conditionOf(earlier);
      return condition && sizeOf(condition) <= largest && implies(added, condition, checking.directory);
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

/** Larger conditions are not compared. */
const largest = 200;

function sizeOf(condition: Expr): number {
  let size = 0;
  const open = [condition];
  for (let next = open.pop(); next && size <= largest; next = open.pop()) {
    size++;
    if (next.kind === "binary") open.push(next.left, next.right);
  }
  return size;
}

/** Whether everybody for whom `narrow` holds is also one for whom `wide` does. */
function implies(narrow: Expr, wide: Expr, directory: Directory): boolean {
  const both = (one: Expr, other: Expr) => implies(one, other, directory);
  if (wide.kind === "binary" && wide.op === "and") return both(narrow, wide.left) && both(narrow, wide.right);
  if (narrow.kind === "binary" && narrow.op === "or") return both(narrow.left, wide) && both(narrow.right, wide);
  if (wide.kind === "binary" && wide.op === "or" && (both(narrow, wide.left) || both(narrow, wide.right))) return true;
  if (narrow.kind === "binary" && narrow.op === "and") return both(narrow.left, wide) || both(narrow.right, wide);
  return alike(narrow, wide) || levelsImply(narrow, wide) || membersImply(narrow, wide, directory);
}

const alike = (one: Expr, other: Expr): boolean => one.kind !== "hole" && textOf(one) === textOf(other);

/** An expression without its place in the text. */
const textOf = (expr: Expr): string =>
  JSON.stringify(expr, (key, value: unknown) => (key === "range" ? undefined : value));

/** `billing >= 7` and `billing >= 4`. */
function levelsImply(narrow: Expr, wide: Expr): boolean {
  if (narrow.kind !== "binary" || wide.kind !== "binary" || !alike(narrow.left, wide.left)) return false;
  if (narrow.right.kind !== "number" || wide.right.kind !== "number") return false;
  const [level, bound] = [narrow.right.value, wide.right.value];
  const isAtLeast = narrow.op === ">=" || narrow.op === ">" || narrow.op === "==";
  const isAtMost = narrow.op === "<=" || narrow.op === "<" || narrow.op === "==";
  switch (wide.op) {
    case ">=":
      return isAtLeast && level >= bound;
    case ">":
      return isAtLeast && (narrow.op === ">" ? level >= bound : level > bound);
    case "<=":
      return isAtMost && level <= bound;
    case "<":
      return isAtMost && (narrow.op === "<" ? level <= bound : level < bound);
    default:
      return false;
  }
}

function membersImply(narrow: Expr, wide: Expr, directory: Directory): boolean {
  const [few, many] = [membersOf(narrow, directory), membersOf(wide, directory)];
  return few.length > 0 && few.every((id) => many.includes(id));
}

function membersOf(people: Expr, { groups, sites }: Directory): readonly string[] {
  const name = people.kind === "thing" ? fixedName(people.name) : undefined;
  if (people.kind !== "thing" || name === undefined) return [];
  if (people.noun === "agent") return [name];
  const places = people.noun === "group" ? groups : people.noun === "site" ? sites : {};
  return (Object.hasOwn(places, name) ? places[name]?.members : undefined) ?? [];
}
