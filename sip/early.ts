import { type Board, callerSdp, carry, type LiveCall, openReply, respond } from "./call.ts";
import { mediaHooks } from "./caller.ts";
import { ALLOW } from "./headers.ts";
import { createOrigin } from "./origin.ts";

/*
 * What a caller hears before he is answered: a description in a 183. All descriptions of one dialog that answer his offer must be the same
 * (RFC 3261 13.2.1), so whoever has heard us is answered by us, and moved to the party after that.
 */

/** A caller has called: his network's tone, or ours, at once where his trunk wants that (row 4.26). */
export function ringAtOnce(board: Board, call: LiveCall): void {
  const mode = modeOf(board, call);
  if (mode === "instant180") respond(call, 180);
  if (mode === "tone183") board.settle(call, sound());

  async function sound(): Promise<void> {
    if ((await earlyMedia(board, call)) && !call.leg && call.sound.kind === "silence") call.media?.ringback();
  }
}

/** The party rings, or sends media already: the caller hears it, unless he hears us. */
export function passRinging(board: Board, call: LiveCall, early: string): void {
  if (!openReply(call) || call.early === "ours" || call.returning) return;
  const isAlone = call.offers.size === 1;
  if (early && isAlone && modeOf(board, call) === "pass") {
    call.early = "theirs";
    say(call, early);
  } else if (!call.early) respond(call, 180);
}

/** Our media for a caller who has not been answered. False: he has described nothing, or is answered. */
export function earlyMedia(board: Board, call: LiveCall): Promise<boolean> {
  if (call.media) return Promise.resolve(true);
  call.returning ??= open(board, call).finally(() => {
    call.returning = undefined;
  });
  return call.returning;
}

async function open(board: Board, call: LiveCall): Promise<boolean> {
  const offer = callerSdp(call);
  if (!offer || !openReply(call)) return false;
  const media = await board.audio.open(offer, mediaHooks(board, call));
  if ("refused" in media) {
    board.log.warn({ call: call.id, reason: media.refused }, "no early media");
    return false;
  }
  if (call.ended || !openReply(call)) {
    media.close();
    return false;
  }
  carry(call, media);
  call.early = "ours";
  say(call, media.sdp);
  return true;
}

function say(call: LiveCall, sdp: string): void {
  const { invite } = call;
  if (!invite) return;
  invite.origin ??= createOrigin(invite.dialect);
  const headers = { "Content-Type": "application/sdp", Allow: ALLOW };
  respond(call, 183, { headers, body: invite.origin.say(sdp) });
}

function modeOf({ directory }: Board, { trunk }: LiveCall): "pass" | "instant180" | "tone183" {
  return directory.trunks[trunk ?? ""]?.ringback ?? "pass";
}
