import type { Board, LiveCall, Party } from "../call.ts";
import { hear } from "./treatment.ts";

/*
 * A caller who is answered, and hears our ringing tone, hears the party itself where it sends media before it answers (row 1.18).
 */

/** He is told where the party's media are; ours are freed. Not where several ring, or where he hears anything else. */
export async function hearParty(board: Board, call: LiveCall, party: Party, early: string): Promise<void> {
  const { leg } = call;
  if (!leg || !early || call.offers.size !== 1 || call.sound.kind !== "ringback" || party.early) return;
  party.early = true;
  const agreed = await leg.insist(early);
  // What was begun meanwhile has its own word about what he hears.
  if ("status" in agreed || call.ended || call.joined || call.sound.kind !== "ringback") return;
  call.media?.close();
  call.media = undefined;
  if (![...call.offers.values()].includes(party)) await hearUsAgain(board, call, party);
}

/** The party did not answer after all: he hears us again, unless he does already. */
export async function hearUsAgain(board: Board, call: LiveCall, party: Party): Promise<void> {
  if (!party.early || call.ended || call.media || call.joined || call.returning || call.sound.kind !== "ringback")
    return;
  await hear(board, call, call.sound, undefined);
}
