import { countCall, release } from "../agents.ts";
import { callOf, change, command, type Core, disarm, record, resume } from "../core.ts";
import { completeAsked, consultGone, isConsulted, isReached } from "./consulting.ts";
import { endCall, served } from "./ending.ts";
import { goesOnWithGuests } from "./guests.ts";
import { comeBack } from "./handing-on.ts";
import { isResumed, retrieved } from "./holding.ts";
import type { CallId, OfferId } from "../events.ts";
import { standingOf } from "../queue/lines.ts";
import { tryAgain } from "../queue/matching.ts";
import { endOffer, withdrawAll } from "../queue/offers.ts";
import { armWithin, backTo, codeOf } from "./frames.ts";
import { interrupt } from "./interrupt.ts";
import { dropPreview } from "../queue/previews.ts";
import { countLeft, joinQueue, leaveQueue } from "../queue/queue.ts";
import { finishAttempt } from "./going-on.ts";
import { entry } from "./things.ts";
import { endTreatment, startTreatment, stopTreatment } from "./treatments.ts";

/*
 * From the moment a party picks up until both have hung up.
 */

/** The party has picked up: the others stop ringing, the place in the queue and every treatment end, the two are joined. */
export function acceptOffer(core: Core, id: CallId, offer: OfferId): void {
  const { agent, number, trunk, showing } = endOffer(core, id, offer, { outcome: "answered" });
  withdrawAll(core, id, "lost_race");
  leaveQueue(core, id, "answered");
  change(core, "call", id, (call) => endTreatment(core, call, "interrupted"));
  interrupt(core, id);
  change(core, "call", id, (call) => {
    disarm(core, call, "within");
    call.party = { offer, agent, destination: number, trunk };
    // Who takes it over sees what the one before him saw.
    if (showing) call.showing = showing;
    call.wait = { for: "connect", offer };
  });
  const prompt = agent === undefined ? undefined : entry(core.directory.agents, agent)?.greeting;
  if (prompt !== undefined && callOf(core, id).answered) greet(core, id, offer, prompt);
  else command(core, { type: "connect", call: id, offer });
}

/** Before the two are joined the caller hears who it is; whoever picked up waits so long. */
function greet(core: Core, id: CallId, offer: OfferId, prompt: string): void {
  const { language } = callOf(core, id);
  const task = change(core, "call", id, (call) => {
    const greeting = startTreatment(core, call, "play", prompt);
    call.wait = { for: "connect", offer, greeting };
    return greeting;
  });
  command(core, { type: "play", call: id, task, prompt, language });
}

/** The greeting is over, or there is no such prompt. */
export function greeted(core: Core, id: CallId, offer: OfferId): void {
  change(core, "call", id, (call) => {
    call.wait = { for: "connect", offer };
  });
  command(core, { type: "connect", call: id, offer });
}

export function connected(core: Core, id: CallId, offer: OfferId): void {
  const { wait, party, answered, queued, dialler } = callOf(core, id);
  if (wait.for !== "connect" || wait.offer !== offer || retrieved(core, id, offer)) return;
  if (queued) countLeft(core, queued, "answered");
  if (party?.agent !== undefined) countCall(core, party.agent);
  const { handedOn, handOns } = callOf(core, id);
  if (dialler && !handedOn && !handOns) countCall(core, dialler.agent);
  const isElsewhere = handedOn !== undefined && (handedOn.by === undefined || handedOn.by !== party?.agent);
  const transferred = isElsewhere || (!queued && opOf(core, id) === "transfer");
  change(core, "call", id, (call) => {
    call.answered = true;
    call.connectedAt = core.now;
    call.wait = { for: "talk", offer };
    call.queued = undefined;
    call.handedOn = undefined;
    if (queued) call.stood = standingOf(queued.place, core.now);
    if (transferred) call.transferred = true;
  });
  dropPreview(core, id, "withdrawn");
  if (!answered) record(core, { type: "call.answered", call: id });
  const { agent, destination } = party ?? {};
  record(core, { type: "call.connected", call: id, agent, destination });
  if (transferred) record(core, { type: "call.transferred", call: id, agent, destination });
}

/** Not the fault of who picked up: he is free again, and the call is where it was before, in its old place. */
export function connectFailed(core: Core, id: CallId, offer: OfferId): void {
  const { wait, party, queued, callback } = callOf(core, id);
  if (wait.for !== "connect" || wait.offer !== offer || !party) return;
  if (isReached(callOf(core, id))) return completeAsked(core, id);
  const wasTalking = isResumed(core, id);
  command(core, { type: "withdraw", call: id, offer, reason: "strategy" });
  if (wait.greeting !== undefined) change(core, "call", id, (call) => stopTreatment(core, call));
  if (party.agent !== undefined) release(core, party.agent, offer, "unharmed");
  change(core, "call", id, (call) => {
    if (party.agent !== undefined) call.failures[party.agent] = core.now;
    call.party = undefined;
    call.held = undefined;
    if (queued && !callback) {
      backTo(core, call, queued.depth);
      call.pc = queued.pc;
    }
    armWithin(core, call);
  });
  if (wasTalking) return comeBack(core, id);
  if (!queued)
    return opOf(core, id) === "ring" ? finishAttempt(core, id, "unreachable") : finishAttempt(core, id, "failed", 0);
  joinQueue(core, id);
  tryAgain(core, id);
  if (callback) change(core, "call", id, (call) => void (call.wait = { for: "idle" }));
  else restartTreatment(core, id);
}

/** What the call has rung somebody by. */
function opOf(core: Core, id: CallId): string | undefined {
  const call = callOf(core, id);
  return codeOf(core, call).ops[call.pc]?.op;
}

/** What runs beside the queue begins again at its top. */
function restartTreatment(core: Core, id: CallId): void {
  const call = callOf(core, id);
  const op = codeOf(core, call).ops[call.pc];
  const body = op?.op === "queue" ? op.body : undefined;
  change(core, "call", id, (changing) => {
    changing.wait = { for: "idle" };
    if (body !== undefined) changing.pc = body;
    if (changing.queued) changing.queued.roundAt = core.now;
  });
  if (body !== undefined) resume(core, id);
}

/** At a desk: a conversation is over, or a call that somebody asked for there. */
export function released(core: Core, id: CallId): void {
  const call = callOf(core, id);
  if (call.wait.for === "talk") endCall(core, id, { by: "party", disposition: served(call, "answered") });
  else if (call.dialler) endCall(core, id, { by: "party", disposition: "abandoned" });
}

/** The other side hung up: after talking the call is over; before, it could not be joined. */
export function partyGone(core: Core, id: CallId, offer: OfferId): void {
  const call = callOf(core, id);
  const { wait } = call;
  if (isConsulted(call, offer)) return consultGone(core, id);
  // Who hangs up while he has asked somebody hands the call on to him.
  if (wait.for === "talk" && wait.offer === offer && isReached(call)) return completeAsked(core, id);
  if (wait.for === "connect" && wait.offer === offer) return connectFailed(core, id, offer);
  if (wait.for !== "talk" || wait.offer !== offer || goesOnWithGuests(core, id)) return;
  endCall(core, id, { by: "party", disposition: served(callOf(core, id), "answered") });
}
