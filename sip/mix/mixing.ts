import type { Directory } from "../../language/index.ts";
import type { Audio } from "../audio.ts";
import { type Board, type Guest, type LiveCall, type MovedParty, type Party, stand } from "../call.ts";
import { mediaOf } from "../caller/caller.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { spokenIn } from "../dialog/sdes.ts";

/*
 * Caller and party through our media, where somebody else takes part (a recording, whoever listens or talks with them), a trunk wants it so,
 * or one tells keys in a way that the other does not take. Those are here, or at a media site, which only mixes: what is played and recorded
 * is a file, and those are here.
 */

/** Whether caller and party are to hear one another in our mix, and not directly. `trunks`: by which the party is, or may be, reached. */
export function isMixed({ directory }: Board, call: LiveCall, trunks: (string | undefined)[]): boolean {
  if (call.recording !== undefined || [...call.guests].some(({ leg }) => leg)) return true;
  return [call.trunk, ...trunks].some((trunk) => relays(directory, trunk));
}

/** Whether media by this trunk go through ours. */
export function relays({ trunks }: Directory, trunk: string | undefined): boolean {
  return (trunks[trunk ?? ""]?.media ?? "direct") !== "direct";
}

/** Where caller and a party by these trunks are to be mixed. */
export function placeFor(
  { audio, directory, mediaSites }: Board,
  call: LiveCall,
  trunks: (string | undefined)[],
): Audio {
  if (call.recording) return audio;
  const relaying = [...trunks, call.trunk].filter((trunk) => relays(directory, trunk));
  return mediaSites.placeFor(relaying.flatMap((trunk) => directory.trunks[trunk ?? ""] ?? [])) ?? audio;
}

/** A party who was told of a site is there. */
function placeOf(board: Board, call: LiveCall, { media, trunk }: Party): Audio {
  const there = media && !media.lost && !call.recording ? media.place : board.audio;
  return there === board.audio ? placeFor(board, call, [trunk]) : there;
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

/** Whether an answer names no codec of this offer, and our mix could speak with both. */
export function codecsDiffer(offered: string, answered: string): boolean {
  const answer = spokenIn(answered).filter((name) => name !== "telephone-event" && name !== "CN");
  return isMixable(offered, answered) && !spokenIn(offered).some((name) => answer.includes(name));
}

/** Both in our mix, moved there by re-INVITE where they were not; who is moved hears nothing for that moment. Tells what failed. */
export async function mix(board: Board, call: LiveCall, party: Party): Promise<{ status?: number } | undefined> {
  const place = placeOf(board, call, party);
  const failure = await mixAt(place, board, call, party);
  if (call.ended || party.leg?.ended) return failure ?? {};
  // The site has gone meanwhile, or somebody refuses to be moved there.
  if (failure && place !== board.audio) {
    board.log.warn({ call: call.id, sip: failure.status }, "not relayed at a media site; our own media serve the call");
    return mixAt(board.audio, board, call, party);
  }
  // A recording has begun meanwhile.
  return failure ?? (call.recording && place !== board.audio ? mix(board, call, party) : undefined);
}

async function mixAt(
  place: Audio,
  board: Board,
  call: LiveCall,
  party: Party,
): Promise<{ status?: number } | undefined> {
  if (!(await mediaOf(board, call, place))) return {};
  const theirs = await mediaOfParty(board, party, place);
  if ("status" in theirs) return theirs;
  if (call.ended || party.leg?.ended) return {};
  theirs.media.join(call.id);
  stand(party);
  await gather(board, call, place);
  return undefined;
}

/** Media at a place are over: two who talk there go on elsewhere. */
export async function leave(board: Board, call: LiveCall, place: Audio): Promise<void> {
  const { joined } = call;
  if (joined?.media?.place === place) await mix(board, call, joined);
}

/** The caller and those who are in a conference of a media server, or elsewhere, in our mix. */
export async function gather(board: Board, call: LiveCall, place = board.audio): Promise<void> {
  const caller = await mediaOf(board, call, place);
  caller?.join(call.id);
  for (const guest of call.guests) {
    if (guest.seat || (guest.leg && guest.media && guest.media.place !== place)) await seat(board, call, guest);
  }
}

/** Into the mix of the call, where that is. */
export async function seat(board: Board, call: LiveCall, guest: Guest): Promise<void> {
  const moved = await mediaOfParty(board, guest, call.media?.place);
  stand(guest);
  if ("media" in moved) moved.media.join(call.id, !guest.speaks);
  else guest.withdraw(HUNG_UP);
}

/** The party's audio is with us, at this place, from here on; moved there once, however many want it at one time. */
export async function mediaOfParty(board: Board, party: Party, place = board.audio): Promise<MovedParty> {
  const moved = await party.moving;
  if (moved && "status" in moved) return moved;
  if (party.media?.place === place && !party.media.lost) return { media: party.media };
  if (party.moving) return mediaOfParty(board, party, place); // somebody else has begun to
  party.moving = moveParty(board, party, place).finally(() => {
    party.moving = undefined;
  });
  return party.moving;
}

async function moveParty(board: Board, party: Party, place: Audio): Promise<MovedParty> {
  const { leg } = party;
  if (!leg || leg.ended) return { status: undefined };
  // Made as an answer to what he described last, so that streams and payload numbers stay as the dialog knows them (RFC 3264 8).
  const media = await place.open(leg.remoteSdp, { key: (digit) => party.pressed?.(digit) });
  if ("refused" in media) {
    board.log.warn({ reason: media.refused }, "no media for a party");
    return { status: undefined };
  }
  const agreed = await leg.insist(media.sdp);
  if (leg.ended || media.lost || party.leg !== leg || "status" in agreed) {
    media.close();
    return { status: "status" in agreed ? agreed.status : undefined };
  }
  media.near(leg.from);
  media.answered(agreed.sdp);
  party.media?.close();
  party.media = media;
  return { media };
}
