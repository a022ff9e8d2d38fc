import type { Command, OfferFailure, OfferId } from "../../runtime/index.ts";
import { hopsAlong } from "./along.ts";
import { type Board, callerSdp, free, type LiveCall, part, type Party, unpair } from "../call.ts";
import { offerFailure, WITHDRAWN } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { passRinging } from "../caller/early.ts";
import { callerHeaders } from "../dialog/headers.ts";
import type { LegHooks } from "../dialog/hooks.ts";
import { hearParty, hearUsAgain } from "../caller/hearing.ts";
import { asIsOr, mediaFor, pickedUp } from "../mix/between.ts";
import { isMixed, placeFor } from "../mix/mixing.ts";
import { hopsTo, phoneOf } from "./party.ts";
import { refers } from "./phone-refers.ts";
import { heldParty } from "./parting.ts";
import { identify } from "../caller/unasked.ts";
import { partyOffered, relayKey } from "./relay.ts";
import { isSecured } from "../trunks/dialect.ts";

type Offer = Extract<Command, { type: "offer" }>;

/** Rings one party with what the caller described last. → `offer.ringing`, then `offer.answered` or `offer.failed` */
export async function makeOffer(board: Board, call: LiveCall, command: Offer): Promise<void> {
  const { offer } = command;
  let withdrawn = false;
  let told = false;
  const party: Party = {
    offer,
    who: command.party.kind === "agent" ? command.party.agent : command.party.number,
    agent: command.party.kind === "agent" || undefined,
    phone: phoneOf(board.directory, command.party),
    withdraw() {
      withdrawn = true;
    },
  };
  call.offers.set(offer, party);
  const failed = (status?: number): void => {
    if (!end(call, offer, party)) return;
    const outcome: OfferFailure = offerFailure(status);
    board.deliver({ type: "offer.failed", call: call.id, offer, outcome, sip: status });
    board.settle(call, hearUsAgain(board, call, party));
  };

  const reached = hopsTo(board, command.party, command.from);
  if ("status" in reached) return failed(reached.status);
  const hops = hopsAlong(board.directory, reached, call.conversation, command.along);
  const through = hops.map(({ trunk }) => trunk);
  const asked = { party, belongs: () => call.offers.get(offer) === party };
  const direct = isMixed(board, call, through) || command.apart ? "" : callerSdp(call);
  // Where the caller has described nothing yet (RFC 3725 4.4), or is not to be heard, the party hears our silence.
  const place = command.apart ? board.audio : placeFor(board, call, through);
  const sdp = direct || (await mediaFor(board, asked, place, isSecured(board.directory, through)));
  if (withdrawn) return free(party);
  if (sdp === undefined) return failed();

  const giveUp = dial(
    board,
    {
      hops,
      ...(direct ? asIsOr(board, call, asked, { sdp, trunks: through }) : { sdp }),
      headers: callerHeaders(command.from, call),
    },
    {
      ringing(sent) {
        // What he sends while his audio is with us is not for the caller yet.
        const early = party.media ? "" : sent;
        if (command.apart) heldParty(call)?.media?.ringback();
        else if (call.leg) board.settle(call, hearParty(board, call, party, early));
        else passRinging(call, early);
        if (!told) board.deliver({ type: "offer.ringing", call: call.id, offer });
        told = true;
      },
      answered(leg, trunk, offered) {
        pickedUp(party, leg, trunk, offered);
        board.deliver({ type: "offer.answered", call: call.id, offer, dialog: leg.dialog });
      },
      failed,
      ...partyHooks(board, call, offer, party),
    },
  );
  party.withdraw = endsAs(call, offer, party, giveUp);
}

/** How a party of this offer is let go. */
export function endsAs(call: LiveCall, offer: OfferId, party: Party, giveUp: Party["withdraw"]): Party["withdraw"] {
  return (reason) => {
    end(call, offer, party);
    giveUp(reason);
  };
}

/** What is told of a party's leg. */
export function partyHooks(board: Board, call: LiveCall, offer: OfferId, party: Party): LegHooks {
  return {
    gone() {
      if (call.joined === party) part(call);
      unpair(party);
      if (party.joining || !end(call, offer, party)) return;
      board.deliver({ type: "party.gone", call: call.id, offer });
    },
    offered: (other, answered) => partyOffered(board, call, party, other, answered),
    key(digit) {
      party.pressed?.(digit);
      board.settle(call, relayKey(call, party, digit));
    },
    renewed: (request) => identify(board, call, party, request),
    referred: (request, reply) => refers(board, call, party, request, reply),
  };
}

/** Ends an offer in whatever state it is. */
export async function withdraw(
  board: Board,
  call: LiveCall,
  command: Extract<Command, { type: "withdraw" }>,
): Promise<void> {
  const party = call.offers.get(command.offer);
  if (!party) return;
  if (call.joined === party) part(call);
  unpair(party);
  call.offers.delete(command.offer);
  party.withdraw(WITHDRAWN[command.reason]);
  await hearUsAgain(board, call, party);
}

/** Frees what the offer holds here. False: it has ended before. */
function end(call: LiveCall, offer: string, party: Party): boolean {
  free(party);
  if (call.offers.get(offer) !== party) return false;
  return call.offers.delete(offer);
}
