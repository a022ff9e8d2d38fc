import { callOf, change, type Core, resume } from "../core.ts";
import { unreachable } from "../defect.ts";
import { startCallback } from "./booking.ts";
import { startAsk } from "./asking.ts";
import { startCollect } from "./collecting.ts";
import { CODES, startDial, trunkFailed, type Undialled } from "./dialing.ts";
import { endCall, forget } from "./ending.ts";
import type { CallId } from "../events.ts";
import { backTo, codeOf } from "./frames.ts";
import { abandonBlock, interrupt } from "./interrupt.ts";
import { goOn, type Need, run } from "./interpreter.ts";
import { limits } from "../limits.ts";
import { raise, takeDefaultRoute } from "./nets.ts";
import { takeStand } from "../queue/stand.ts";
import { enterQueue } from "../queue/queue.ts";
import type { QueueOp } from "./program.ts";
import { startRequest } from "./requests.ts";
import { goOnPreviewing, prunePreview, startPreview } from "./previewing.ts";
import { type AtOnce, startRing } from "./ringing.ts";
import { startRefer, startTransfer } from "./transferring.ts";
import type { Value } from "../values.ts";
import { startDeposit } from "./voicemail.ts";
import type { Failure } from "./world.ts";

/*
 * What a strategy asks for that touches more than its own call, and how it goes on from there.
 */

/** Lets the strategy of a call go on until it waits. A step that is done at once is resumed by the engine, after matching. */
export function drive(core: Core, id: CallId): void {
  // It may have been overtaken: by a hang-up, by an answer, by the end of the block it was in.
  if (core.tables.call.get(id)?.wait.for !== "nothing") return;
  core.inHand = id;
  perform(core, id, run(core, id));
}

function perform(core: Core, id: CallId, needed: Need): void {
  switch (needed.need) {
    case "event":
      return;
    case "queue":
      return startQueue(core, id, needed.op);
    case "ring":
      return settleStart(core, id, startRing(core, id, needed.op));
    case "voicemail":
      return settleStart(core, id, startDeposit(core, id, needed.op));
    case "collect":
      return settleStart(core, id, startCollect(core, id, needed.op));
    case "request":
      return settleStart(core, id, startRequest(core, id, needed.op));
    case "preview":
      return settleStart(core, id, startPreview(core, id, needed.op));
    case "previewOn":
      return settleStart(core, id, goOnPreviewing(core, id, needed.to));
    case "callback":
      return settleStart(core, id, startCallback(core, id, needed.op));
    case "ask":
      return settleStart(core, id, startAsk(core, id, needed.op));
    case "dial":
      return settleDial(core, id, startDial(core, id, needed.op));
    case "transfer":
      return settleTransfer(core, id, startTransfer(core, id, needed.op));
    case "refer":
      return settleStart(core, id, startRefer(core, id, needed.op));
    case "stand":
      takeStand(core, id);
      if (callOf(core, id).wait.for === "nothing") resume(core, id);
      return;
    case "finished":
      return forget(core, id);
    case "redirect":
      return endCall(core, id, { by: "strategy", disposition: "redirected", redirectTo: needed.to });
    case "leave":
      return finishQueue(core, id, needed.outcome);
    case "hangup": {
      const sip = callOf(core, id).answered ? undefined : limits.hangupCode;
      return endCall(core, id, { by: "strategy", disposition: "hung_up", sip });
    }
    case "reject":
      return endCall(core, id, { by: "strategy", disposition: "rejected", sip: needed.code });
    case "raise":
      return raise(core, id, needed.failure);
    case "default":
      return takeDefaultRoute(core, id, needed.reason);
    default:
      return unreachable(needed);
  }
}

function startQueue(core: Core, id: CallId, op: QueueOp): void {
  const failure = enterQueue(core, id, op);
  if (failure) return raise(core, id, failure);
  change(core, "call", id, (call) => {
    if (op.body === undefined) call.wait = { for: "idle" };
    else call.pc = op.body;
  });
  if (op.body !== undefined) resume(core, id);
}

/** An attempt that began waits for its event; one that ended before goes on by its outcome. */
function settleStart(core: Core, id: CallId, ended: string | Failure | undefined): void {
  if (typeof ended === "object") raise(core, id, ended);
  else if (ended !== undefined) finishAttempt(core, id, ended);
}

function settleDial(core: Core, id: CallId, ended: Undialled | Failure | undefined): void {
  if (ended && "error" in ended) raise(core, id, ended);
  else if (ended) finishAttempt(core, id, ended.outcome, ended.code);
}

function settleTransfer(core: Core, id: CallId, ended: AtOnce | Failure | undefined): void {
  if (typeof ended === "object") raise(core, id, ended);
  else if (ended !== undefined) ringFailed(core, id, ended);
}

/** Whoever was rung did not take the call: what that means for the statement that rang him. */
export function ringFailed(core: Core, id: CallId, outcome: keyof typeof CODES, sip: number = CODES[outcome]): void {
  const call = callOf(core, id);
  const op = codeOf(core, call).ops[call.pc]?.op;
  if (op === "dial") return settleDial(core, id, trunkFailed(core, id, sip));
  if (op !== "transfer") return finishAttempt(core, id, outcome);
  const refused = outcome === "busy" || outcome === "rejected";
  finishAttempt(core, id, refused ? "refused" : "failed", sip);
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
