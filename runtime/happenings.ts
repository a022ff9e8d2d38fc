import { claim, endWrapUp, trunkChanged, unclaim } from "./agents.ts";
import { type Call, newCall } from "./call.ts";
import { acceptOffer, connected, connectFailed, partyGone } from "./strategy/connecting.ts";
import { callOf, change, command, type Core, disarm, type Due, record, resume } from "./core.ts";
import { weigh } from "./strategy/assignment.ts";
import { invariant, unreachable } from "./defect.ts";
import { endAsk, transferValue } from "./strategy/asking.ts";
import { countIn, refusedBy } from "./strategy/admission.ts";
import { agentAnswered, customerAnswered, customerFailed, endCallback, rested } from "./strategy/calling-back.ts";
import { type Collected, decide, goOnAsking, takeKey } from "./strategy/collecting.ts";
import { endCall, forget, served } from "./strategy/ending.ts";
import { findEntry, patternText } from "./strategy/entries.ts";
import type { CallId, Event, OfferId } from "./events.ts";
import { setCounter, setFlag } from "./house.ts";
import { stopPlacing } from "./queue/callbacks.ts";
import { hasHope } from "./queue/hope.ts";
import { limits } from "./limits.ts";
import { tryAgain } from "./queue/matching.ts";
import { askToConfirm, endOffer } from "./queue/offers.ts";
import { replaceProgram } from "./reload.ts";
import { acceptPreview, endAllShown, endShown, releaseAccepted, showNext, shownAs } from "./queue/previews.ts";
import { endWith } from "./strategy/previewing.ts";
import { thing } from "./values.ts";
import type { Unanswered } from "./records.ts";
import { capPlace } from "./queue/queue.ts";
import { advanceSteps } from "./queue/stand.ts";
import { netFor, raise } from "./strategy/nets.ts";
import { abandonRequest, requestEnded } from "./strategy/requests.ts";
import { CODES } from "./strategy/dialing.ts";
import { masked } from "./strategy/secrets.ts";
import { finishAttempt, finishQueue, ringFailed, runLate } from "./strategy/strategy.ts";
import { awaitsRefer } from "./strategy/transferring.ts";
import { endTreatment, startTreatment } from "./strategy/treatments.ts";
import type { Failure } from "./strategy/world.ts";

/*
 * What each event and each deadline does. An event about something the engine no longer has is a fact, not an error.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function happen(core: Core, event: Event): void {
  core.inHand = "call" in event ? event.call : undefined;
  switch (event.type) {
    case "call.arrived":
      return arrived(core, event);
    case "agent.claimed":
      return claimed(core, event);
    case "agent.readied":
      unclaim(core, event.agent, ["desk", "login", "no_answer", event.source], event.source);
      return endWrapUp(core, event.agent);
    case "program.loaded":
      return loaded(core, event);
    case "flag.set":
      return setFlag(core, event.flag, event.on, event.by);
    case "counter.set":
      return setCounter(core, event.counter, event.value, event.by);
    case "site.told":
      core.house.siteWaits[event.site] = { waitMs: event.waitMs, at: core.now };
      return;
    case "preview.accepted":
      return previewAnswered(core, event, true);
    case "preview.declined":
      return previewAnswered(core, event, false);
    case "trunk.changed":
      return trunkChanged(core, event.trunk, event.up);
    case "time.passed":
      return;
    case "offer.answered":
      return offerAnswered(core, event.call, event.offer);
    default:
      if (core.tables.call.has(event.call)) happenToCall(core, event);
  }
}

type CallEvent = Exclude<
  Event,
  EventOf<
    | "call.arrived"
    | "agent.claimed"
    | "agent.readied"
    | "flag.set"
    | "program.loaded"
    | "counter.set"
    | "site.told"
    | "trunk.changed"
    | "time.passed"
    | "offer.answered"
    | "preview.accepted"
    | "preview.declined"
  >
>;

function happenToCall(core: Core, event: CallEvent): void {
  const { call: id } = event;
  if (callOf(core, id).ended && event.type !== "request.ended") return;
  switch (event.type) {
    case "call.answered":
      return answered(core, id);
    case "call.gone":
      return gone(core, id);
    case "treatment.ended":
      return treatmentEnded(core, event);
    case "digit.pressed":
      return pressed(core, id, event.digit);
    case "request.ended":
      return answeredRequest(core, event);
    case "recording.changed":
      return record(core, { type: "recording.changed", call: id, state: event.state });
    case "offer.ringing":
      return change(core, "call", id, (call) => {
        if (call.wait.for === "ring" && call.offers.some(({ id: its }) => its === event.offer))
          disarm(core, call, "ringback");
      });
    case "bot.ended":
      return botEnded(core, event);
    case "refer.ended":
      return referEnded(core, event);
    case "place.failed":
      return customerFailed(core, id, event.outcome);
    case "offer.confirmed":
      return confirmed(core, id, event.offer, event.confirmed);
    case "offer.failed":
      return offerFailed(core, id, event.offer, event.outcome, event.sip);
    case "call.connected":
      return connected(core, id, event.offer);
    case "connect.failed":
      return connectFailed(core, id, event.offer);
    case "party.gone":
      return isConfirming(core, id, event.offer)
        ? confirmed(core, id, event.offer, false)
        : partyGone(core, id, event.offer);
    case "voicemail.ended":
      return depositEnded(core, event);
    default:
      return unreachable(event);
  }
}

function arrived(core: Core, event: EventOf<"call.arrived">): void {
  const { call: id, from, to, trunk, headers, conversation } = event;
  if (core.tables.call.has(id)) return;
  const { program } = core;
  const entrance = findEntry(program.entries, to);
  const home = (entrance && program.codeOf.get(entrance.strategy)) ?? 0;
  const entry = entrance && patternText(entrance);
  const tooMuch =
    event.data !== undefined && weigh({ is: "record", fields: event.data }, limits.callDataCharacters) < 0;
  const call = newCall({
    id,
    program: program.hash,
    home,
    slots: program.codes[home]?.slots ?? 0,
    from,
    to,
    trunk,
    entry,
    headers,
    conversation,
    language: core.directory.site.languages[0] ?? "en",
    data: tooMuch ? {} : event.data,
    arrivedAt: core.now,
  });
  core.tables.call.set(id, call);
  const refused = entrance && refusedBy(core, call, entrance);
  countIn(core, call);
  const strategy = entrance && program.codes[home]?.name;
  record(core, {
    type: "call.arrived",
    call: id,
    from,
    to,
    entry,
    strategy,
    trunk,
    data: masked(core, call, call.data),
  });
  if (tooMuch) record(core, { type: "limit.reached", call: id, limit: "call.data" });
  if (refused !== undefined) refuse(core, id, refused);
  else if (entrance) resume(core, id);
  else takeEntryRoute(core, id);
}

/** It never was a call of the strategy, which therefore has nothing to say after it. */
function refuse(core: Core, id: CallId, sip: number): void {
  record(core, { type: "limit.reached", call: id, limit: "entry" });
  change(core, "call", id, (call) => {
    call.home = 0;
  });
  endCall(core, id, { by: "system", disposition: "rejected", sip });
}

/** No strategy wants the call: the second net, or a refusal. */
function takeEntryRoute(core: Core, id: CallId): void {
  if (core.program.directory.defaults.entryRoute === undefined) {
    return endCall(core, id, { by: "system", disposition: "rejected", sip: limits.noEntryCode });
  }
  record(core, { type: "call.default_routed", call: id, net: "entry", reason: "no entry takes the number" });
  change(core, "call", id, (call) => {
    call.defaulted = "entry";
  });
  resume(core, id);
}

function answered(core: Core, id: CallId): void {
  const { wait, answered: already, callback } = callOf(core, id);
  const placing = callback?.placing;
  if (already || (callback && !placing)) return;
  change(core, "call", id, (call) => {
    call.answered = true;
  });
  record(core, { type: "call.answered", call: id });
  if (placing) return customerAnswered(core, id);
  if (wait.for !== "answer") return;
  if (wait.ringback) change(core, "call", id, (call) => startTreatment(core, call, "ringback"));
  resume(core, id);
}

function gone(core: Core, id: CallId): void {
  const call = callOf(core, id);
  if (call.callback && !call.answered) return endCallback(core, id, "unreachable");
  endCall(core, id, { by: "caller", disposition: call.wait.for === "talk" ? served(call, "answered") : "abandoned" });
}

function treatmentEnded(core: Core, { call: id, task, outcome }: EventOf<"treatment.ended">): void {
  const { wait, treatment } = callOf(core, id);
  if (treatment?.task !== task) return;
  change(core, "call", id, (call) => endTreatment(core, call, outcome));
  if (wait.for === "digits") goOnAsking(core, id);
  if (wait.for !== "treatment" || wait.task !== task) return;
  // A prompt that is not there is passed over, unless the strategy has an answer to that.
  const failure: Failure = { error: "media_not_found", text: `no prompt \`${treatment.name ?? ""}\`` };
  if (outcome === "missing" && netFor(core, callOf(core, id), failure.error)) raise(core, id, failure);
  else resume(core, id);
}

function pressed(core: Core, id: CallId, key: string): void {
  if (callOf(core, id).wait.for !== "digits") return;
  settleDigits(core, id, takeKey(core, id, key));
}

function settleDigits(core: Core, id: CallId, collected: Collected | undefined): void {
  if (collected) finishAttempt(core, id, collected.outcome, collected.digits, collected.handler);
}

function answeredRequest(core: Core, { call: id, task, code, body }: EventOf<"request.ended">): void {
  const requested = requestEnded(core, id, task, code, body ?? null);
  if (requested) finishAttempt(core, id, requested.outcome, requested.brought);
}

function referEnded(core: Core, { call: id, task, outcome, sip }: EventOf<"refer.ended">): void {
  if (!awaitsRefer(core, id, task)) return;
  if (outcome !== "accepted") return finishAttempt(core, id, outcome, sip ?? 0);
  endCall(core, id, { by: "strategy", disposition: served(callOf(core, id), "transferred") });
}

function botEnded(core: Core, { call: id, task, outcome, transfer = {}, sip }: EventOf<"bot.ended">): void {
  if (!endAsk(core, id, task, outcome, transfer)) return;
  finishAttempt(core, id, outcome, outcome === "transfer" ? transferValue(transfer) : (sip ?? 0));
}

function depositEnded(core: Core, { call: id, task, outcome }: EventOf<"voicemail.ended">): void {
  const call = callOf(core, id);
  if (call.deposit?.task !== task) return;
  record(core, { type: "voicemail.ended", call: id, mailbox: call.deposit.mailbox, outcome });
  change(core, "call", id, (changing) => {
    delete changing.deposit;
  });
  if (outcome !== "left_message") return finishAttempt(core, id, outcome);
  endCall(core, id, { by: "caller", disposition: served(call, "left_message") });
}

function offerAnswered(core: Core, id: CallId, offer: OfferId): void {
  const call = core.tables.call.get(id);
  const its = call?.offers.find((each) => each.id === offer);
  if (its?.confirming) return;
  if (its && call?.callback) return agentAnswered(core, id, offer);
  if (its) return its.confirm ? askToConfirm(core, id, offer) : acceptOffer(core, id, offer);
  if (call?.party?.offer === offer) return;
  command(core, { type: "withdraw", call: id, offer, reason: call ? "lost_race" : "caller_gone" });
}

/** The first who accepts in the order of events has the call; whoever comes later is told so. */
function previewAnswered(
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
function askOthers(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    const { preview } = call;
    if (preview) preview.leftMs = Math.max(0, (call.due.preview?.at ?? core.now) - core.now);
    disarm(core, call, "preview");
  });
  const ended = endWith(core, id, showNext(core, id));
  if (ended !== undefined) finishAttempt(core, id, ended);
}

/** A trunk that does not even ring. */
function staysSilent(core: Core, id: CallId): void {
  const { wait, offers } = callOf(core, id);
  if (wait.for !== "ring") return;
  for (const offer of offers) endOffer(core, id, offer.id, { outcome: "unreachable", withdrawn: "no_answer" });
  ringFailed(core, id, "unreachable", CODES.no_answer);
}

/** Phones that do not stop by themselves. */
const withdrawals: { [K in Unanswered]?: "no_answer" | "strategy" } = {
  no_answer: "no_answer",
  not_confirmed: "strategy",
};

function confirmed(core: Core, id: CallId, offer: OfferId, pressed: boolean): void {
  if (!isConfirming(core, id, offer)) return;
  if (pressed) acceptOffer(core, id, offer);
  else offerFailed(core, id, offer, "not_confirmed");
}

function isConfirming(core: Core, id: CallId, offer: OfferId): boolean {
  return callOf(core, id).offers.some((each) => each.id === offer && each.confirming);
}

function offerFailed(core: Core, id: CallId, offer: OfferId, outcome: Unanswered, sip?: number): void {
  if (!callOf(core, id).offers.some((each) => each.id === offer)) return;
  endOffer(core, id, offer, { outcome, withdrawn: withdrawals[outcome] });
  stopPlacing(core, id, true);
  const { wait, offers } = callOf(core, id);
  // Of several that ring at once the last one to stop tells the outcome.
  if (wait.for === "ring") return offers.length === 0 ? ringFailed(core, id, outcome, sip) : undefined;
  if (wait.for === "offers" && offers.length === 0) resume(core, id);
  tryAgain(core, id);
}

function claimed(core: Core, { agent, source, state, reason }: EventOf<"agent.claimed">): void {
  if (!core.tables.agent.has(agent)) return;
  if (state === undefined) unclaim(core, agent, [source], source);
  else claim(core, agent, { source, state, reason });
}

function loaded(core: Core, { program: hash, zones }: EventOf<"program.loaded">): void {
  const program = core.library.get(hash);
  invariant(program, `no program ${hash}`);
  core.house.zones = { ...core.house.zones, ...zones };
  replaceProgram(core, program);
}

/** What is due now. */
export function fallDue(core: Core, due: Due): void {
  core.inHand = "call" in due ? due.call : undefined;
  switch (due.what) {
    case "claim":
      return unclaim(core, due.agent, [due.source], due.source);
    case "wrap_up":
      return endWrapUp(core, due.agent);
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
      return customerFailed(core, id, "no_answer");
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
