/** What the endpoint adds to an application's request, and the messages that repeat parts of one. */
import { contactLines, contentTypeLines, otherLines, withOwnHost } from "./lines.ts";
import { type Header, header, printMessage, type Request } from "./message.ts";
import { type Flow, hostPort } from "./transport.ts";
import { parseUri, tagOf, withoutParam } from "./uri.ts";
import { MAGIC_COOKIE } from "./via.ts";

/** A request ready to be sent, and what its ACK, CANCEL and dialog repeat of it. */
export interface Filled {
  method: string;
  uri: string;
  branch: string;
  text: string;
  via: string;
  routes: string[];
  from: string;
  fromTag: string;
  to: string;
  callId: string;
  cseq: number;
  /** Where the peer reaches us; empty when the request does not say. */
  contact: string;
  /** What the ACK of a 2xx must repeat (RFC 3261 22.1). */
  credentials: Header[];
}

/** The numbers and names of a new request. */
export interface Identity {
  uri: string;
  routes: string[];
  from: string;
  to: string;
  callId: string;
  cseq: number;
}

/** Methods whose Contact is the peer's way back to us (RFC 3261 8.1.1.8, 3311, 3515, 6665). */
export const WITH_CONTACT = new Set(["INVITE", "SUBSCRIBE", "UPDATE", "REFER", "NOTIFY"]);

/** Fills in a request of the application. `message` supplies everything `identity` does not. */
export function fillRequest(message: Request, identity: Identity, flow: Flow, branch: string): Filled {
  const { method } = message;
  const { uri, routes, from, to, callId, cseq } = identity;
  const via = viaOf(flow, branch);
  const lines = [
    `Via: ${via}`,
    ...routes.map((route) => `Route: ${route}`),
    `Max-Forwards: ${header(message, "max-forwards") ?? "70"}`,
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${cseq} ${method}`,
  ];
  const contacts = contactLines(message, flow, WITH_CONTACT.has(method), uri);
  lines.push(...contacts);
  lines.push(...otherLines(message.headers, flow), ...contentTypeLines(message));
  const text = printMessage(`${method} ${uri} SIP/2.0`, lines, message.body);
  const credentials = message.headers.filter(({ key }) => key === "authorization" || key === "proxy-authorization");
  const contact = contacts[0]?.slice("Contact: ".length) ?? "";
  const fromTag = tagOf(from) ?? "";
  return { method, uri, branch, text, via, routes, from, fromTag, to, callId, cseq, contact, credentials };
}

export function viaOf({ protocol, local, reliable }: Flow, branch: string): string {
  return `SIP/2.0/${protocol.toUpperCase()} ${hostPort(local)}${reliable ? "" : ";rport"};branch=${branch}`;
}

/** ACK and CANCEL repeat what the INVITE said (RFC 3261 9.1, 17.1.1.3). */
export function printEcho(
  of: Filled,
  method: "ACK" | "CANCEL",
  { to = of.to, lines = [] }: { to?: string; lines?: string[] },
): string {
  const head = [
    `Via: ${of.via}`,
    ...of.routes.map((route) => `Route: ${route}`),
    "Max-Forwards: 70",
    `From: ${of.from}`,
    `To: ${to}`,
    `Call-ID: ${of.callId}`,
    `CSeq: ${of.cseq} ${method}`,
  ];
  return printMessage(`${method} ${of.uri} SIP/2.0`, [...head, ...lines], "");
}

/** A response nobody sent, for requests that got none: 408 and 503 (RFC 3261 8.1.3.1). */
export function inventResponse(of: Filled, status: number, reason: string, toTag: string): string {
  const to = tagOf(of.to) === undefined ? `${of.to};tag=${toTag}` : of.to;
  const lines = [
    `Via: ${of.via}`,
    `From: ${of.from}`,
    `To: ${to}`,
    `Call-ID: ${of.callId}`,
    `CSeq: ${of.cseq} ${of.method}`,
  ];
  return printMessage(`SIP/2.0 ${status} ${reason}`, lines, "");
}

export const freshBranch = (name: string) => MAGIC_COOKIE + name;

/** From of a new request: the application's, else our address; always with a tag. */
export function fromValue(message: Request, flow: Flow, freshTag: () => string): string {
  const given = header(message, "from");
  if (given === undefined) return `<sip:${hostPort(flow.local)}>;tag=${freshTag()}`;
  const value = withOwnHost(given, flow, "");
  return tagOf(value) === undefined ? `${value};tag=${freshTag()}` : value;
}

/** To of a new request: the application's, else the request URI without what a To must not carry (RFC 3261 19.1.1). */
export function toValue(message: Request, flow: Flow): string {
  const given = header(message, "to");
  if (given !== undefined) return withOwnHost(given, flow, "");
  const uri = parseUri(message.uri);
  if (!uri || uri.scheme === "tel") return `<${message.uri}>`;
  const params = ["transport", "maddr", "ttl", "method", "lr"].reduce(withoutParam, uri.params);
  const user = uri.user === undefined ? "" : `${uri.user}@`;
  return `<${uri.scheme}:${user}${hostPort(uri)}${params}>`;
}
