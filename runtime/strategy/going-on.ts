import type { Offer } from "../call.ts";
import { callOf, change, type Core, resume } from "../core.ts";
import { CODES, trunkFailed, type Undialled } from "./dialing.ts";
import type { CallId } from "../events.ts";
import { backTo, codeOf } from "./frames.ts";
import { goOn } from "./interpreter.ts";
import { abandonBlock, interrupt } from "./interrupt.ts";
import { raise } from "./nets.ts";
import { overflow } from "./overflow.ts";
import { prunePreview } from "./previewing.ts";
import { takeStand } from "../queue/stand.ts";
import type { AtOnce } from "./ringing.ts";
import type { Refused } from "./transferring.ts";
import type { Value } from "../values.ts";
import type { Failure } from "./world.ts";

/*
 * How a strategy goes on: by the outcome of what it tried, out of its queue, or without what it has waited for too long.
 */

/** An attempt that began waits for its event; one that ended before goes on by its outcome. */
export function settleStart(core: Core, id: CallId, ended: string | Failure | undefined): void {
  if (typeof ended === "object") raise(core, id, ended);
  else if (ended !== undefined) finishAttempt(core, id, ended);
}

export function settleDial(core: Core, id: CallId, ended: Undialled | Failure | undefined): void {
  if (ended && "error" in ended) raise(core, id, ended);
  else if (ended) finishAttempt(core, id, ended.outcome, ended.code);
}

export function settleTransfer(core: Core, id: CallId, ended: Refused | AtOnce | Failure | undefined): void {
  if (typeof ended === "object" && "refused" in ended) finishAttempt(core, id, "refused", ended.refused);
  else if (typeof ended === "object") raise(core, id, ended);
  else if (ended !== undefined) ringFailed(core, id, ended);
}

/** Whoever was rung did not take the call: what that means for the statement that rang him. */
export function ringFailed(
  core: Core,
  id: CallId,
  outcome: keyof typeof CODES,
  sip: number = CODES[outcome],
  offer?: Offer,
): void {
  if (outcome === "no_answer" && offer && overflow(core, id, offer)) return;
  const call = callOf(core, id);
  const op = codeOf(core, call).ops[call.pc]?.op;
  if (op === "dial") return settleDial(core, id, trunkFailed(core, id, sip));
  if (op !== "transfer") return finishAttempt(core, id, outcome);
  const refused = outcome === "busy" || outcome === "rejected";
  finishAttempt(core, id, refused ? "refused" : "failed", sip);
}

/** Nothing of where the directory sends the call has served it: what rang the phone goes on as if there were no such places. */
export function leaveOverflow(core: Core, id: CallId): void {
  change(core, "call", id, (call) => backTo(core, call, call.frames.length - 1));
  ringFailed(core, id, "no_answer");
}

/** The attempt at `pc` has this outcome: its handler is next, or what stands below. */
export function finishAttempt(core: Core, id: CallId, outcome: string, brought?: Value, handler?: string): void {
  change(core, "call", id, (call) => {
    const op = codeOf(core, call).ops[call.pc];
    if (op && "handlers" in op) goOn(call, op, outcome, brought, handler);
  });
  resume(core, id);
}

/** The time of a `run … within` is over: its caller goes on without what the sub would have returned. */
export function runLate(core: Core, id: CallId): void {
  const { frames, queued } = callOf(core, id);
  const depth = frames.findIndex(({ until }) => until !== undefined && until <= core.now);
  if (depth === -1) return;
  interrupt(core, id);
  if (queued && queued.depth > depth) abandonBlock(core, id, "left");
  change(core, "call", id, (call) => {
    backTo(core, call, depth);
    const op = codeOf(core, call).ops[call.pc];
    if (op?.op === "run") call.pc = op.late;
  });
  prunePreview(core, id);
  takeStand(core, id);
  resume(core, id);
}

/** Leaves the queue block: phones stop ringing, what ran beside it is cancelled, audio without an end sounds on. */
export function finishQueue(core: Core, id: CallId, outcome: string): void {
  const { queued } = callOf(core, id);
  if (!queued) return;
  abandonBlock(core, id, outcome);
  change(core, "call", id, (call) => {
    backTo(core, call, queued.depth);
    call.pc = queued.pc;
  });
  finishAttempt(core, id, outcome);
}
