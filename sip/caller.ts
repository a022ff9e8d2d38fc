import { accept } from "./accept.ts";
import type { AudioHooks, AudioLeg } from "./audio.ts";
import { type Board, callerSdp, carry, type LiveCall, lose, quit, release, respond } from "./call.ts";
import type { LegHooks } from "./leg.ts";
import { identify } from "./unasked.ts";
import { callerOffered, relayKey } from "./relay.ts";
import { sdpOf } from "./srf.ts";

/** Answers the caller with media. → `call.answered` or `call.gone` */
export async function answer(board: Board, call: LiveCall, ringback: boolean): Promise<void> {
  if (!call.leg && !(await answerWithMedia(board, call))) return;
  // The tone before the answer was nobody's treatment.
  if (!ringback && call.early === "ours" && call.sound.kind === "silence") call.media?.silence();
  if (ringback) {
    call.sound = { kind: "ringback" };
    call.media?.ringback();
  }
  board.deliver({ type: "call.answered", call: call.id });
}

/** False: he is gone. */
export async function answerWithMedia(board: Board, call: LiveCall): Promise<boolean> {
  await call.returning;
  if (call.media) return pickUp(board, call, call.media.sdp);
  const media = await board.audio.open(callerSdp(call) || undefined, mediaHooks(board, call));
  if ("refused" in media) {
    refuse(board, call, 488, `no media: ${media.refused}`);
    return false;
  }
  if (call.ended) {
    media.close();
    return false;
  }
  carry(call, media);
  if (!(await pickUp(board, call, media.sdp))) return false;
  if (call.invite && !sdpOf(call.invite.request)) media.answered(callerSdp(call));
  return true;
}

/** The caller's audio is with us from here on: answered, or taken back, where it is not. Undefined: it cannot be done. */
export async function mediaOf(board: Board, call: LiveCall): Promise<AudioLeg | undefined> {
  await quit(call);
  if (call.media) return call.media;
  await (call.leg ? returnToMedia(board, call) : answerWithMedia(board, call));
  return call.ended ? undefined : call.media;
}

/**
 * Sends the 200 with `sdp`; true once the caller's leg is up and his media are known, which after an offerless INVITE is with his ACK.
 * False: he is gone.
 */
export function pickUp(board: Board, call: LiveCall, sdp: string): Promise<boolean> {
  const { invite } = call;
  if (!invite) return Promise.resolve(false);
  return new Promise((resolve) => {
    const usual = callerHooks(board, call);
    const hooks: LegHooks = {
      ...usual,
      gone(reason, said) {
        usual.gone(reason, said);
        resolve(false);
      },
      acknowledged: () => resolve(true),
    };
    accept(board, invite, { sdp, hooks }, (leg, status) => {
      if (!leg) lose(board, call, status === 487 ? "cancelled" : "the answer could not be sent");
      if (call.ended) leg?.end();
      if (!leg || call.ended) return resolve(false);
      call.leg = leg;
      if (sdpOf(invite.request)) resolve(true);
    });
  });
}

/** What is told of a caller's leg. */
export function callerHooks(board: Board, call: LiveCall): LegHooks {
  return {
    gone: (reason) => lose(board, call, reason),
    offered: (offer) => callerOffered(board, call, offer),
    notified: (progress) => call.referring?.notified(progress),
    key: (digit) => told(board, call, digit),
    renewed: (request) => identify(board, call, "caller", request),
  };
}

/** Takes the caller, who is up, back to our media. False: it cannot be done. */
export function returnToMedia(board: Board, call: LiveCall): Promise<boolean> {
  call.returning ??= goBack(board, call).finally(() => {
    call.returning = undefined;
  });
  return call.returning;
}

async function goBack(board: Board, call: LiveCall): Promise<boolean> {
  await quit(call);
  const { leg } = call;
  if (call.ended || !leg) return false;
  // Made as an answer to what he described last, so that streams and payload numbers stay as the dialog knows them (RFC 3264 8).
  const media = await board.audio.open(callerSdp(call), mediaHooks(board, call));
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
  board.deliver({ type: "call.gone", call: call.id, reason });
}

/** A key of the caller by SIP INFO. */
function told(board: Board, call: LiveCall, digit: string): void {
  board.settle(call, relayKey(call, "caller", digit));
  pressed(board, call, digit);
}

/** A key of the caller, however it was told. */
function pressed(board: Board, call: LiveCall, digit: string): void {
  call.deposit?.pressed?.(digit);
  call.bot?.pressed?.(digit);
  board.deliver({ type: "digit.pressed", call: call.id, digit });
}

/** What is told of the audio of a caller. */
export function mediaHooks(board: Board, call: LiveCall): AudioHooks {
  return {
    played(task, outcome, reason) {
      const { sound } = call;
      if (call.ended || sound.kind !== "files" || sound.task !== task) return;
      const endless = sound.loop && sound.ms === undefined;
      if (endless || outcome !== "done") {
        const fields = { call: call.id, prompt: sound.prompt, files: sound.files, outcome, reason };
        board.log.warn(fields, endless ? "music ended" : "prompt not played");
      }
      if (endless) return;
      board.deliver({ type: "treatment.ended", call: call.id, task, outcome });
    },
    key: (digit) => pressed(board, call, digit),
    closed(_sent, _received, reason, quality) {
      if (quality) board.deliver({ type: "call.measured", call: call.id, ...quality });
      if (call.ended) return;
      const { sound } = call;
      const prompt = sound.kind === "files" ? sound.prompt : undefined;
      if (reason) board.log.error({ call: call.id, prompt, reason }, "media lost");
      if (!call.media?.lost) return;
      call.media = undefined; // the next treatment asks for media anew
      if (sound.kind !== "files" || (sound.loop && sound.ms === undefined)) return;
      board.deliver({ type: "treatment.ended", call: call.id, task: sound.task, outcome: "failed" });
    },
  };
}
