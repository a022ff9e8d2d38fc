import type { Command } from "../../runtime/index.ts";
import { convertible } from "./bridge.ts";
import { type Board, type LiveCall, lose, part, type Party, unpair } from "../call.ts";
import { callerHooks } from "../caller/caller.ts";
import { mediaHooks } from "../caller/sounding.ts";
import { endsAs, partyHooks } from "./offer.ts";

/** A party of another call is one of this. */
export function adopt(board: Board, call: LiveCall, command: Extract<Command, { type: "adopt" }>): void {
  const { offer, from, its } = command;
  const before = board.calls.get(from);
  const party = before?.offers.get(its);
  const { leg } = party ?? {};
  // Who was to be joined has gone: that is what `connect` comes to.
  if (!before || !party || !leg) return;
  if (before.joined === party) part(before);
  unpair(party);
  before.offers.delete(its);
  const { who, trunk, media, identity, agent } = party;
  const taken: Party = { offer, who, leg, media, trunk, identity, agent, withdraw: () => undefined };
  taken.withdraw = endsAs(call, offer, taken, (reason) => leg.end(reason));
  call.offers.set(offer, taken);
  leg.follow(partyHooks(board, call, offer, taken));
  media?.leave();
  media?.follow({ key: (digit) => taken.pressed?.(digit) });
}

/**
 * Caller and party, who talk, change places; on the wire nothing happens. What is told of each is from then on told as of what he has become, and
 * what was under way with either comes to nothing.
 */
export function turn(board: Board, call: LiveCall, command: Extract<Command, { type: "turn" }>): void {
  const { offer, as } = command;
  const other = call.offers.get(offer);
  const { leg, media, trunk, identity, seat, agent, holding } = call;
  // Who was to be the caller has gone.
  if (!leg || !other?.leg) return lose(board, call, "hung up");
  const party: Party = {
    offer: as,
    who: command.agent ?? call.from,
    leg,
    media,
    trunk,
    identity,
    seat,
    agent,
    holding,
    withdraw: () => undefined,
  };
  party.withdraw = endsAs(call, as, party, (reason) => leg.end(reason));
  call.offers.delete(offer);
  call.offers.set(as, party);
  call.leg = other.leg;
  for (const what of ["media", "trunk", "identity", "seat", "agent", "holding"] as const)
    Object.assign(call, { [what]: other[what] });
  other.leg = undefined;
  other.media = undefined;
  call.joined = party;
  convertible(board, call, party);
  leg.follow(partyHooks(board, call, as, party));
  call.leg.follow(callerHooks(board, call));
  media?.follow({ key: (digit) => party.pressed?.(digit) });
  call.media?.follow(mediaHooks(board, call));
}
