import type { Command, OfferFailure } from "../../runtime/index.ts";

/** What a final status from a party means for the offer. Everything else is `unreachable`. */
const FAILURES: Record<number, OfferFailure> = {
  403: "rejected", // a PBX turns its phones' 603 into 403
  433: "rejected",
  486: "busy",
  600: "busy",
  603: "rejected",
  607: "rejected",
  608: "rejected",
};

/** `undefined`: no answer came, or no address is known. */
export function offerFailure(status: number | undefined): OfferFailure {
  return FAILURES[status ?? 0] ?? "unreachable";
}

/**
 * Whether the same party may be tried at its next address: only where nobody has said no (RFC 3261 16.7). A trunk may have its own codes after
 * which none is tried; what is said for all addresses (6xx) is said for all.
 */
export function triesNextHop(status: number | undefined, stopOn?: readonly number[]): boolean {
  if (stopOn && status !== undefined) return status < 600 && !stopOn.includes(status);
  return status === undefined || status === 408 || (status >= 500 && status < 600);
}

export type WithdrawReason = Extract<Command, { type: "withdraw" }>["reason"];

/** Reason values (RFC 3326) of the CANCEL or BYE that withdraws an offer. */
export const WITHDRAWN: Record<WithdrawReason, string> = {
  no_answer: 'Q.850;cause=19;text="No answer"',
  caller_gone: 'SIP;cause=487;text="Caller gone"',
  lost_race: 'SIP;cause=200;text="Call completed elsewhere"', // phones then list no missed call
  strategy: 'Q.850;cause=16;text="Withdrawn"',
};

export const HUNG_UP = 'Q.850;cause=16;text="Normal call clearing"';
