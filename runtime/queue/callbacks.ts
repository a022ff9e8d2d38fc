import { lease, release } from "../agents.ts";
import { type Call, newOffer } from "../call.ts";
import type { Callback } from "../tried.ts";
import { copy } from "../copy.ts";
import { arm, callOf, change, command, type Core, disarm, record } from "../core.ts";
import { invariant } from "../defect.ts";
import type { CallId, OfferFailure, OfferId } from "../events.ts";
import { limits } from "../limits.ts";
import { outbound } from "../strategy/trunks.ts";
import { endOffer, withdrawAll } from "./offers.ts";
import { joinQueue, leaveQueue } from "./queue.ts";
import { leaveLine } from "./stand.ts";

/*
 * A callback is a call of its own: it begins as a copy of the caller's, with his place in the queue and nobody on the line. When its
 * turn comes an agent and the caller are brought together, whoever of the two is called first.
 */

export type Booking = Omit<Callback, "of">;

/** The place passes to the callback at once; from now on nobody is asked to take the live call. */
export function book(core: Core, id: CallId, booking: Booking, expiresMs: number): CallId {
  withdrawAll(core, id, "strategy");
  leaveQueue(core, id, "callback");
  const made = copyOf(callOf(core, id), { ...booking, of: id });
  core.tables.call.set(made.id, made);
  change(core, "call", id, (call) => {
    call.calledBack = made.id;
  });
  command(core, { type: "open", call: made.id, conversation: made.conversation });
  record(core, { type: "callback.booked", call: made.id, of: id, number: booking.number });
  if (expiresMs !== Infinity) {
    change(core, "call", made.id, (call) => arm(core, call, "expires", core.now + Math.max(0, expiresMs)));
  }
  joinQueue(core, made.id);
  return made.id;
}

function copyOf(call: Call, callback: Callback): Call {
  const { queued, recording, ...whole } = copy(call);
  invariant(queued, `${call.id} has no place to keep`);
  const { treatment: _1, collecting: _2, party: _3, preview: _4, calledBack: _5, ...kept } = whole;
  // A call has no more than one.
  const id = `${call.id}~callback`;
  const { heldUntil: _6, giveUpAt: _7, ...place } = queued;
  return {
    ...kept,
    id,
    frames: kept.frames.map(({ until: _until, ...frame }) => frame),
    wait: { for: "idle" },
    answered: false,
    lastTask: 0,
    offers: [],
    lastAttempt: 0,
    toRecord: whole.toRecord ?? recording,
    due: {},
    callback,
    queued: { ...place, place: { ...queued.place, call: id }, joined: false, inLine: false },
  };
}

/** Its caller is to be called before an agent's phone rings. */
export function isAwaited({ callback, answered }: Call): boolean {
  return callback !== undefined && !callback.agentFirst && !answered;
}

/** The caller first: the agent is kept for him, and not rung before he is there. */
export function reserve(core: Core, id: CallId, agent: string): void {
  const offer = change(core, "call", id, (call) => {
    const its = newOffer(call);
    if (call.callback) call.callback.reserved = { agent, offer: its };
    return its;
  });
  lease(core, agent, id, { id: offer, queue: callOf(core, id).queued?.name });
  leaveLine(core, id);
  place(core, id);
}

/** The agent first: he has picked up, and hears for whom. */
export function callCustomer(core: Core, id: CallId, offer: OfferId): void {
  const { offers, callback, language } = callOf(core, id);
  for (const each of offers) {
    if (each.id !== offer) endOffer(core, id, each.id, { outcome: "lost_race", withdrawn: "lost_race" });
  }
  leaveLine(core, id);
  change(core, "call", id, (call) => {
    const its = call.offers.find((each) => each.id === offer);
    invariant(its, `${offer} was not made`);
    core.deadlines.cancel(its.deadline);
    // Only a net: the time of placing the call ends before.
    its.deadline = core.deadlines.add(core.now + 2 * limits.placeMs, { what: "offer", call: id, offer });
    its.confirming = true;
  });
  if (callback?.announce !== undefined)
    command(core, { type: "announce", call: id, offer, text: callback.announce, language });
  place(core, id);
}

function place(core: Core, id: CallId): void {
  const number = callOf(core, id).callback?.number ?? "";
  change(core, "call", id, (call) => {
    if (call.callback) call.callback.placing = true;
    arm(core, call, "place", core.now + limits.placeMs);
  });
  // He is shown the number that he has dialled.
  const { to: from } = callOf(core, id);
  command(core, { type: "place", call: id, party: { kind: "number", number, trunks: outbound(core, number) }, from });
}

/** The caller could not be reached, or is not called any more. Whoever was kept for him is free. */
export function stopPlacing(core: Core, id: CallId, withdrawn: boolean): void {
  const { callback } = callOf(core, id);
  if (!callback?.placing) return;
  const { reserved } = callback;
  change(core, "call", id, (call) => {
    disarm(core, call, "place");
    if (!call.callback) return;
    delete call.callback.placing;
    delete call.callback.reserved;
  });
  if (withdrawn) command(core, { type: "unplace", call: id });
  if (reserved) release(core, reserved.agent, reserved.offer, "unharmed");
}

/** Whoever has picked up first is let go again, and learns why. */
export function releaseFirst(core: Core, id: CallId, caller: OfferFailure | "no_answer", sip?: number): void {
  for (const each of callOf(core, id).offers) {
    const ended = { outcome: "not_reached", caller, sip, withdrawn: "strategy" } as const;
    if (each.confirming) endOffer(core, id, each.id, ended);
  }
}

/** One attempt less: whether there is another, after a rest. */
export function triesAgain(core: Core, id: CallId, outcome: OfferFailure | "no_answer", sip?: number): boolean {
  record(core, { type: "callback.tried", call: id, outcome, sip });
  return change(core, "call", id, (call) => {
    const { callback } = call;
    if (!callback || --callback.attemptsLeft < 1) return false;
    callback.resting = true;
    arm(core, call, "rest", core.now + callback.everyMs);
    return true;
  });
}
