import type { AudioLeg } from "../audio.ts";
import type { Board, LiveCall, Party } from "../call.ts";
import { answering, isHold, plainHold } from "../dialog/hold.ts";
import type { Answer } from "../dialog/hooks.ts";
import type { Leg } from "../dialog/leg.ts";
import { tellRefused } from "../caller/unasked.ts";
import { heedKey, holdHere } from "./phone-holds.ts";
import { spokenIn } from "../dialog/sdes.ts";

/** The caller offers other media: to our media where they are with us, else to the party he is joined to. */
export async function callerOffered(board: Board, call: LiveCall, sdp: string, answered?: true): Promise<Answer> {
  if (!mayOffer(board, call.trunk, sdp)) return refused(board, call, "caller");
  if (call.media && call.leg) return heeded(board, call, "caller", await taken(call.media, call.leg, sdp));
  const here = answered ? undefined : await holdHere(board, call, "caller", sdp);
  if (here) return here;
  if (call.seat?.leg) return relay(call.seat.leg, sdp);
  return call.joined?.leg ? relay(call.joined.leg, sdp) : { status: 491 };
}

/** A party offers other media: to our media or the caller, if they are joined; before that he is told again what he knows. */
export async function partyOffered(
  board: Board,
  call: LiveCall,
  party: Party,
  sdp: string,
  answered?: true,
): Promise<Answer> {
  if (!mayOffer(board, party.trunk, sdp)) return refused(board, call, party);
  const { peer, media, leg, joining } = party;
  if (media && leg && !joining) return heeded(board, call, party, await taken(media, leg, sdp));
  if (peer?.leg) return heeded(board, call, party, await relay(peer.leg, sdp));
  const here = answered ? undefined : await holdHere(board, call, party, sdp);
  if (here) return here;
  if (party.seat?.leg) return relay(party.seat.leg, sdp);
  if (call.joined === party && call.leg) return relay(call.leg, sdp);
  return leg && !joining ? { sdp: answering(leg.localSdp, sdp) } : { status: 491 };
}

/**
 * A key that one of two who talk told by SIP INFO. The other is told by INFO where he takes keys no other way, else by RFC 4733 or a tone: they
 * are moved into our mix for it.
 */
export async function relayKey(call: LiveCall, from: "caller" | Party, digit: string): Promise<void> {
  if (from !== "caller" && from.peer) return from.peer.leg?.press(digit);
  const { joined } = call;
  if (!joined || joined === call.announcement || (from !== "caller" && from !== joined)) return;
  const to = from === "caller" ? joined : call;
  const { leg } = to;
  if (!leg) return;
  const byInfo = leg.takesInfo && !spokenIn(leg.remoteSdp).includes("telephone-event");
  if (!byInfo) await joined.convert?.();
  if (to.media && !byInfo) to.media.press(digit);
  else leg.press(digit);
}

function heeded(board: Board, call: LiveCall, from: "caller" | Party, answer: Answer): Answer {
  return "sdp" in answer ? { ...answer, settled: (holds) => holds && heedKey(board, call, from) } : answer;
}

async function taken(media: AudioLeg, { from }: Leg, sdp: string): Promise<Answer> {
  media.near(from);
  const answer = await media.offered(sdp);
  return "sdp" in answer ? answer : { status: 488 };
}

/** Glare is answered at once (RFC 3261 14.2): two offers waiting for one another would wait for ever. */
export async function relay(other: Leg, sdp: string): Promise<Answer> {
  if (other.busy) return { status: 491 };
  const answer = await other.offer(plainHold(sdp));
  if ("sdp" in answer || answer.status === 491) return answer;
  return { status: 488 };
}

function refused(board: Board, call: LiveCall, from: "caller" | Party): Answer {
  tellRefused(board, call, from, { what: "hold", reason: "not_allowed", sip: 488 });
  return { status: 488 };
}

/** Whether the other side of this trunk may offer that by itself: a hold only where the directory says so. */
function mayOffer({ directory }: Board, trunk: string | undefined, sdp: string): boolean {
  const may = directory.trunks[trunk ?? ""]?.may;
  if (may === undefined || may.includes("hold")) return true;
  return !isHold(sdp);
}
