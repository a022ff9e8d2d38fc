import { startAsk } from "./asking.ts";
import { startCallback } from "./booking.ts";
import { startCollect } from "./collecting.ts";
import { callOf, change, type Core, resume } from "../core.ts";
import { unreachable } from "../defect.ts";
import { startDial } from "./dialing.ts";
import { endCall, forget } from "./ending.ts";
import type { CallId } from "../events.ts";
import { finishQueue, leaveOverflow, settleDial, settleStart, settleTransfer } from "./going-on.ts";
import { run } from "./interpreter.ts";
import { limits } from "../limits.ts";
import type { Need } from "./need.ts";
import { raise, takeDefaultRoute } from "./nets.ts";
import { goOnPreviewing, startPreview } from "./previewing.ts";
import type { AttemptOp, QueueOp } from "./program.ts";
import { enterQueue } from "../queue/queue.ts";
import { takeStand } from "../queue/stand.ts";
import { startRequest } from "./requests.ts";
import { startRing } from "./ringing.ts";
import { startEnter, startRefer, startTransfer } from "./transferring.ts";
import { startDeposit } from "./voicemail.ts";

/*
 * What a strategy asks for that touches more than its own call, and how it goes on from there.
 */

/** Lets the strategy of a call go on until it waits. A step that is done at once is resumed by the engine, after matching. */
export function drive(core: Core, id: CallId): void {
  // It may have been overtaken: by a hang-up, by an answer, by the end of the block it was in.
  const call = core.tables.call.get(id);
  if (call?.wait.for !== "nothing" || call.away) return;
  core.inHand = id;
  perform(core, id, run(core, id));
}

function perform(core: Core, id: CallId, needed: Need): void {
  switch (needed.need) {
    case "event":
      return;
    case "attempt":
      return attempt(core, id, needed.op);
    case "previewOn":
      return settleStart(core, id, goOnPreviewing(core, id, needed.to));
    case "stand":
      takeStand(core, id);
      if (callOf(core, id).wait.for === "nothing") resume(core, id);
      return;
    case "finished":
      return forget(core, id);
    case "unserved":
      return leaveOverflow(core, id);
    case "redirect":
      return endCall(core, id, { by: "strategy", disposition: "redirected", redirectTo: needed.to });
    case "leave":
      return finishQueue(core, id, needed.outcome);
    case "hangup": {
      const { answered, dialler } = callOf(core, id);
      // No strategy has anything to do with who dials at his desk: nobody was reached.
      if (dialler) return endCall(core, id, { by: "system", disposition: "failed" });
      return endCall(core, id, {
        by: "strategy",
        disposition: "hung_up",
        sip: answered ? undefined : limits.hangupCode,
      });
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

function attempt(core: Core, id: CallId, op: AttemptOp): void {
  switch (op.op) {
    case "queue":
      return startQueue(core, id, op);
    case "ring":
      return settleStart(core, id, startRing(core, id, op));
    case "voicemail":
      return settleStart(core, id, startDeposit(core, id, op));
    case "collect":
      return settleStart(core, id, startCollect(core, id, op));
    case "request":
      return settleStart(core, id, startRequest(core, id, op));
    case "preview":
      return settleStart(core, id, startPreview(core, id, op));
    case "callback":
      return settleStart(core, id, startCallback(core, id, op));
    case "ask":
      return settleStart(core, id, startAsk(core, id, op));
    case "dial":
      return settleDial(core, id, startDial(core, id, op));
    case "transfer":
      return settleTransfer(core, id, startTransfer(core, id, op));
    case "enter":
      return settleStart(core, id, startEnter(core, id, op));
    case "refer":
      return settleStart(core, id, startRefer(core, id, op));
    default:
      return unreachable(op);
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
