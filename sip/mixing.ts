import type { AudioLeg } from "./audio.ts";
import { type Board, type Guest, type LiveCall, type Party, stand } from "./call.ts";
import { mediaOf } from "./caller.ts";
import { HUNG_UP } from "./causes.ts";
import { spokenIn } from "./sdp.ts";

/*
 * Caller and party through our media, where somebody else takes part (a recording, whoever listens or talks with them), a trunk wants it so,
 * or one tells keys in a way that the other does not take.
 */

/** Whether caller and party are to hear one another in our mix, and not directly. `trunks`: by which the party is, or may be, reached. */
export function isMixed({ directory }: Board, call: LiveCall, trunks: (string | undefined)[]): boolean {
  if (call.recording !== undefined || [...call.guests].some(({ leg }) => leg)) return true;
  return [call.trunk, ...trunks].some((trunk) => directory.trunks[trunk ?? ""]?.media === "relay");
}

/** Whether our mix could speak with both. */
export function isMixable(...descriptions: string[]): boolean {
  return descriptions.every((sdp) => spokenIn(sdp).some((name) => name === "PCMU" || name === "PCMA"));
}

/** Whether only one of the two tells keys by RFC 4733, and our mix can tell them to the other. */
export function keysDiffer(one: string, other: string): boolean {
  const [first, second] = [one, other].map((sdp) => spokenIn(sdp).includes("telephone-event"));
  return first !== second && isMixable(one, other);
}

/** Both in our mix, moved there by re-INVITE where they were not; who is moved hears nothing for that moment. Tells what failed. */
export async function mix(board: Board, call: LiveCall, party: Party): Promise<{ status?: number } | undefined> {
  if (!(await mediaOf(board, call))) return {};
  const theirs = await mediaOfParty(board, party);
  if ("status" in theirs) return theirs;
  if (call.ended || party.leg?.ended) return {};
  theirs.media.join(call.id);
  stand(party);
  await gather(board, call);
  return undefined;
}

/** The caller and those who are in a conference of a media server, in our mix. */
export async function gather(board: Board, call: LiveCall): Promise<void> {
  const caller = await mediaOf(board, call);
  caller?.join(call.id);
  for (const guest of call.guests) if (guest.seat) await moveGuest(board, call, guest);
}

/** From a conference of a media server. */
async function moveGuest(board: Board, call: LiveCall, guest: Guest): Promise<void> {
  const moved = await mediaOfParty(board, guest);
  stand(guest);
  if ("media" in moved) moved.media.join(call.id, !guest.speaks);
  else guest.withdraw(HUNG_UP);
}

/** The party's audio is with us from here on. */
export async function mediaOfParty(
  board: Board,
  party: Party,
): Promise<{ media: AudioLeg } | { status: number | undefined }> {
  const { leg } = party;
  if (party.media) return { media: party.media };
  if (!leg || leg.ended) return { status: undefined };
  // Made as an answer to what he described last, so that streams and payload numbers stay as the dialog knows them (RFC 3264 8).
  const media = await board.audio.open(leg.remoteSdp, { key: (digit) => party.pressed?.(digit) });
  if ("refused" in media) {
    board.log.warn({ reason: media.refused }, "no media for a party");
    return { status: undefined };
  }
  const agreed = await leg.insist(media.sdp);
  if (leg.ended || media.lost || party.leg !== leg || "status" in agreed) {
    media.close();
    return { status: "status" in agreed ? agreed.status : undefined };
  }
  media.answered(agreed.sdp);
  party.media = media;
  return { media };
}
