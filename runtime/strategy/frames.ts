import { type Call, emptyLocals, type Frame } from "../call.ts";
import { arm, type Core, disarm } from "../core.ts";
import { invariant } from "../defect.ts";
import type { Millis } from "../events.ts";
import type { Code } from "./program.ts";
import type { Scope } from "./world.ts";
import type { Value } from "../values.ts";

/*
 * A call runs one code at a time; those that wait for it to return lie below it, outermost first. Depth 0 is the strategy itself.
 */

/** The code that a call runs, or ran when it called what runs now. */
export function codeOf(core: Core, call: Call, depth: number = call.frames.length): Code {
  const code = core.programs.get(call.program)?.codes[frameAt(call, depth).code];
  invariant(code, `no code for ${call.id}`);
  return code;
}

export function frameAt(call: Call, depth: number): Pick<Frame, "code" | "pc" | "locals"> {
  return call.frames[depth] ?? call;
}

/** The operation that a call is at: what takes time in between, like a treatment, is left behind as it begins. */
export function placeOf({ wait, pc }: Call): number {
  return wait.for === "answer" || wait.for === "treatment" || wait.for === "time" ? pc - 1 : pc;
}

/** Where expressions of the code at this depth are evaluated. */
export function scopeOf(core: Core, call: Call, depth: number = call.frames.length): Scope {
  return { call, locals: frameAt(call, depth).locals, world: core.world, failure: undefined };
}

/** The call runs this from its first operation, and goes on where it is when that has returned, or at `until` without it. */
export function enter(core: Core, call: Call, code: number, locals: Value[], until?: Millis): void {
  call.frames.push({ code: call.code, pc: call.pc, locals: call.locals, until });
  Object.assign(call, { code, pc: 0, locals });
  if (until !== undefined) armWithin(core, call);
}

/** Back to the code at this depth, which stands where it was left. */
export function backTo(core: Core, call: Call, depth: number): void {
  const frame = call.frames[depth];
  if (!frame) return;
  const dropped = call.frames.splice(depth);
  Object.assign(call, { code: frame.code, pc: frame.pc, locals: frame.locals });
  if (dropped.some(({ until }) => until !== undefined)) armWithin(core, call);
}

/** The call runs this and nothing else any more. */
export function startOver(core: Core, call: Call, code: number, pc: number): void {
  call.frames = [];
  Object.assign(call, { code, pc, locals: [] });
  call.locals = emptyLocals(codeOf(core, call).slots);
  disarm(core, call, "within");
}

/** One deadline serves all frames: the earliest. */
export function armWithin(core: Core, call: Call): void {
  const first = Math.min(...call.frames.map(({ until }) => until ?? Infinity));
  if (first === Infinity) disarm(core, call, "within");
  else if (call.due.within?.at !== first) arm(core, call, "within", first);
}
