import { endWrapUp, unclaim } from "./agents.ts";
import type { Call } from "./call.ts";
import { callOf, change, type Core, disarm, type Due, record, resume } from "./core.ts";
import { unreachable } from "./defect.ts";
import type { CallId } from "./events.ts";
import { lookAtAge } from "./queue/ages.ts";
import { hasHope } from "./queue/hope.ts";
import { tryAgain } from "./queue/matching.ts";
import { endAllShown, releaseAccepted } from "./queue/previews.ts";
import { capPlace } from "./queue/queue.ts";
import { advanceSteps } from "./queue/stand.ts";
import { settleDigits } from "./strategy/answers.ts";
import { endAsk } from "./strategy/asking.ts";
import { endCallback, rested } from "./strategy/calling-back.ts";
import { decide } from "./strategy/collecting.ts";
import { placeFailed } from "./strategy/desk.ts";
import { forget } from "./strategy/ending.ts";
import { askOthers, isConfirming, offerFailed, staysSilent } from "./strategy/offered.ts";
import { abandonRequest } from "./strategy/requests.ts";
import { finishAttempt, finishQueue, runLate } from "./strategy/going-on.ts";

/*
 * What each deadline does.
 */

/** What is due now. */
export function fallDue(core: Core, due: Due): void {
  core.inHand = "call" in due ? due.call : undefined;
  switch (due.what) {
    case "claim":
      return unclaim(core, due.agent, [due.source], due.source);
    case "wrap_up":
      return endWrapUp(core, due.agent, core.now);
    case "age":
      return lookAtAge(core, due.agent);
    case "offer":
      return offerFailed(
        core,
        due.call,
        due.offer,
        isConfirming(core, due.call, due.offer) ? "not_confirmed" : "no_answer",
      );
    default:
      change(core, "call", due.call, (call) => disarm(core, call, due.what));
      return fallDueForCall(core, due.call, due.what);
  }
}

function fallDueForCall(core: Core, id: CallId, what: keyof Call["due"]): void {
  switch (what) {
    case "time":
      return resume(core, id);
    case "within":
      return runLate(core, id);
    case "digits":
      return settleDigits(core, id, decide(core, id));
    case "request":
      abandonRequest(core, id, "timeout");
      return finishAttempt(core, id, "timeout");
    case "ringback":
      return staysSilent(core, id);
    case "bot": {
      const { bot } = callOf(core, id);
      return bot && endAsk(core, id, bot.task, "give_up") ? finishAttempt(core, id, "give_up") : undefined;
    }
    case "preview":
      endAllShown(core, id, "timeout");
      return askOthers(core, id);
    case "place":
      return placeFailed(core, id, "no_answer");
    case "rest":
      return rested(core, id);
    case "expires":
      return endCallback(core, id, "expired");
    case "accepted":
      return releaseAccepted(core, id);
    case "after_call":
      record(core, { type: "after_call.failed", call: id, reason: "it took longer than 5 s" });
      return forget(core, id);
    case "hold":
      return tryAgain(core, id);
    case "step":
    case "poll":
      return advanceSteps(core, id);
    case "give_up":
      return finishQueue(core, id, "give_up");
    case "cap":
      return capPlace(core, id);
    case "retry":
      return tryAgain(core, id);
    case "nobody":
      if (callOf(core, id).offers.length === 0 && !hasHope(core, callOf(core, id))) finishQueue(core, id, "nobody");
      return;
    default:
      unreachable(what);
  }
}
