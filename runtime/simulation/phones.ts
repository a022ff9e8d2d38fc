import type { Party } from "../commands.ts";
import type { CallId, OfferFailure, OfferId } from "../events.ts";
import { after, nothing, type Of, type Ringing, soon, type Visit } from "./visit.ts";

/* The phones that ring for a caller, and those he talks with. */

export function ring(visit: Visit, { call, offer, party }: Of<"offer">): void {
  const answering = visit.cast.answering(party);
  const ringing: Ringing = { party, state: "ringing", cancel: nothing };
  visit.offers.set(offer, ringing);
  if (answering.act === "fails") {
    ringing.cancel = after(visit, answering.afterMs, () => fail(visit, offer, answering.outcome, answering.sip));
    return;
  }
  ringing.cancel = after(visit, 0, () => {
    if (answering.act === "answers") {
      const { talksMs, presses, over, afterMs } = answering;
      Object.assign(ringing, { talksMs, presses, over });
      ringing.cancel = after(visit, afterMs, () => pickUp(visit, offer));
    }
    visit.deliver({ type: "offer.ringing", call, offer });
  });
}

export function pickUp(visit: Visit, offer: OfferId): void {
  const ringing = visit.offers.get(offer);
  if (!ringing) return;
  ringing.cancel();
  ringing.state = "answered";
  if (ringing.over !== undefined) visit.onCarried?.(visit.call, ringing.over, visit.clock.now());
  visit.deliver({ type: "offer.answered", call: visit.call, offer });
}

export function fail(visit: Visit, offer: OfferId, outcome: OfferFailure, sip?: number): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
  const code = sip === undefined ? {} : { sip };
  visit.deliver({ type: "offer.failed", call: visit.call, offer, outcome, ...code });
}

/** Does something with the call at this agent's phone that is in this state. */
export function atPhone(
  visits: ReadonlyMap<CallId, Visit>,
  agent: string,
  wanted: Ringing["state"],
  act: (visit: Visit, offer: OfferId) => void,
): void {
  for (const visit of visits.values()) {
    for (const [offer, { party, state }] of visit.offers) {
      if (state === wanted && party.kind === "agent" && party.agent === agent) return act(visit, offer);
    }
  }
}

export function confirm(visit: Visit, { call, offer, prompt, key, language }: Of<"confirm">): void {
  const ringing = visit.offers.get(offer);
  if (!ringing) return;
  const pressed = ringing.presses ? ringing.presses(prompt) : key;
  if (pressed === undefined) return;
  const heardMs = visit.cast.promptMs(prompt, language) ?? 0;
  ringing.cancel = after(visit, heardMs, () =>
    visit.deliver({ type: "offer.confirmed", call, offer, confirmed: pressed === key }),
  );
}

export function connect(visit: Visit, { call, offer }: Of<"connect">): void {
  const ringing = visit.offers.get(offer);
  if (ringing?.state !== "answered") {
    soon(visit, { type: "connect.failed", call, offer });
    return;
  }
  ringing.cancel = after(visit, 0, () => {
    ringing.state = "connected";
    const { talksMs } = ringing;
    if (talksMs !== undefined) ringing.cancel = after(visit, talksMs, () => partyGoes(visit, offer));
    if (!visit.gone) visit.deliver({ type: "call.connected", call, offer });
  });
}

export function part(visit: Visit, { call, offer }: Of<"part">): void {
  const ringing = visit.offers.get(offer);
  if (ringing) ringing.state = "answered";
  ringing?.cancel();
  soon(visit, { type: "call.parted", call, offer, parted: ringing !== undefined });
}

/** Who called takes the place of the phone that he has called. */
export function turn(visit: Visit, { offer, as, agent }: Of<"turn">): void {
  withdraw(visit, offer);
  const party: Party =
    agent === undefined ? { kind: "number", number: visit.call, trunks: [] } : { kind: "agent", agent, device: agent };
  visit.offers.set(as, { party, state: "connected", cancel: nothing });
}

export function join(visit: Visit, { call, offer, with: other }: Of<"join">): void {
  const joined = visit.offers.has(offer) && visit.offers.has(other);
  soon(visit, { type: "parties.joined", call, offer, joined });
}

export function partyGoes(visit: Visit, offer: OfferId): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
  visit.deliver({ type: "party.gone", call: visit.call, offer });
}

export function withdraw(visit: Visit, offer: OfferId): void {
  visit.offers.get(offer)?.cancel();
  visit.offers.delete(offer);
}
