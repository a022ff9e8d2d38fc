import { aliveIn, ALLOW } from "./headers.ts";
import type { LegHooks } from "./hooks.ts";
import { followLeg, type Leg } from "./leg.ts";
import { createOrigin, type Origin } from "./origin.ts";
import type { Dialect } from "../trunks/dialect.ts";
import { type Headers, type Reply, type Signalling, type SipRequest, statusOf } from "./srf.ts";

/** A way to place and take calls. */
export interface Line {
  readonly signalling: Signalling;
  /** Every SIP relation with a party that is not yet released on the wire. */
  readonly legs: Set<object>;
  /** How long a party may be silent before its next address is tried; 5 s unless said. */
  readonly ringbackMs?: number;
}

/** An INVITE that has not been answered yet. */
export interface Invite {
  readonly request: SipRequest;
  readonly reply: Reply;
  /** How descriptions are spoken with whoever sent it. */
  readonly dialect?: Dialect;
  /** Stand in each response. */
  readonly headers?: Headers;
  /** All that was said reliably before the answer has been acknowledged (RFC 3262). */
  acknowledged?: Promise<void>;
  /** Of what was said before the answer. */
  origin?: Origin;
}

/**
 * Answers an INVITE with 200 and `sdp`. `done` gets the leg, or the status where the INVITE was cancelled; where an answer and a CANCEL
 * cross it is called twice, and the second leg is to be ended.
 */
export function accept(
  line: Line,
  { request, reply, dialect, headers, origin: said }: Invite,
  answer: { sdp: string; hooks: LegHooks },
  done: (leg: Leg | undefined, status?: number) => void,
): void {
  const origin = said ?? createOrigin(dialect);
  const options = { localSdp: origin.say(answer.sdp), headers: { ...headers, Allow: ALLOW, ...aliveIn(request) } };
  line.signalling.createUAS(request, reply, options, (error, dialog) => {
    if (!dialog) return done(undefined, statusOf(error));
    done(followLeg({ dialog, origin, placed: false, legs: line.legs, hooks: answer.hooks }));
  });
}
