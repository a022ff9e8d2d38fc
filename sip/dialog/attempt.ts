import type { Line } from "./accept.ts";
import { aliveFor, ALLOW } from "./headers.ts";
import type { LegHooks } from "./hooks.ts";
import type { Hop } from "./hop.ts";
import { followLeg, type Leg } from "./leg.ts";
import { createOrigin } from "./origin.ts";
import {
  type Headers,
  placeCall,
  responseIn,
  sdpOf,
  type SipDialog,
  type SipRequest,
  type SipResponse,
  statusOf,
} from "./srf.ts";
import { MAX_CHALLENGES, proofFor, sameCall } from "../trunks/requests.ts";

/** What is told of an INVITE, and after `answered` of its leg. */
export interface InviteHooks extends LegHooks {
  /** He rings; again, and with a description, where he sends media before he answers. Empty without one. */
  ringing(early: string): void;
  /** `trunk`: by which he was reached; `told`: what he was offered. */
  answered(leg: Leg, trunk: string | undefined, told: string): void;
  /** `status` absent: nobody was reached. */
  failed(status?: number): void;
}

/** A 100 is not handed on by the endpoint, so this is the time to the first 18x or final response. */
const RINGBACK_MS = 5000;
const NO_RINGBACK = 'Q.850;cause=18;text="No ringback"';
/** RFC 3261 9.1: an INVITE whose CANCEL brings no 487 is over after 64 T1. */
const CANCEL_MS = 32_000;

export type Attempt = { hop: Hop; sdp: string; headers: Headers; reason: () => string | undefined };

/** One INVITE, said again with a proof where that is asked. Returns its CANCEL, which waits until the INVITE has left. */
export function attempt(line: Line, { hop, sdp, headers, reason }: Attempt, hooks: InviteHooks): () => void {
  const origin = createOrigin(hop.dialect);
  const pending = {};
  let request: SipRequest | undefined;
  let heard = false;
  let cancelled = false;
  let silent = false;
  let over = false;
  line.legs.add(pending);

  const cancel = (): void => {
    if (over) return;
    cancelled = true;
    clearTimeout(silence);
    request?.cancel({ headers: { Reason: reason() ?? NO_RINGBACK } }, () => undefined);
    overdue ??= setTimeout(() => line.legs.delete(pending), CANCEL_MS).unref();
  };
  let overdue: NodeJS.Timeout | undefined;
  const silence = setTimeout(
    () => {
      silent = true;
      cancel();
      line.legs.delete(pending);
      hooks.failed();
    },
    hop.noRingbackMs ?? line.ringbackMs ?? RINGBACK_MS,
  );

  function send(more: Headers, challenges: number): void {
    placeCall(
      line.signalling,
      {
        uri: hop.uri,
        proxy: hop.proxy,
        localSdp: origin.say(sdp),
        headers: { ...headers, ...hop.headers, Allow: ALLOW, ...aliveFor(hop.credentials !== undefined), ...more },
      },
      {
        cbRequest(_error, sent) {
          request = sent;
          if (cancelled) cancel();
        },
        cbProvisional(response) {
          clearTimeout(silence);
          if (silent || response.status < 180) return;
          const early = sdpOf(response);
          if (heard && !early) return;
          heard = true;
          hooks.ringing(early && origin.hear(early));
        },
      },
      (error, dialog) => ended(error, dialog, more, challenges),
    );
  }

  function ended(error: unknown, dialog: SipDialog | undefined, more: Headers, challenges: number): void {
    const response = responseIn(error);
    if (response && request && !cancelled && challenges < MAX_CHALLENGES) {
      const asked = proofFor(response, { method: "INVITE", uri: hop.uri }, hop.credentials) ?? longerIn(response);
      if (asked) return send({ ...more, ...sameCall(request), ...asked }, challenges + 1);
    }
    over = true;
    clearTimeout(silence);
    clearTimeout(overdue);
    line.legs.delete(pending);
    if (!dialog) return silent ? undefined : hooks.failed(statusOf(error));
    const { credentials } = hop;
    const leg = followLeg({ dialog, origin, placed: true, legs: line.legs, hooks, credentials });
    if (silent) leg.end(NO_RINGBACK);
    else hooks.answered(leg, hop.trunk, sdp);
  }

  send({}, 0);
  return cancel;
}

/** He takes no session as short as we asked for (RFC 4028 7.4). */
function longerIn(response: SipResponse): Headers | undefined {
  const least = response.status === 422 && /^\s*(\d{1,6})/.exec(response.get("Min-SE") ?? "")?.[1];
  return least ? { "Session-Expires": least, "Min-SE": least } : undefined;
}
