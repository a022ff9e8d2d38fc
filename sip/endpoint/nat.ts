/** Who is behind a NAT, as far as his messages show. */
import { addressesIn } from "../site/networks.ts";
import { contactUri, type Request, type Response } from "./message.ts";
import type { Flow } from "./transport.ts";
import { param, parseUri } from "./uri.ts";
import { topVia } from "./via.ts";

/**
 * A peer on UDP that asks to be answered where it is seen (RFC 3581), names one address in Via and Contact, and is seen at another, does
 * not know its address. One that is at several knows each of them.
 */
export function asksFromNat(request: Request, flow: Flow): boolean {
  const via = topVia(request);
  if (flow.reliable || !via || param(via.params, "rport") === undefined) return false;
  return via.host !== flow.remote.host && parseUri(contactUri(request))?.host === via.host;
}

/** A private address in the Contact of a peer that was reached at a public one. */
export function answersFromNat(response: Response, flow: Flow): boolean {
  const host = parseUri(contactUri(response))?.host ?? "";
  return !flow.reliable && isPrivate(host) && !isPrivate(flow.remote.host);
}

/** RFC 1918, 3927, 6598. */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8"];
const isPrivateAddress = addressesIn(PRIVATE);

/** Names of nowhere too. */
function isPrivate(host: string): boolean {
  return host.endsWith(".invalid") || isPrivateAddress(host);
}
