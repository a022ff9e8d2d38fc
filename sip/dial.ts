import type { Line } from "./accept.ts";
import { triesNextHop, WITHDRAWN } from "./causes.ts";
import { aliveFor, ALLOW } from "./headers.ts";
import { type Answer, followLeg, type Leg, type LegHooks } from "./leg.ts";
import { createOrigin } from "./origin.ts";
import type { Hop } from "./hop.ts";
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
import { plainDialect } from "./trunks/dialect.ts";
import { livesBy } from "./trunks/health.ts";
import { MAX_CHALLENGES, proofFor, sameCall } from "./trunks/requests.ts";

export interface DialHooks {
  /** He rings; again, and with a description, where he sends media before he answers. Empty without one. */
  ringing(early: string): void;
  /** `trunk`: by which he was reached. */
  answered(leg: Leg, trunk?: string): void;
  /** `status` absent: nobody was reached. */
  failed(status?: number): void;
  /** This one was not reached, or serves nobody now; another may be tried. */
  missed?(hop: Hop): void;
  /** After `answered`: the party hung up. */
  gone: LegHooks["gone"];
  /** After `answered`: the party offers other media. */
  offered(sdp: string): Promise<Answer>;
  /** After `answered`: the party asks us to call somebody else in his place. */
  referred?: LegHooks["referred"];
  notified?: LegHooks["notified"];
  key?: LegHooks["key"];
  said?: LegHooks["said"];
  renewed?: LegHooks["renewed"];
}

/** A 100 is not handed on by the endpoint, so this is the time to the first 18x or final response. */
const RINGBACK_MS = 5000;
const NO_RINGBACK = 'Q.850;cause=18;text="No ringback"';
/** RFC 3261 9.1: an INVITE whose CANCEL brings no 487 is over after 64 T1. */
const CANCEL_MS = 32_000;

/**
 * INVITEs one party, hop after hop until somebody decides; hops of one `fork` ring at once. Returns how to give up: CANCEL, or BYE where the
 * answer crosses it, with this Reason; nothing is told afterwards.
 */
export function dial(
  line: Line,
  invite: { hops: Hop[]; sdp: string; headers: Headers },
  hooks: DialHooks,
): (reason: string) => void {
  const rounds = roundsOf(invite.hops);
  let givenUp: string | undefined;
  let leg: Leg | undefined;
  let cancels: (() => void)[] = [];

  function next(round: number, status?: number): void {
    const hops = rounds[round];
    if (!hops || !triesNextHop(status, rounds[round - 1]?.at(-1)?.stopOn)) return hooks.failed(status);
    const failures: (number | undefined)[] = [];
    let over = false;
    cancels = [];
    for (const hop of hops) {
      const { takes } = hop.dialect ?? plainDialect;
      const failed = (failure: number | undefined): void => {
        if (givenUp !== undefined || over) return;
        failures.push(failure);
        if (failure === undefined || !livesBy(failure)) hooks.missed?.(hop);
        const forAll = failure !== undefined && failure >= 600; // RFC 3261 16.7
        over = forAll || failures.length === hops.length;
        if (forAll) others();
        if (over) next(round + 1, forAll ? failure : worthTelling(failures));
      };
      if (!takes(invite.sdp)) failed(488);
      else {
        const reason = (): string | undefined => givenUp ?? (hops.length > 1 ? WITHDRAWN.lost_race : undefined);
        cancels.push(
          attempt(line, { hop, sdp: invite.sdp, headers: invite.headers, reason }, { ...hooks, ...told(hop) }),
        );
      }

      function told(at: Hop): Pick<DialHooks, "ringing" | "failed" | "answered"> {
        return {
          // Of several, nobody's own ringing is to be heard.
          ringing: (early) => givenUp === undefined && !over && hooks.ringing(hops && hops.length > 1 ? "" : early),
          failed,
          answered(answered) {
            if (givenUp !== undefined || over) return answered.end(givenUp ?? WITHDRAWN.lost_race);
            over = true;
            others();
            if (!answered.remoteSdp) {
              answered.end();
              return hooks.failed(488);
            }
            leg = answered;
            hooks.answered(answered, at.trunk);
          },
        };
      }
    }
  }

  /** Who still rings does so no more; a CANCEL of what is over does nothing. */
  function others(): void {
    for (const cancel of cancels.splice(0)) cancel();
  }

  next(0);
  return (reason) => {
    if (givenUp !== undefined) return;
    givenUp = reason;
    if (leg) leg.end(reason);
    else others();
  };
}
function roundsOf(hops: readonly Hop[]): Hop[][] {
  const rounds: Hop[][] = [];
  for (const hop of hops) {
    const last = rounds.at(-1);
    if (last && hop.fork !== undefined && last[0]?.fork === hop.fork) last.push(hop);
    else rounds.push([hop]);
  }
  return rounds;
}

/** Of several phones that did not answer: busy, if one was. */
function worthTelling(failures: readonly (number | undefined)[]): number | undefined {
  return failures.includes(486) ? 486 : failures.find((status) => status !== undefined);
}

type Attempt = { hop: Hop; sdp: string; headers: Headers; reason: () => string | undefined };

/** One INVITE, said again with a proof where that is asked. Returns its CANCEL, which waits until the INVITE has left. */
function attempt(line: Line, { hop, sdp, headers, reason }: Attempt, hooks: DialHooks): () => void {
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
    else hooks.answered(leg);
  }

  send({}, 0);
  return cancel;
}

/** He takes no session as short as we asked for (RFC 4028 7.4). */
function longerIn(response: SipResponse): Headers | undefined {
  const least = response.status === 422 && /^\s*(\d{1,6})/.exec(response.get("Min-SE") ?? "")?.[1];
  return least ? { "Session-Expires": least, "Min-SE": least } : undefined;
}
