import { type Call, emptyLocals } from "../call.ts";
import { callOf, change, type Core, disarm, record, resume } from "../core.ts";
import { unreachable } from "../defect.ts";
import { endCall, withdrawAll } from "./ending.ts";
import type { CallId } from "../events.ts";
import { codeOf, goOn, type Need, reasonOf, run } from "./interpreter.ts";
import { limits } from "../limits.ts";
import { enterQueue, leaveQueue } from "../queue/queue.ts";
import type { QueueOp } from "./program.ts";
import { startRing } from "./ringing.ts";
import { stopWaitedFor } from "./treatments.ts";
import { startDeposit } from "./voicemail.ts";
import type { Failure } from "./world.ts";

/*
 * What a strategy asks for that touches more than its own call, and the nets under it: the strategy's default route, then the
 * entry's, then an end.
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
    case "leave":
      return finishQueue(core, id, needed.outcome);
    case "hangup": {
      const sip = callOf(core, id).answered ? undefined : limits.hangupCode;
      return endCall(core, id, { by: "strategy", disposition: "hung_up", sip });
    }
    case "reject":
      return endCall(core, id, { by: "strategy", disposition: "rejected", sip: needed.code });
    case "default":
      return takeDefaultRoute(core, id, needed.reason);
    default:
      return unreachable(needed);
  }
}

function startQueue(core: Core, id: CallId, op: QueueOp): void {
  const failure = enterQueue(core, id, op);
  if (failure) return breakOff(core, id, failure);
  change(core, "call", id, (call) => {
    if (op.body === undefined) call.wait = { for: "idle" };
    else call.pc = op.body;
  });
  if (op.body !== undefined) resume(core, id);
}

/** An attempt that began waits for its event; one that ended before goes on by its outcome. */
function settleStart(core: Core, id: CallId, ended: string | Failure | undefined): void {
  if (typeof ended === "object") breakOff(core, id, ended);
  else if (ended !== undefined) finishAttempt(core, id, ended);
}

/** The attempt at `pc` has this outcome: its handler is next, or what stands below. */
export function finishAttempt(core: Core, id: CallId, outcome: string): void {
  change(core, "call", id, (call) => {
    const op = codeOf(core, call).ops[call.pc];
    if (op && "handlers" in op) goOn(call, op, outcome);
  });
  resume(core, id);
}

/** Leaves the queue block: phones stop ringing, what ran beside it is cancelled, audio without an end sounds on. */
export function finishQueue(core: Core, id: CallId, outcome: string): void {
  const pc = callOf(core, id).queued?.pc;
  if (pc === undefined) return;
  abandonBlock(core, id, outcome);
  change(core, "call", id, (call) => {
    call.pc = pc;
  });
  finishAttempt(core, id, outcome);
}

function abandonBlock(core: Core, id: CallId, outcome: string): void {
  withdrawAll(core, id, "strategy");
  leaveQueue(core, id, outcome);
  change(core, "call", id, (call) => {
    stopWaitedFor(core, call);
    disarm(core, call, "time");
    delete call.queued;
  });
}

/** The next net: the strategy's own default route, then the entry's, and when that has failed too, the end. */
function takeDefaultRoute(core: Core, id: CallId, reason: string): void {
  if (callOf(core, id).queued) abandonBlock(core, id, "default_routed");
  const call = callOf(core, id);
  const last = call.defaulted === "entry" || (call.defaulted === "strategy" && !hasEntryRoute(core, call));
  if (last) return endCall(core, id, { by: "system", disposition: "failed", sip: limits.failedCode });
  const net = call.defaulted === undefined ? "strategy" : "entry";
  record(core, { type: "call.default_routed", call: id, net, reason });
  change(core, "call", id, (changing) => {
    changing.defaulted = net;
    if (net === "strategy") changing.pc = codeOf(core, changing).defaultRoute;
    else enterCode(core, changing, 0);
  });
  resume(core, id);
}

function enterCode(core: Core, call: Call, code: number): void {
  call.code = code;
  call.pc = 0;
  call.locals = emptyLocals(codeOf(core, call).slots);
}

function hasEntryRoute(core: Core, call: Call): boolean {
  return core.programs.get(call.program)?.directory.defaults.entryRoute !== undefined;
}

/** An attempt that could not even begin. */
function breakOff(core: Core, id: CallId, failure: Failure): void {
  const call = callOf(core, id);
  const code = codeOf(core, call);
  takeDefaultRoute(core, id, reasonOf(failure, code, code.ops[call.pc]));
}
