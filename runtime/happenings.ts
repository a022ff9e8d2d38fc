import { isOwnCall } from "./agent.ts";
import { claim, endWrapUp, unclaim } from "./agents.ts";
import { mayChoose } from "./choosing.ts";
import { callOf, change, type Core, disarm, record } from "./core.ts";
import { invariant, unreachable } from "./defect.ts";
import type { Event } from "./events.ts";
import { setCounter, setFlag } from "./house.ts";
import { limits } from "./limits.ts";
import { mailboxChanged } from "./mailboxes.ts";
import { replaceProgram } from "./reload.ts";
import { restarted, returned } from "./restarting.ts";
import { deviceChanged, redirect, seat, trunkChanged } from "./seating.ts";
import { guestChanged } from "./strategy/guests.ts";
import { entry } from "./strategy/things.ts";
import { textReceived, textSent } from "./texting.ts";
import {
  answeredRequest,
  botEnded,
  depositEnded,
  depositTaken,
  keysCollected,
  pressed,
  referEnded,
  treatmentEnded,
} from "./strategy/answers.ts";
import { answered, arrived, gone } from "./strategy/arriving.ts";
import { dialled, placeFailed } from "./strategy/desk.ts";
import { connected, connectFailed, partyGone, released } from "./strategy/connecting.ts";
import { alternateAsked, completeAsked, consultAsked, joined, parted, retrieveAsked } from "./strategy/consulting.ts";
import { mergeAsked } from "./strategy/merging.ts";
import { transferAsked } from "./strategy/handing-on.ts";
import { holdAsked } from "./strategy/holding.ts";
import { becomesParty, isItsCaller } from "./strategy/turning.ts";
import { recordAsked, recordingChanged } from "./strategy/recording.ts";
import { identityChanged, phoneRefused } from "./strategy/phones.ts";
import { confirmed, isConfirming, offerAnswered, offerFailed, previewAnswered } from "./strategy/offered.ts";

import { visitEnded, visitOpened, visitRefused } from "./strategy/visiting.ts";

/*
 * What each event does. An event about something the engine no longer has is a fact, not an error.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function happen(core: Core, event: Event): void {
  core.inHand = "call" in event ? event.call : undefined;
  switch (event.type) {
    case "call.arrived":
      return arrived(core, event);
    case "call.dialled":
      return dialled(core, event);
    case "agent.claimed":
      return claimed(core, event);
    case "agent.wrapped_up":
      return core.tables.agent.has(event.agent) ? endWrapUp(core, event.agent) : undefined;
    case "agent.readied":
      return chosenReady(core, event);
    case "program.loaded":
      return loaded(core, event);
    case "program.refused":
      return record(core, { type: "strategy.refused", reason: event.reason });
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
    case "agent.seated":
      return seat(core, event.agent, event.device);
    case "agent.redirected":
      return redirect(core, event.agent, event.number);
    case "device.changed":
      return deviceChanged(core, event.device, event.up);
    case "trunk.changed":
      return trunkChanged(core, event.trunk, event.up);
    case "mailbox.changed":
      return mailboxChanged(core, event);
    case "text.received":
      return textReceived(core, event);
    case "run.restarted":
      return restarted(core);
    case "time.passed":
      return;
    case "call.measured":
      return record(core, { ...event, type: "call.measured" });
    case "offer.answered":
      noteLeg(core, event);
      return offerAnswered(core, event.call, event.offer);
    default:
      if (core.tables.call.has(event.call)) happenToCall(core, event);
  }
}

/** By its dialog a leg is released that outlives whoever serves it. */
function noteLeg(core: Core, { call: id, dialog }: EventOf<"offer.answered" | "voicemail.answered">): void {
  if (dialog === undefined || !core.tables.call.has(id)) return;
  change(core, "call", id, (call) => void (call.legs = [...(call.legs ?? []), dialog].slice(-limits.legs)));
}

type CallEvent = Exclude<
  Event,
  EventOf<
    | "call.arrived"
    | "call.dialled"
    | "call.measured"
    | "agent.wrapped_up"
    | "agent.claimed"
    | "agent.readied"
    | "agent.seated"
    | "agent.redirected"
    | "device.changed"
    | "flag.set"
    | "program.loaded"
    | "program.refused"
    | "counter.set"
    | "site.told"
    | "mailbox.changed"
    | "text.received"
    | "trunk.changed"
    | "time.passed"
    | "run.restarted"
    | "offer.answered"
    | "preview.accepted"
    | "preview.declined"
  >
>;

/** All else that is wanted of a call whose legs nobody serves cannot be done. */
const WHILE_AWAY = new Set<Event["type"]>(["call.returned", "call.gone", "call.released", "request.ended"]);

function happenToCall(core: Core, event: CallEvent): void {
  const { call: id } = event;
  const { ended, away } = callOf(core, id);
  if (ended && event.type !== "request.ended") return;
  if (away && !WHILE_AWAY.has(event.type)) return;
  switch (event.type) {
    case "call.returned":
      return returned(core, id);
    case "call.answered":
      if (event.dialog !== undefined) change(core, "call", id, (call) => void (call.dialog = event.dialog));
      return answered(core, id);
    case "call.gone":
      return gone(core, id, event.sip);
    case "treatment.ended":
      return treatmentEnded(core, event);
    case "digit.pressed":
      return pressed(core, id, event.digit);
    case "keys.collected":
      return keysCollected(core, event);
    case "request.ended":
      return answeredRequest(core, event);
    case "recording.changed":
      return recordingChanged(core, event);
    case "record.asked":
      return recordAsked(core, event);
    case "guest.changed":
      return guestChanged(core, event);
    case "text.sent":
      return textSent(core, event);
    case "identity.changed":
      return identityChanged(core, event);
    case "phone.refused":
      return phoneRefused(core, event);
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
      return placeFailed(core, id, event.outcome, event.sip);
    case "offer.confirmed":
      return confirmed(core, id, event.offer, event.confirmed);
    case "offer.failed":
      return offerFailed(core, id, event.offer, event.outcome, event.sip);
    case "call.released":
      return released(core, id);
    case "hold.asked":
      return becomesParty(core, id, event.by, event.side) ? holdAsked(core, id, event.by) : undefined;
    case "retrieve.asked":
      return isItsCaller(core, id, event.by) ? undefined : retrieveAsked(core, id, event.by);
    case "transfer.asked":
      return transferAsked(core, event);
    case "consult.asked":
      return consultAsked(core, event);
    case "alternate.asked":
      return isItsCaller(core, id, event.by) ? undefined : alternateAsked(core, id);
    case "complete.asked":
      return isItsCaller(core, id, event.by) ? undefined : completeAsked(core, id);
    case "merge.asked":
      return mergeAsked(core, event);
    case "call.parted":
      return parted(core, event);
    case "parties.joined":
      return joined(core, event);
    case "call.connected":
      return connected(core, id, event.offer);
    case "connect.failed":
      return connectFailed(core, id, event.offer);
    case "party.gone":
      return isConfirming(core, id, event.offer)
        ? confirmed(core, id, event.offer, false)
        : partyGone(core, id, event.offer);
    case "voicemail.answered":
      noteLeg(core, event);
      return depositTaken(core, event);
    case "voicemail.ended":
      return depositEnded(core, event);
    case "visit.opened":
      return visitOpened(core, event);
    case "visit.refused":
      return visitRefused(core, event);
    case "visit.ended":
      return visitEnded(core, id, event.sip);
    default:
      return unreachable(event);
  }
}

function chosenReady(core: Core, { agent, source, forced }: EventOf<"agent.readied">): void {
  const person = core.tables.agent.get(agent);
  if (person && (source !== "desk" || forced || mayChoose(core, person, "ready"))) readied(core, agent, source);
}

function readied(core: Core, agent: string, source: string): void {
  if (!core.tables.agent.has(agent)) return;
  unclaim(core, agent, ["desk", "login", "no_answer", source], source);
  endWrapUp(core, agent);
}

/** At the desk, a state of the directory's own that counts as ready is a word of the agent himself that he is. */
function claimed(core: Core, { agent, source, state, custom, reason, forced }: EventOf<"agent.claimed">): void {
  const person = core.tables.agent.get(agent);
  if (!person || isOwnCall(person, source, reason)) return;
  const own = custom === undefined ? undefined : entry(core.directory.states, custom)?.class;
  if (custom !== undefined && own === undefined) return;
  const counts = own ?? state;
  if (source === "desk" && !forced && !mayChoose(core, person, custom ?? state ?? "ready")) return;
  if (counts === "ready" && source === "desk") readied(core, agent, source);
  if (counts === undefined) unclaim(core, agent, [source], source);
  else claim(core, agent, { source, state: counts, custom, reason });
}

function loaded(core: Core, { program: hash, zones }: EventOf<"program.loaded">): void {
  const program = core.library.get(hash);
  invariant(program, `no program ${hash}`);
  core.house.zones = { ...core.house.zones, ...zones };
  replaceProgram(core, program);
}
