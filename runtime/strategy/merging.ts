import { rehome } from "../agents.ts";
import { type Call, newOffer } from "../call.ts";
import { callOf, change, command, type Core } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import { completeAsked } from "./consulting.ts";
import { endCall } from "./ending.ts";
import { limits } from "../limits.ts";
import { leavesPhone } from "./own-calls.ts";
import { turn } from "./turning.ts";

/*
 * Who asks somebody by a call of his own and joins the two by his phone (RFC 5589 7): it is as if he had asked him in the first call (row 3.32),
 * which goes on with its data; the second is over.
 */

export function mergeAsked(core: Core, event: Extract<Event, { type: "merge.asked" }>): void {
  const { call: id, with: other, side, withSide } = event;
  const [first, second] = [talkedWith(core, id, side), talkedWith(core, other, withSide)];
  if (!first || !second || id === other) return;
  // He is the party of the one, and the caller of the other.
  if (side === "caller") turn(core, id, first);
  if (withSide === undefined) turn(core, other, second);
  const { party = second, legs } = callOf(core, other);
  const { agent, destination, trunk } = party;
  const offer = change(core, "call", id, (call) => {
    const fresh = newOffer(call);
    call.consult = { offer: fresh, agent, destination, trunk, joined: true };
    if (legs) call.legs = [...(call.legs ?? []), ...legs].slice(-limits.legs);
    return fresh;
  });
  change(core, "call", other, (call) => void (call.party = undefined));
  if (agent !== undefined) rehome(core, agent, party.offer, { call: id, offer });
  command(core, { type: "adopt", call: id, offer, from: other, its: party.offer });
  completeAsked(core, id);
  if (side === "caller") leavesPhone(core, id);
  endCall(core, other, { by: "party", disposition: "transferred" });
}

/** The party of a call in which two talk, or he holds the other, and nothing else is under way. Who is held himself can do nothing with it. */
function talkedWith(core: Core, id: CallId, side: "caller" | undefined): Call["party"] {
  if (!core.tables.call.has(id)) return undefined;
  const { wait, party, held, consult, guests } = callOf(core, id);
  const talks = wait.for === "talk" && (!held || side === undefined);
  return talks && !consult && !guests ? party : undefined;
}
