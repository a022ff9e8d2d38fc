import type { Call } from "../call.ts";
import { type Core, record } from "../core.ts";
import { invariant } from "../defect.ts";
import { asText } from "./format.ts";
import type { SplitOp } from "./program.ts";
import { draw } from "../random.ts";
import { kindOf, type Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

/**
 * Which branch takes the call. Without a value the branches take turns, each as often as its share says and spread evenly; by a
 * value, the same value goes the same way for as long as labels and shares stay.
 */
export function branchOf(core: Core, call: Call, op: SplitOp, scope: Scope): number {
  const stated = op.labels.findIndex((label) => scope.world.stated(`split takes ${label}`) === true);
  const value = op.by?.(scope);
  const branch = stated !== -1 ? stated : value === undefined ? nextTurn(core, op) : byValue(op, value, scope);
  const label = op.labels[branch];
  invariant(label !== undefined, "a split without branches");
  if (!scope.failure) record(core, { type: "call.split", call: call.id, label });
  return branch;
}

/** Smooth weighted rotation: who is furthest behind his share is next, and pays all shares together for his turn. */
function nextTurn(core: Core, { key, shares }: SplitOp): number {
  const owed = core.house.splits[key] ?? shares.map(() => 0);
  const grown = owed.map((credit, index) => credit + (shares[index] ?? 0));
  const branch = grown.indexOf(Math.max(...grown));
  grown[branch] = (grown[branch] ?? 0) - sum(shares);
  core.house.splits[key] = grown;
  return branch;
}

function byValue({ key, shares }: SplitOp, value: Value, scope: Scope): number {
  const text = asText(value);
  if (text === undefined) fail(scope, "bad_value", `${kindOf(value)} to split by`);
  const point = (draw(0, `${key}\n${text ?? ""}`, 0) / 2 ** 32) * sum(shares);
  let reached = 0;
  const branch = shares.findIndex((share) => point < (reached += share));
  return Math.max(0, branch);
}

function sum(shares: readonly number[]): number {
  return shares.reduce((total, share) => total + share, 0);
}
