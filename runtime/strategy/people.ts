import type { Target } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { lowerExpression } from "./expressions.ts";
import { isConstant } from "./reads.ts";
import type { Condition } from "../queue/skills.ts";
import { type Freeze, lowerBelonging, lowerCondition } from "../queue/targets.ts";

/** Targets that are constants are frozen once. */
export function lowerAllPeople(targets: Target[], code: Assembly): Freeze | undefined {
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

/** Targets that are no people of ours. */
export function outsideKind(noun: string): "number" | "trunk" | undefined {
  return noun === "number" || noun === "trunk" ? noun : undefined;
}

function anyOf(parts: Freeze[]): Freeze | undefined {
  const [first] = parts;
  if (parts.length < 2) return first;
  return (scope) => {
    const of: Condition[] = [];
    for (const part of parts) {
      const condition = part(scope);
      if (condition !== undefined) of.push(condition);
      else if (!scope.open) return undefined;
    }
    return of.length === 0 ? undefined : { is: "any", of };
  };
}
