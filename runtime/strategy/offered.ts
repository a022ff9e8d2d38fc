import { callOf, change, command, type Core, disarm, record, resume } from "../core.ts";
import type { CallId, Event, OfferId } from "../events.ts";
import { stopPlacing } from "../queue/callbacks.ts";
import { tryAgain } from "../queue/matching.ts";
import { askToConfirm, endOffer } from "../queue/offers.ts";
import { acceptPreview, endShown, shownAs, showNext } from "../queue/previews.ts";
import type { Unanswered } from "../records.ts";
import { thing } from "../values.ts";
import { agentAnswered } from "./calling-back.ts";
import { acceptOffer } from "./connecting.ts";
import { CODES } from "./dialing.ts";
import { consultAnswered, consultFailed, isConsulted } from "./consulting.ts";
import { endWith } from "./previewing.ts";
import { finishAttempt, ringFailed } from "./going-on.ts";

/*
 * What people do to whom a call is offered or shown, and what that means for who waits for them: a queue, or a statement that rings.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function offerAnswered(core: Core, id: CallId, offer: OfferId): void {
  const call = core.tables.call.get(id);
  const its = call?.offers.find((each) => each.id === offer);
  if (its?.confirming) return;
  if (its && call && isConsulted(call, offer)) return consultAnswered(core, id, offer);
  if (its && call?.callback) return agentAnswered(core, id, offer);
  if (its) return its.confirm ? askToConfirm(core, id, offer) : acceptOffer(core, id, offer);
  if (call?.party?.offer === offer) return;
  command(core, { type: "withdraw", call: id, offer, reason: call ? "lost_race" : "caller_gone" });
}

/** Phones that do not stop by themselves. */
const withdrawals: { [K in Unanswered]?: "no_answer" | "strategy" } = {
  no_answer: "no_answer",
  not_confirmed: "strategy",
};

export function offerFailed(core: Core, id: CallId, offer: OfferId, outcome: Unanswered, sip?: number): void {
  if (!callOf(core, id).offers.some((each) => each.id === offer)) return;
  if (isConsulted(callOf(core, id), offer)) return consultFailed(core, id, offer, outcome);
  const its = endOffer(core, id, offer, { outcome, sip, withdrawn: withdrawals[outcome] });
  stopPlacing(core, id, true);
  const { wait, offers } = callOf(core, id);
  // Of several that ring at once the last one to stop tells the outcome.
  if (wait.for === "ring") return offers.length === 0 ? ringFailed(core, id, outcome, sip, its) : undefined;
  if (wait.for === "offers" && offers.length === 0) resume(core, id);
  tryAgain(core, id);
}

/** A trunk that does not even ring. */
export function staysSilent(core: Core, id: CallId): void {
  const { wait, offers } = callOf(core, id);
  if (wait.for !== "ring") return;
  for (const offer of offers) endOffer(core, id, offer.id, { outcome: "unreachable", withdrawn: "no_answer" });
  ringFailed(core, id, "unreachable", CODES.no_answer);
}

export function confirmed(core: Core, id: CallId, offer: OfferId, pressed: boolean): void {
  if (!isConfirming(core, id, offer)) return;
  if (pressed) acceptOffer(core, id, offer);
  else offerFailed(core, id, offer, "not_confirmed");
}

export function isConfirming(core: Core, id: CallId, offer: OfferId): boolean {
  return callOf(core, id).offers.some((each) => each.id === offer && each.confirming);
}

/** The first who accepts in the order of events has the call; whoever comes later is told so. */
export function previewAnswered(
  core: Core,
  { call: id, preview, agent }: EventOf<"preview.accepted" | "preview.declined">,
  accepted: boolean,
): void {
  const shown = shownAs(core, id, preview);
  if (shown?.agent !== agent) {
    if (accepted) record(core, { type: "preview.late", call: id, preview, agent });
    return;
  }
  if (accepted) {
    acceptPreview(core, id, shown);
    return finishAttempt(core, id, "accepted", thing("agent", agent));
  }
  endShown(core, id, shown, "declined");
  if (callOf(core, id).preview?.shown.length === 0) askOthers(core, id);
}

/** Nobody sees the call any more: whoever is next, or what it has come to. */
export function askOthers(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    const { preview } = call;
    if (preview) preview.leftMs = Math.max(0, (call.due.preview?.at ?? core.now) - core.now);
    disarm(core, call, "preview");
  });
  const ended = endWith(core, id, showNext(core, id));
  if (ended !== undefined) finishAttempt(core, id, ended);
}
