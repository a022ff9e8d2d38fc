import type { Call } from "../call.ts";
import { callOf, change, type Core, record } from "../core.ts";
import type { Event, OfferId } from "../events.ts";

/* What phones and their exchanges say without being asked. It changes nothing of where a call goes; people are told. */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/** Somebody is there in place of the caller, or of who picked up. */
export function identityChanged(core: Core, { call: id, offer, identity }: EventOf<"identity.changed">): void {
  change(core, "call", id, (call) => {
    if (offer === undefined) call.identity = identity;
    else if (call.party?.offer === offer) call.party.identity = identity;
  });
  record(core, { type: "identity.changed", call: id, ...whoIs(callOf(core, id), offer), identity });
}

export function phoneRefused(core: Core, { call: id, offer, what, reason, sip }: EventOf<"phone.refused">): void {
  record(core, { type: "phone.refused", call: id, ...whoIs(callOf(core, id), offer), what, reason, sip });
}

function whoIs(
  { party, consult, offers }: Readonly<Call>,
  offer: OfferId | undefined,
): { agent?: string; destination?: string } {
  if (offer === undefined) return {};
  const answered = [party, consult].find((each) => each?.offer === offer);
  if (answered) return { agent: answered.agent, destination: answered.destination };
  const rung = offers.find((each) => each.id === offer);
  return rung ? { agent: rung.agent, destination: rung.number } : {};
}
