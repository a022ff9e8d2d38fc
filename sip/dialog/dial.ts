import type { Line } from "./accept.ts";
import { attempt, type InviteHooks } from "./attempt.ts";
import { triesNextHop, WITHDRAWN } from "./causes.ts";
import type { Hop } from "./hop.ts";
import type { Leg } from "./leg.ts";
import type { Headers } from "./srf.ts";
import { plainDialect } from "../trunks/dialect.ts";
import { livesBy } from "../trunks/health.ts";

export interface DialHooks extends InviteHooks {
  /** This one was not reached, or serves nobody now; another may be tried. */
  missed?(hop: Hop): void;
}

/** Whom to reach, and what to say. */
export interface Outgoing {
  hops: Hop[];
  sdp: string;
  /** Another description, for whoever cannot speak as `sdp` wants it. */
  otherwise?: () => Promise<string | undefined>;
  headers: Headers;
}

/** What is said to a description with which one cannot speak (RFC 3261 21.4.26, 21.6.4); 415 is what some gateways make of it. */
const UNSPOKEN = new Set([415, 488, 606]);

/**
 * INVITEs one party, hop after hop until somebody decides; hops of one `fork` ring at once. Returns how to give up: CANCEL, or BYE where the
 * answer crosses it, with this Reason; nothing is told afterwards.
 */
export function dial(line: Line, invite: Outgoing, hooks: DialHooks): (reason: string) => void {
  const rounds = roundsOf(invite.hops);
  let other: Promise<string | undefined> | undefined;
  let givenUp: string | undefined;
  let leg: Leg | undefined;
  let cancels: (() => void)[] = [];

  function next(round: number, status?: number): void {
    const hops = rounds[round];
    if (!hops || !triesNextHop(status, rounds[round - 1]?.at(-1)?.stopOn)) return hooks.failed(status);
    const failures: (number | undefined)[] = [];
    const severally = hops.length > 1;
    let over = false;
    cancels = [];
    for (const hop of hops) ring(hop, invite.sdp);

    function ring(hop: Hop, sdp: string): void {
      const { takes } = hop.dialect ?? plainDialect;
      if (!takes(sdp)) return failed(hop, sdp, 488);
      const reason = (): string | undefined => givenUp ?? (severally ? WITHDRAWN.lost_race : undefined);
      const told: Pick<DialHooks, "ringing" | "failed" | "answered"> = {
        // Of several, nobody's own ringing is to be heard.
        ringing: (early) => givenUp === undefined && !over && hooks.ringing(severally ? "" : early),
        failed: (failure) => failed(hop, sdp, failure),
        answered: (answered) => taken(answered, hop, sdp),
      };
      cancels.push(attempt(line, { hop, sdp, headers: invite.headers, reason }, { ...hooks, ...told }));
    }

    function failed(hop: Hop, sdp: string, failure: number | undefined): void {
      if (givenUp !== undefined || over) return;
      const { otherwise } = invite;
      if (!otherwise || sdp !== invite.sdp || !UNSPOKEN.has(failure ?? 0)) return missed(hop, failure);
      other ??= otherwise();
      void other.then((another) => {
        if (givenUp !== undefined || over) return;
        if (another === undefined) missed(hop, failure);
        else ring(hop, another);
      });
    }

    function missed(hop: Hop, failure: number | undefined): void {
      failures.push(failure);
      if (failure === undefined || !livesBy(failure)) hooks.missed?.(hop);
      const forAll = failure !== undefined && failure >= 600; // RFC 3261 16.7
      over = forAll || failures.length === hops?.length;
      if (forAll) others();
      if (over) next(round + 1, forAll ? failure : worthTelling(failures));
    }

    function taken(answered: Leg, hop: Hop, sdp: string): void {
      if (givenUp !== undefined || over) return answered.end(givenUp ?? WITHDRAWN.lost_race);
      over = true;
      others();
      if (!answered.remoteSdp) {
        answered.end();
        return hooks.failed(488);
      }
      leg = answered;
      hooks.answered(answered, hop.trunk, sdp);
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

/** Hops of one fork together, each other by itself. */
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
