import type { PhoneAct, PhoneRefusal } from "../../runtime/index.ts";
import { identityIn } from "./arrival.ts";
import type { Board, LiveCall, Party } from "../call.ts";
import type { SipRequest } from "../dialog/srf.ts";

/* What phones and their exchanges do by themselves, and people want to know. */

/** A re-INVITE or UPDATE of a trusted exchange names somebody else: after a transfer there that is the only trace of it. → `identity.changed` */
export function identify(board: Board, call: LiveCall, from: "caller" | Party, request: SipRequest): void {
  const who = from === "caller" ? call : from;
  const identity = identityIn(request, who.trunk, board.directory);
  const known = who.identity ?? (from === "caller" ? call.from : undefined);
  if (identity === undefined || identity === known) return;
  who.identity = identity;
  board.deliver({ type: "identity.changed", call: call.id, ...offerOf(from), identity });
}

/** A hold or a REFER that is refused. → `phone.refused` */
export function tellRefused(
  board: Board,
  call: LiveCall,
  from: "caller" | Party,
  { what, reason, sip }: { what: PhoneAct; reason: PhoneRefusal; sip: number },
): void {
  board.deliver({ type: "phone.refused", call: call.id, ...offerOf(from), what, reason, sip });
}

function offerOf(from: "caller" | Party): { offer?: string } {
  return from === "caller" || from.offer === undefined ? {} : { offer: from.offer };
}
