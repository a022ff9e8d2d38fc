import { type Call, emptyLocals } from "../call.ts";
import type { Core } from "../core.ts";
import { invariant } from "../defect.ts";
import { backTo, codeOf, enter } from "./frames.ts";
import { limits } from "../limits.ts";
import type { OpOf } from "./need.ts";
import { asDuration } from "./needed.ts";
import type { Value } from "../values.ts";
import { fail, type Scope } from "./world.ts";

/*
 * `run` and `return`.
 */

export function runSub(core: Core, call: Call, op: OpOf<"run">, scope: Scope): void {
  const code = core.programs.get(call.program)?.codes[op.code];
  invariant(code, "a sub without code");
  if (call.frames.length >= limits.callDepth) fail(scope, "limit", `${limits.callDepth} subs inside one another`);
  const locals = emptyLocals(code.slots);
  for (const [slot, arg] of op.args.entries()) locals[slot] = arg(scope);
  const ms = op.within ? asDuration(op.within(scope), scope) : Infinity;
  if (!scope.failure) enter(core, call, op.code, locals, ms === Infinity ? undefined : core.now + Math.max(0, ms));
}

/** The caller stands at its `run`. */
export function leaveSub(core: Core, call: Call, value: Value, scope: Scope): void {
  if (scope.failure) return;
  invariant(call.frames.length > 0, "nothing to return to");
  backTo(core, call, call.frames.length - 1);
  const op = codeOf(core, call).ops[call.pc];
  invariant(op?.op === "run", "returned to what has called nothing");
  if (op.into !== undefined) call.locals[op.into] = value;
  call.pc++;
}
