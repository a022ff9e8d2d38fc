import { wrapUp } from "../agents.ts";
import type { Call } from "../call.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId, Event, OfferId } from "../events.ts";
import { endOffer, makeOffer } from "../queue/offers.ts";
import type { Unanswered } from "../records.ts";
import { thing, type Value } from "../values.ts";
import { entranceOf } from "./entering.ts";
import { callerParted, holdAsked, holdMusic, joinCaller, phoneHolds, tellHolder } from "./holding.ts";
import { partyOf } from "./ringing.ts";
import { entry, phoneOf, whom } from "./things.ts";
import { endTreatment } from "./treatments.ts";
import { becomesParty } from "./turning.ts";
import type { Scope } from "./world.ts";

/*
 * Who talks asks somebody else while the caller is held (row 3.32). He may go to and fro between the two: who is not talked with is held.
 *
 *   caller: held        parted    →  joining, –    →  parting, parted  …
 *   asked:  joined      held: parting, parted      →  held: joining, joined
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/** He wants to ask somebody before he hands the call on: the caller is held meanwhile. */
export function consultAsked(core: Core, { call: id, to, by }: EventOf<"consult.asked">): void {
  const { wait, held, consult } = callOf(core, id);
  if (wait.for !== "talk" || consult || held === "parting") return;
  const wanted = whom(core, to);
  if (wanted === null) return record(core, { type: "consult.ended", call: id, to, outcome: "unreachable" });
  // What answers there is a strategy, and a trunk would bring the call back as another.
  const number = phoneOf(wanted, core.directory);
  const isEntry = number !== undefined && entranceOf(core, number) !== undefined;
  if (isEntry) return record(core, { type: "consult.ended", call: id, to, outcome: "entry" });
  if (!becomesParty(core, id, by)) return;
  change(core, "call", id, (call) => void (call.consult = { to: wanted }));
  if (held === "parted") ringConsulted(core, id, wanted);
  else holdAsked(core, id);
}

/** The caller has been parted from who talks, or whom he asks has. */
export function parted(core: Core, { call: id, offer, parted: done }: EventOf<"call.parted">): void {
  if (isConsulted(callOf(core, id), offer)) return consultedParted(core, id, done);
  if (!callerParted(core, id, offer, done)) return;
  const { consult } = callOf(core, id);
  if (!done) return goBack(core, id);
  if (consult?.to !== undefined) ringConsulted(core, id, consult.to);
  else if (consult?.held === "joining") joinConsulted(core, id);
}

/** He talks with the caller still, and not with whom he wanted to. */
function goBack(core: Core, id: CallId): void {
  change(core, "call", id, (call) => {
    if (call.consult?.held) call.consult.held = "parted";
    else call.consult = undefined;
  });
}

/** From whom he asks to the caller, or back. */
export function alternateAsked(core: Core, id: CallId): void {
  const { wait, held, consult } = callOf(core, id);
  if (wait.for !== "talk" || consult?.offer === undefined) return;
  if (consult.joined && !consult.held) return partConsulted(core, id, consult.offer);
  if (consult.held !== "parted") return;
  change(core, "call", id, (call) => {
    if (call.consult) call.consult.held = "joining";
  });
  if (held === "parted") joinConsulted(core, id);
  else holdAsked(core, id);
}

function partConsulted(core: Core, id: CallId, offer: OfferId): void {
  const { consult, language } = callOf(core, id);
  change(core, "call", id, (call) => {
    if (call.consult) call.consult.held = "parting";
  });
  const music = holdMusic(core, consult?.trunk);
  command(core, { type: "part", call: id, offer, ...(music !== undefined && { music: { name: music, language } }) });
}

function consultedParted(core: Core, id: CallId, done: boolean): void {
  const { consult, wait, held } = callOf(core, id);
  if (consult?.held !== "parting") return;
  change(core, "call", id, ({ consult: its }) => {
    if (!its) return;
    its.held = done ? "parted" : undefined;
    if (done) its.joined = undefined;
  });
  if (!done) return record(core, { type: "hold.failed", call: id });
  record(core, { type: "consult.held", call: id, agent: consult.agent, destination: consult.destination });
  if (wait.for === "talk" && held === "parted") joinCaller(core, id, wait.offer);
  tellHolder(core, id);
}

/**
 * The two go on; whoever was asked meanwhile is let go. What his phone holds, only that takes back; and who asks somebody takes his phone off hold
 * to talk with him.
 */
export function retrieveAsked(core: Core, id: CallId, by: string): void {
  const byPhone = by === "phone";
  if (byPhone) phoneHolds(core, id, false);
  const { wait, held, party, consult } = callOf(core, id);
  if (wait.for !== "talk" || held !== "parted" || party?.holds || (byPhone && consult)) return;
  dropConsulted(core, id);
  joinCaller(core, id, wait.offer);
}

function ringConsulted(core: Core, id: CallId, to: Value): void {
  const call = callOf(core, id);
  const scope: Scope = { call, locals: [], world: core.world, failure: undefined };
  const target = typeof to === "string" ? thing("number", to) : to;
  const found = partyOf(core, target, null, scope) ?? "unreachable";
  if (typeof found === "string") return endConsult(core, id, found);
  const by = call.party?.agent;
  const from = (by === undefined ? undefined : entry(core.directory.agents, by)?.extension) ?? call.from;
  const offer = makeOffer(core, id, { ...found, from, apart: true });
  change(core, "call", id, (changing) => {
    const its = changing.offers.find((each) => each.id === offer);
    changing.consult = { offer, agent: its?.agent, destination: its?.number, trunk: its?.trunk };
  });
}

export function isConsulted({ consult }: Call, offer: OfferId): boolean {
  return consult?.offer === offer;
}

/** Whom he asks has picked up: the two are joined. */
export function consultAnswered(core: Core, id: CallId, offer: OfferId): void {
  endOffer(core, id, offer, { outcome: "answered" });
  joinConsulted(core, id);
}

function joinConsulted(core: Core, id: CallId): void {
  const { party, consult } = callOf(core, id);
  if (party && consult?.offer !== undefined)
    command(core, { type: "join", call: id, offer: consult.offer, with: party.offer });
}

/** Whether whom he asks has picked up and talked with him: the call may be handed on to him. */
export function isReached({ consult }: Call): boolean {
  return consult?.joined === true || consult?.held !== undefined;
}

export function joined(core: Core, { call: id, offer, joined: done }: EventOf<"parties.joined">): void {
  const { consult, party } = callOf(core, id);
  if (consult?.offer !== offer || consult.joined) return;
  if (!done) {
    dropConsulted(core, id);
    return;
  }
  change(core, "call", id, (call) => {
    if (!call.consult) return;
    call.consult.joined = true;
    call.consult.held = undefined;
  });
  record(core, {
    type: "call.consulted",
    call: id,
    by: party?.agent,
    agent: consult.agent,
    destination: consult.destination,
  });
  tellHolder(core, id);
}

/** He, or what rang him, says no. */
export function consultFailed(core: Core, id: CallId, offer: OfferId, outcome: Unanswered): void {
  endOffer(core, id, offer, { outcome, withdrawn: outcome === "no_answer" ? "no_answer" : undefined });
  endConsult(core, id, outcome);
}

/** He has hung up again; who asked him is still there. */
export function consultGone(core: Core, id: CallId): void {
  const { consult, offers } = callOf(core, id);
  const ringing = offers.find((each) => each.id === consult?.offer);
  if (ringing) return consultFailed(core, id, ringing.id, "unreachable");
  if (consult?.agent !== undefined && consult.offer !== undefined) wrapUp(core, consult.agent, consult.offer);
  endConsult(core, id, "hung_up");
}

function endConsult(core: Core, id: CallId, outcome: string): void {
  const { agent, destination } = callOf(core, id).consult ?? {};
  change(core, "call", id, (call) => void (call.consult = undefined));
  record(core, { type: "consult.ended", call: id, agent, destination, outcome });
  tellHolder(core, id);
}

/** Whoever is asked, or would be, is let go. */
export function dropConsulted(core: Core, id: CallId): void {
  const { consult, offers } = callOf(core, id);
  if (!consult) return;
  const { offer, agent } = consult;
  if (offer !== undefined && offers.some((each) => each.id === offer)) {
    endOffer(core, id, offer, { outcome: "lost_race", withdrawn: "strategy" });
  } else if (offer !== undefined) {
    command(core, { type: "withdraw", call: id, offer, reason: "strategy" });
    if (agent !== undefined) wrapUp(core, agent, offer);
  }
  endConsult(core, id, "withdrawn");
}

/** Whom he has asked takes the call, and he is free. */
export function completeAsked(core: Core, id: CallId): void {
  const { consult, party } = callOf(core, id);
  if (!isReached(callOf(core, id)) || consult?.offer === undefined || !party) return;
  const { offer, agent, destination, trunk } = consult;
  command(core, { type: "withdraw", call: id, offer: party.offer, reason: "strategy" });
  if (party.agent !== undefined) wrapUp(core, party.agent, party.offer);
  change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.consult = undefined;
    call.held = undefined;
    call.handedOn = { by: party.agent, to: agent ?? destination, asked: true };
    call.party = { offer, agent, destination, trunk };
    call.wait = { for: "connect", offer };
  });
  command(core, { type: "connect", call: id, offer });
}
