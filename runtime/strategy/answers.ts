import { callOf, change, type Core, record, resume } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import { endAsk, transferValue } from "./asking.ts";
import { greeted } from "./connecting.ts";
import { type Collected, goOnAsking, takeKey, takeKeys } from "./collecting.ts";
import { endCall, served } from "./ending.ts";
import { netFor, raise } from "./nets.ts";
import { requestEnded } from "./requests.ts";
import { finishAttempt } from "./going-on.ts";
import { awaitsRefer } from "./transferring.ts";
import { endTreatment } from "./treatments.ts";
import { goOnDepositing } from "./voicemail.ts";
import type { Failure } from "./world.ts";

/*
 * What comes of that which was begun for a caller, and where his strategy goes on then. Whoever waits for nothing of the kind is not disturbed.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function treatmentEnded(core: Core, { call: id, task, outcome }: EventOf<"treatment.ended">): void {
  const { wait, treatment } = callOf(core, id);
  if (treatment?.task !== task) return;
  change(core, "call", id, (call) => endTreatment(core, call, outcome));
  if (wait.for === "connect" && wait.greeting === task) return greeted(core, id, wait.offer);
  if (wait.for === "digits") goOnAsking(core, id);
  if (wait.for === "deposit") goOnDepositing(core, id);
  if (wait.for !== "treatment" || wait.task !== task) return;
  // A prompt that is not there is passed over, unless the strategy has an answer to that.
  const failure: Failure = { error: "media_not_found", text: `no prompt \`${treatment.name ?? ""}\`` };
  if (outcome === "missing" && netFor(core, callOf(core, id), failure.error)) raise(core, id, failure);
  else resume(core, id);
}

export function pressed(core: Core, id: CallId, key: string): void {
  if (callOf(core, id).wait.for !== "digits") return;
  settleDigits(core, id, takeKey(core, id, key));
}

/** Somebody else has waited for them, so that what there is is decided at once. */
export function keysCollected(core: Core, { call: id, task, keys }: EventOf<"keys.collected">): void {
  const { wait, collecting, treatment } = callOf(core, id);
  if (wait.for !== "digits" || collecting?.task !== task || treatment?.task !== task) return;
  settleDigits(core, id, takeKeys(core, id, keys));
}

export function settleDigits(core: Core, id: CallId, collected: Collected | undefined): void {
  if (collected) finishAttempt(core, id, collected.outcome, collected.digits, collected.handler);
}

export function answeredRequest(core: Core, { call: id, task, code, body }: EventOf<"request.ended">): void {
  const requested = requestEnded(core, id, task, code, body ?? null);
  if (requested) finishAttempt(core, id, requested.outcome, requested.brought);
}

export function referEnded(core: Core, { call: id, task, outcome, sip }: EventOf<"refer.ended">): void {
  if (!awaitsRefer(core, id, task)) return;
  if (outcome !== "accepted") return finishAttempt(core, id, outcome, sip ?? 0);
  endCall(core, id, { by: "strategy", disposition: served(callOf(core, id), "transferred") });
}

export function botEnded(core: Core, { call: id, task, outcome, transfer, sip }: EventOf<"bot.ended">): void {
  if (!endAsk(core, id, task, outcome, transfer)) return;
  finishAttempt(core, id, outcome, outcome === "transfer" ? transferValue(transfer ?? {}) : (sip ?? 0));
}

export function depositTaken(core: Core, { call: id, task }: EventOf<"voicemail.answered">): void {
  change(core, "call", id, ({ deposit }) => {
    if (deposit?.task === task) deposit.takenAt = core.now;
  });
}

export function depositEnded(core: Core, { call: id, task, outcome }: EventOf<"voicemail.ended">): void {
  const call = callOf(core, id);
  if (call.deposit?.task !== task) return;
  record(core, { type: "voicemail.ended", call: id, mailbox: call.deposit.mailbox, outcome });
  change(core, "call", id, (changing) => {
    delete changing.deposit;
  });
  if (outcome !== "left_message") return finishAttempt(core, id, outcome);
  endCall(core, id, { by: "caller", disposition: served(call, "left_message") });
}
