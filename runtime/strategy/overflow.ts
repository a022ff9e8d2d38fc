import { type Directory, noAnswerSettings, type Overflow } from "../../language/index.ts";
import { type Call, emptyLocals, type Offer } from "../call.ts";
import { callOf, change, type Core, record, resume } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId } from "../events.ts";
import { codeOf, enter } from "./frames.ts";
import type { Op } from "./program.ts";
import { thing } from "../values.ts";

/*
 * `no_answer.then`: where the directory sends a call that came to a phone by a default route or a transfer and rang in vain. Each such list is
 * code; it runs like a sub of what rang the phone, which has its outcome after all when nothing of the list has served the call.
 */

/** Lists that say the same are one. */
export function overflowKey(list: readonly Overflow[]): string {
  return JSON.stringify(list);
}

/** All lists of a directory that say anything, each once. */
export function overflowsOf({ defaults, devices, agents }: Directory): Overflow[][] {
  const levels = [...Object.values(agents), ...Object.values(devices)].map(({ noAnswer }) => noAnswer.overflow ?? []);
  const lists = [defaults.overflow, ...levels].filter((list) => list.length > 0);
  return [...new Map(lists.map((list) => [overflowKey(list), list])).values()];
}

/** Sends the call where the directory wants it. False where that is nowhere, or where the strategy looks after it itself. */
export function overflow(core: Core, id: CallId, { agent, device }: Offer): boolean {
  const call = callOf(core, id);
  if (agent === undefined || !overflows(codeOf(core, call).ops[call.pc])) return false;
  const program = core.programs.get(call.program);
  invariant(program, `no program for ${id}`);
  const { value, level } = noAnswerSettings(program.directory, { agent, device }).overflow;
  const code = program.overflows.get(overflowKey(value));
  if (code === undefined) return false;
  record(core, { type: "call.overflowed", call: id, agent, level });
  change(core, "call", id, (changing) => {
    const locals = emptyLocals(program.codes[code]?.slots ?? 0);
    enter(core, changing, code, locals.with(0, thing("agent", agent)));
  });
  resume(core, id);
  return true;
}

/** What rings a phone in a way of which the directory says what follows no answer. */
export function overflows(op: Op | undefined): boolean {
  return op?.op === "transfer" || (op?.op === "ring" && op.ring.overflows === true);
}

/** Whether there is a strategy that would have the call back: a transfer is one of its statements. */
export function isGivenOut(core: Core, call: Call): boolean {
  const below = call.frames.length - 1;
  return codeOf(core, call, below).ops[call.frames[below]?.pc ?? -1]?.op === "transfer";
}
