import type { RingbackMode } from "../../language/index.ts";
import { type Board, callerSdp, carry, type LiveCall, openReply, respond } from "../call.ts";
import { mediaHooks } from "./sounding.ts";
import { ALLOW } from "../dialog/headers.ts";
import { createOrigin } from "../dialog/origin.ts";
import { type Headers, sdpOf } from "../dialog/srf.ts";

/*
 * What a caller hears before he is answered: a description in a 183. All descriptions of one dialog that answer his offer must be the same
 * (RFC 3261 13.2.1), so whoever has heard us is answered by us, and moved to the party after that.
 */

/** A caller has called: his network's tone, or ours, at once where his trunk wants that (row 4.26). */
export function ringAtOnce(board: Board, call: LiveCall): void {
  const mode = modeOf(board, call);
  if (mode === "instant180") provisional(call, 180);
  if (mode === "tone183") board.settle(call, sound());

  async function sound(): Promise<void> {
    if ((await earlyMedia(board, call)) && !call.leg && call.sound.kind === "silence") call.media?.ringback();
  }
}

/** The party rings, or sends media already: the caller hears it, unless he hears us. */
export function passRinging(call: LiveCall, early: string): void {
  if (!openReply(call) || call.early === "ours" || call.returning) return;
  const isAlone = call.offers.size === 1;
  if (early && isAlone) {
    call.early = "theirs";
    say(call, early);
  } else if (!call.early) provisional(call, 180);
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
  provisional(call, 183, { headers, body: invite.origin.say(sdp) });
}

/** 64 T1 (RFC 3262 3): who has not acknowledged by then is refused by the endpoint. */
const PRACK_MS = 32_000;

/** Reliable where the caller asks for it, a description also where he only can (RFC 3262 3): each waits for the PRACK of the one before. */
function provisional(call: LiveCall, status: number, said: { headers?: Headers; body?: string } = {}): void {
  const { invite } = call;
  if (!invite) return;
  const { request } = invite;
  const names = (header: string): boolean => /\b100rel\b/i.test(request.get(header) ?? "");
  const required = names("Require");
  if (!required && !(said.body && names("Supported"))) return respond(call, status, said);
  // The first reliable answer to an offerless INVITE would have to offer (RFC 3262 5); his 100 is enough for him.
  if (!said.body && !sdpOf(request)) return;
  const headers = { ...invite.headers, ...said.headers, Require: "100rel" };
  const before = invite.acknowledged ?? Promise.resolve();
  invite.acknowledged = before.then(
    () =>
      new Promise((resolve) => {
        const reply = openReply(call);
        if (!reply || call.ended) return resolve();
        setTimeout(resolve, PRACK_MS).unref();
        reply.send(status, { ...said, headers }, undefined, resolve);
      }),
  );
}

/** Who comes by no trunk is a phone of ours, which calls out (row 4.27). */
function modeOf({ directory }: Board, { trunk }: LiveCall): RingbackMode {
  const { inbound, outbound } = directory.defaults.ringback;
  return trunk === undefined ? outbound : (directory.trunks[trunk]?.ringback ?? inbound);
}
