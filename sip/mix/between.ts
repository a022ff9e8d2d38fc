import { type Audio, openAt } from "../audio.ts";
import { type Board, free, type LiveCall, type Party } from "../call.ts";
import type { Outgoing } from "../dialog/dial.ts";
import type { Leg } from "../dialog/leg.ts";
import { encrypts } from "../dialog/sdes.ts";
import { isMixable, placeFor } from "./mixing.ts";

/*
 * Our media for a party who is asked before he can hear the caller himself, or who cannot speak as the caller does.
 */

/** His part in it, as long as he `belongs` to the call. */
interface Asked {
  party: Party;
  belongs: () => boolean;
}

/** What our media describe to him. Undefined: there are none. */
export async function mediaFor(
  board: Board,
  { party, belongs }: Asked,
  place: Audio,
  secured: boolean,
): Promise<string | undefined> {
  const media = await openAt(board, place, undefined, { key: (digit) => party.pressed?.(digit) }, secured);
  if ("refused" in media) {
    board.log.warn({ offer: party.offer, reason: media.refused }, "no media");
    return undefined;
  }
  if (belongs()) party.media = media;
  else media.close();
  return media.sdp;
}

/** Who cannot speak as the caller does, by these trunks, is asked once more, to speak with us; encrypted or not, as the caller wants it. */
export function asIsOr(
  board: Board,
  call: LiveCall,
  asked: Asked,
  { sdp, trunks }: { sdp: string; trunks: (string | undefined)[] },
): Pick<Outgoing, "sdp" | "otherwise"> {
  if (!isMixable(sdp)) return { sdp };
  return {
    sdp,
    otherwise() {
      asked.party.unlike = true;
      return mediaFor(board, asked, placeFor(board, call, trunks), encrypts(sdp));
    },
  };
}

/** He has answered what he was `told`. */
export function pickedUp(party: Party, leg: Leg, trunk: string | undefined, told: string): void {
  party.leg = leg;
  party.trunk = trunk;
  if (told !== party.media?.sdp) {
    free(party);
    party.unlike = undefined; // another was
  }
  party.media?.near(leg.from);
  party.media?.answered(leg.remoteSdp);
}
