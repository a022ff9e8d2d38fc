import { accept } from "../dialog/accept.ts";
import { type Audio, type AudioLeg, openAt } from "../audio.ts";
import { type Board, callerSdp, carry, type LiveCall, lose, quit, release, respond } from "../call.ts";
import type { LegHooks } from "../dialog/hooks.ts";
import { mediaHooks, pressed } from "./sounding.ts";
import { identify } from "./unasked.ts";
import { refers } from "../party/phone-refers.ts";
import { callerOffered, relayKey } from "../party/relay.ts";
import { sdpOf } from "../dialog/srf.ts";
import { isSecured } from "../trunks/dialect.ts";

/** Answers the caller with media. → `call.answered` or `call.gone` */
export async function answer(board: Board, call: LiveCall, ringback: boolean): Promise<void> {
  if (call.leg) return picked();
  await answerWithMedia(board, call, picked);

  function picked(): void {
    treatAnswered(call, ringback);
    board.deliver({ type: "call.answered", call: call.id });
  }
}

function treatAnswered(call: LiveCall, ringback: boolean): void {
  // The tone before the answer was nobody's treatment.
  if (!ringback && call.early === "ours" && call.sound.kind === "silence") call.media?.silence();
  if (ringback) {
    call.sound = { kind: "ringback" };
    call.media?.ringback();
  }
}

/** With media at this place, but who has heard others before is answered with those. False: he is gone. `up`: as of `pickUp`. */
export async function answerWithMedia(
  board: Board,
  call: LiveCall,
  up?: () => void,
  place = board.audio,
): Promise<boolean> {
  await call.returning;
  if (call.media) return pickUp(board, call, call.media.sdp, up);
  const secured = isSecured(board.directory, [call.trunk]);
  const media = await openAt(board, place, callerSdp(call) || undefined, mediaHooks(board, call), secured);
  if ("refused" in media) {
    // A trunk fails over where it is we who have none.
    refuse(board, call, media.unfit ? 488 : 503, `no media: ${media.refused}`);
    return false;
  }
  if (call.ended) {
    media.close();
    return false;
  }
  carry(call, media);
  return pickUp(board, call, media.sdp, () => {
    if (call.invite && !sdpOf(call.invite.request)) media.answered(callerSdp(call));
    up?.();
  });
}

/** The caller's audio is with us, at this place, from here on: answered, or taken there, where it is not. Undefined: it cannot be done. */
export async function mediaOf(board: Board, call: LiveCall, place = board.audio): Promise<AudioLeg | undefined> {
  await quit(call);
  if (!call.leg) await answerWithMedia(board, call, undefined, place);
  if (call.leg && call.media?.place !== place) await returnToMedia(board, call, place);
  return call.ended || call.media?.place !== place ? undefined : call.media;
}

/**
 * Sends the 200 with `sdp`; true once the caller's leg is up and his media are known, which after an offerless INVITE is with his ACK.
 * False: he is gone. `up` is called at that very moment: his BYE may stand right behind his ACK.
 */
export async function pickUp(board: Board, call: LiveCall, sdp: string, up?: () => void): Promise<boolean> {
  const { invite } = call;
  if (!invite) return false;
  // Not before he has acknowledged what he was told (RFC 3262 5).
  if (invite.acknowledged) await invite.acknowledged;
  if (call.ended) return false;
  const offerless = !sdpOf(invite.request);
  return new Promise((resolve) => {
    const usual = callerHooks(board, call);
    const hooks: LegHooks = {
      ...usual,
      gone(reason, said) {
        usual.gone(reason, said);
        resolve(false);
      },
      acknowledged: () => offerless && picked(),
    };
    accept(board, invite, { sdp, hooks }, (leg, status) => {
      if (!leg) lose(board, call, status === 487 ? "cancelled" : "the answer could not be sent");
      if (call.ended) leg?.end();
      if (!leg || call.ended) return resolve(false);
      call.leg = leg;
      if (!offerless) picked();
    });

    function picked(): void {
      for (const party of call.offers.values()) if (party.joining) party.joining = "agreed";
      up?.();
      resolve(true);
    }
  });
}

/** What is told of a caller's leg. */
export function callerHooks(board: Board, call: LiveCall): LegHooks {
  return {
    gone: (reason) => lose(board, call, reason),
    offered: (offer, answered) => callerOffered(board, call, offer, answered),
    notified: (progress) => call.referring?.notified(progress),
    key: (digit) => told(board, call, digit),
    renewed: (request) => identify(board, call, "caller", request),
    referred: (request, reply) => refers(board, call, "caller", request, reply),
  };
}

/** Takes the caller, who is up, to our media at this place. False: it cannot be done. */
export async function returnToMedia(board: Board, call: LiveCall, place = board.audio): Promise<boolean> {
  if (call.returning && !(await call.returning)) return false;
  if (call.media?.place === place) return true;
  if (call.returning) return returnToMedia(board, call, place); // something else has begun to
  call.returning = goTo(board, call, place).finally(() => {
    call.returning = undefined;
  });
  return call.returning;
}

async function goTo(board: Board, call: LiveCall, place: Audio): Promise<boolean> {
  await quit(call);
  const { leg } = call;
  if (call.ended || !leg) return false;
  // Made as an answer to what he described last, so that streams and payload numbers stay as the dialog knows them (RFC 3264 8).
  const media = await place.open(callerSdp(call), mediaHooks(board, call));
  if ("refused" in media) {
    board.log.warn({ call: call.id, reason: media.refused }, "no media");
    return false;
  }
  const agreed = await leg.insist(media.sdp);
  // Media may have failed meanwhile, or he be the caller no more.
  if (call.ended || media.lost || call.leg !== leg || "status" in agreed) {
    media.close();
    return false;
  }
  media.answered(agreed.sdp);
  call.media?.close();
  carry(call, media);
  return true;
}

/** Refuses a caller who has not been answered and forgets him. */
export function reject(board: Board, call: LiveCall, code: number): void {
  const retry = code === 503 ? { headers: { "Retry-After": "5" } } : {};
  respond(call, code, retry);
  release(board, call);
}

/** Sends a caller who has not been answered elsewhere (RFC 3261 8.3, 21.3.3) and forgets him. */
export function redirect(board: Board, call: LiveCall, to: string): void {
  const uri = /^(sips?|tel):/i.test(to) ? to : `tel:${to}`;
  respond(call, 302, { headers: { Contact: `<${uri}>` } });
  release(board, call);
}

function refuse(board: Board, call: LiveCall, code: number, reason: string): void {
  if (call.ended) return;
  reject(board, call, code);
  board.deliver({ type: "call.gone", call: call.id, reason, sip: code });
}

/** A key of the caller by SIP INFO. */
function told(board: Board, call: LiveCall, digit: string): void {
  board.settle(call, relayKey(call, "caller", digit));
  pressed(board, call, digit);
}
