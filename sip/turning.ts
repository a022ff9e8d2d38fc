import type { Command } from "../runtime/index.ts";
import { convertible } from "./bridge.ts";
import { type Board, type LiveCall, lose, type Party } from "./call.ts";
import { callerHooks, mediaHooks } from "./caller.ts";
import { endsAs, partyHooks } from "./offer.ts";

/**
 * Caller and party, who talk, change places; on the wire nothing happens. What is told of each is from then on told as of what he has become, and
 * what was under way with either comes to nothing.
 */
export function turn(board: Board, call: LiveCall, command: Extract<Command, { type: "turn" }>): void {
  const { offer, as, agent } = command;
  const other = call.offers.get(offer);
  const { leg, media, trunk, identity, seat } = call;
  // Who was to be the caller has gone.
  if (!leg || !other?.leg) return lose(board, call, "hung up");
  const party: Party = { offer: as, who: agent, leg, media, trunk, identity, seat, withdraw: () => undefined };
  party.withdraw = endsAs(call, as, party, (reason) => leg.end(reason));
  call.offers.delete(offer);
  call.offers.set(as, party);
  call.leg = other.leg;
  for (const what of ["media", "trunk", "identity", "seat"] as const) Object.assign(call, { [what]: other[what] });
  other.leg = undefined;
  other.media = undefined;
  call.joined = party;
  convertible(board, call, party);
  leg.follow(partyHooks(board, call, as, party));
  call.leg.follow(callerHooks(board, call));
  media?.follow({ key: (digit) => party.pressed?.(digit) });
  call.media?.follow(mediaHooks(board, call));
}
