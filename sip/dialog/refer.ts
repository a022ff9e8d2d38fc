import { allowedHeaders, isHeaderText } from "./headers.ts";
import { userOf } from "./address.ts";
import { parseNameAddr, parseUri } from "../endpoint/uri.ts";
import type { Leg } from "./leg.ts";
import type { SipMessage, SipRequest } from "./srf.ts";

/** Whom a REFER wants to be called, and what goes along with it (RFC 3515). */
export interface Referral {
  /** A number as it is dialled, `tel:…` without its scheme too; else the URI. */
  target: string;
  /** A `User-to-User` header: of the REFER, or escaped in the URI (RFC 7433 4). */
  uui?: string;
  /** Others, names in lower case. */
  headers: Record<string, string>;
  reason?: string;
  /** In place of which dialog (RFC 3891). */
  replaces?: string;
}

/** `undefined`: it names nobody. */
export function readReferral(request: SipRequest): Referral | undefined {
  const written = (request.get("Refer-To") ?? "").trim();
  const uri = parseNameAddr(written)?.uri ?? written;
  if (!isHeaderText(uri) || !parseUri(uri)) return undefined;
  const [address = "", query = ""] = uri.split("?", 2);
  const user = userOf(address);
  const inUri = allowedHeaders(asMessage(query));
  const { "user-to-user": uui, ...headers } = { ...inUri, ...allowedHeaders(request) };
  return {
    target: /^\+?[\d*#]+$/.test(user) ? user : address,
    uui,
    headers,
    reason: /;\s*text="([^"]{1,200})"/.exec(request.get("Reason") ?? "")?.[1],
    replaces: escapedIn(query).replaces,
  };
}

/** `?Name=value&…` of a URI (RFC 3261 19.1.1), names in lower case. */
function escapedIn(query: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const part of query.split("&").slice(0, 64)) {
    const at = part.indexOf("=");
    if (at > 0) found[part.slice(0, at).toLowerCase()] = unescaped(part.slice(at + 1));
  }
  return found;
}

function asMessage(query: string): SipMessage {
  const headers = escapedIn(query);
  return { headers, get: (name) => headers[name.toLowerCase()], has: (name) => name.toLowerCase() in headers };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const PHRASES: Record<number, string> = { 100: "Trying", 180: "Ringing", 200: "OK", 487: "Request Terminated" };

/** Tells who has sent a REFER how far it is. Anything but 1xx is the last word. Resolves when he has heard it. */
export function tellProgress(leg: Leg, status: number): Promise<number> {
  const over = status >= 200;
  return leg.request(
    "NOTIFY",
    {
      Event: "refer",
      "Subscription-State": over ? "terminated;reason=noresource" : "active;expires=60",
      "Content-Type": "message/sipfrag;version=2.0",
    },
    `SIP/2.0 ${status} ${PHRASES[status] ?? "Failed"}\r\n`,
  );
}

/** What a NOTIFY says of a REFER; `undefined` where it says nothing that can be read. */
export function progressOf(notify: SipRequest): { status: number; over: boolean } | undefined {
  const status = Number(/^SIP\/2\.0 (\d{3})\b/i.exec(notify.body ?? "")?.[1]);
  const over = /^\s*terminated/i.test(notify.get("Subscription-State") ?? "");
  return status >= 100 ? { status, over } : undefined;
}
