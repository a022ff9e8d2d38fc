import { fromHeader } from "./address.ts";
import { tagOf } from "../endpoint/uri.ts";
import type { Headers, SipMessage } from "./srf.ts";

/** Says which calls belong together, unless a trunk has another header for that. */
export const CONVERSATION = "X-Conversation-Id";
/** Which call a leg of ours is of. */
const CALLER = "X-Cordboard-Caller";

export const ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REFER, NOTIFY, REGISTER";

/** How long a party may be dead without a word, in seconds (RFC 4028). */
const ALIVE_S = 1800;

/** What our INVITE says of session timers. `proven`: he may ask who we are in each request, so it is he who refreshes. */
export function aliveFor(proven: boolean): Headers {
  return { Supported: "timer", "Session-Expires": `${ALIVE_S}${proven ? ";refresher=uas" : ""}`, "Min-SE": "90" };
}

/** What our 2xx says of them: where he has asked, the endpoint answers that; else we refresh, whether he knows timers or not. */
export function aliveIn(invite: SipMessage): Headers {
  const asked = invite.has("Session-Expires") || invite.has("x"); // its compact form
  return asked ? {} : { Supported: "timer", "Session-Expires": `${ALIVE_S};refresher=uas` };
}

const MAX_HEADERS = 32;
const MAX_CHARACTERS = 2048;
const HANDED_ON = ["user-to-user", "diversion", "history-info", "subject", "call-info", "priority", "accept-language"];

/**
 * The headers of a caller that a strategy may see, names in lower case: those above, and every `X-` header. At most 32 of 2,048 characters;
 * longer ones and those with control characters are left out.
 */
export function allowedHeaders(message: SipMessage): Record<string, string> {
  const allowed = Object.entries(message.headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), unfolded(value)])
    .filter(([name, value]) => (name.startsWith("x-") || HANDED_ON.includes(name)) && isHeaderText(value));
  return Object.fromEntries(allowed.slice(0, MAX_HEADERS));
}

/** Whether a text may be written into a header: nothing that could end the line or the message. */
export function isHeaderText(value: string): boolean {
  return value.length <= MAX_CHARACTERS && !/\p{Cc}/u.test(value);
}

/** Folded lines are one line (RFC 3261 7.3.1). */
function unfolded(value: string): string {
  return value.replace(/\r\n[ \t]+/g, " ");
}

/**
 * What every party rung for a caller is told of him. A call that goes round, out through a trunk and in again, runs out of forwards
 * (RFC 7332).
 */
export function callerHeaders(from: string, call: { invite?: { request: SipMessage }; conversation: string }): Headers {
  const forwards = `${Math.max(0, call.invite ? forwardsOf(call.invite.request) - 1 : 70)}`;
  return safeHeaders({
    From: fromHeader(from),
    [CONVERSATION]: call.conversation,
    "Max-Forwards": forwards,
    // Our endpoint takes it out: the two end together even when we are gone.
    [CALLER]: call.invite && dialogIdOf(call.invite.request),
  });
}

/** And who listens to him, or talks with him beside others: nobody could part him from them when we are gone, so the next run is to find him alone. */
export function guestHeaders(...of: Parameters<typeof callerHeaders>): Headers {
  const headers = callerHeaders(...of);
  delete headers[CALLER];
  return headers;
}

/** As endpoints name the dialog that an INVITE begins. */
export function dialogIdOf(invite: SipMessage): string | undefined {
  const tag = tagOf(invite.get("From") ?? "");
  return tag && `${invite.get("Call-ID")};from-tag=${tag}`;
}

/** How often a request may still be handed on; 70 where it does not say, or says nonsense (RFC 3261 8.1.1.6). */
export function forwardsOf(request: SipMessage): number {
  const told = request.get("Max-Forwards")?.trim() ?? "";
  return /^\d{1,3}$/.test(told) ? Math.min(Number(told), 255) : 70;
}

/** Only what may be written; a value with line ends would be a header of the caller's choosing. */
export function safeHeaders(headers: Record<string, string | undefined>): Headers {
  const safe = Object.entries(headers).filter((entry): entry is [string, string] => {
    const [name, value] = entry;
    return value !== undefined && /^[A-Za-z0-9!%*_+`'~.-]+$/.test(name) && isHeaderText(value);
  });
  return Object.fromEntries(safe);
}
