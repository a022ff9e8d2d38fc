/** What the endpoint adds to, takes from and changes in the messages of an application before they leave. */
import { headerSpelling } from "./headers.ts";
import { type Header, header, headerLines, printMessage, type Request, type Response } from "./message.ts";
import { ownContact, transportParam } from "./target.ts";
import { type Flow, hostPort } from "./transport.ts";
import { param, parseNameAddr, parseUri, splitValues, tagOf, withoutParam } from "./uri.ts";
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

/** Written by the endpoint alone, or by its own lines below. */
const OWN = new Set([
  "via",
  "route",
  "record-route",
  "rseq",
  "content-length",
  "content-type",
  "from",
  "to",
  "call-id",
  "cseq",
  "max-forwards",
  "contact",
]);
/** Methods whose Contact is the peer's way back to us (RFC 3261 8.1.1.8, 3311, 3515, 6665). */
const WITH_CONTACT = new Set(["INVITE", "SUBSCRIBE", "UPDATE", "REFER", "NOTIFY"]);

/** Fills in a request of the application. `message` supplies everything `identity` does not. */
export function fillRequest(message: Request, identity: Identity, flow: Flow, branch: string): Filled {
  const { method } = message;
  const via = `SIP/2.0/${flow.protocol.toUpperCase()} ${hostPort(flow.local)}${flow.reliable ? "" : ";rport"};branch=${branch}`;
  const contact = header(message, "contact");
  const lines = [
    `Via: ${via}`,
    ...identity.routes.map((route) => `Route: ${route}`),
    `Max-Forwards: ${header(message, "max-forwards") ?? "70"}`,
    `From: ${identity.from}`,
    `To: ${identity.to}`,
    `Call-ID: ${identity.callId}`,
    `CSeq: ${identity.cseq} ${method}`,
  ];
  if (contact !== undefined) lines.push(`Contact: ${withOwnHost(contact, flow, transportParam(flow))}`);
  else if (WITH_CONTACT.has(method)) lines.push(`Contact: ${ownContact(flow)}`);
  lines.push(...otherLines(message.headers, flow), ...contentType(message));
  const text = printMessage(`${method} ${identity.uri} SIP/2.0`, lines, message.body);
  const credentials = message.headers.filter(({ key }) => key === "authorization" || key === "proxy-authorization");
  return { ...identity, method, branch, via, text, fromTag: tagOf(identity.from) ?? "", credentials };
}

interface ResponseFilling {
  /** Empty for 100. */
  toTag: string;
  flow: Flow;
  /** Ours is added when the application gave none. */
  contact: boolean;
  /** The number of a reliable provisional response. */
  rseq: number | undefined;
}

/** Fills in a response of the application to `request`. */
export function fillResponse(message: Response, request: Request, filling: ResponseFilling): string {
  const { toTag, flow, contact, rseq } = filling;
  const lines = responseHead(request, toTag);
  if (request.method === "INVITE" && message.status > 100 && message.status < 300) {
    lines.push(...headerLines(request, "record-route").map((value) => `Record-Route: ${value}`));
  }
  const given = header(message, "contact");
  if (given !== undefined) lines.push(`Contact: ${withOwnHost(given, flow, transportParam(flow))}`);
  else if (contact) lines.push(`Contact: ${ownContact(flow)}`);
  if (rseq !== undefined) lines.push(`RSeq: ${rseq}`);
  lines.push(...otherLines(message.headers, flow), ...contentType(message));
  return printMessage(`SIP/2.0 ${message.status} ${message.reason}`.trimEnd(), lines, message.body);
}

/** A response the endpoint makes itself. */
export function ownResponse(request: Request, status: number, toTag: string, more: string[] = []): string {
  const lines = [...responseHead(request, toTag), ...more];
  if (status === 100) lines.push(...headerLines(request, "timestamp").map((value) => `Timestamp: ${value}`));
  return printMessage(`SIP/2.0 ${status} ${REASONS[status] ?? ""}`, lines, "");
}

function responseHead(request: Request, toTag: string): string[] {
  const to = header(request, "to") ?? "";
  return [
    ...headerLines(request, "via").map((value) => `Via: ${value}`),
    `From: ${header(request, "from") ?? ""}`,
    `To: ${toTag === "" || tagOf(to) !== undefined ? to : `${to};tag=${toTag}`}`,
    `Call-ID: ${header(request, "call-id") ?? ""}`,
    `CSeq: ${header(request, "cseq") ?? ""}`,
  ];
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

/** The tag an application put into its response, if any. */
export function givenToTag(message: Response): string | undefined {
  return tagOf(header(message, "to") ?? "");
}

export function otherLines(headers: Header[], flow: Flow): string[] {
  const lines: string[] = [];
  for (const { key, name, value } of headers) {
    if (OWN.has(key)) continue;
    const kept = key === "p-asserted-identity" ? withOwnHost(value, flow, "") : value;
    lines.push(`${headerSpelling(name)}: ${kept}`);
  }
  return lines;
}

function contentType(message: Request | Response): string[] {
  if (message.body === "") return [];
  const given = header(message, "content-type");
  if (given !== undefined) return [`Content-Type: ${given}`];
  return message.body.startsWith("v=0") ? ["Content-Type: application/sdp"] : [];
}

/** A body nobody could read: it has no type, and is no SDP. */
export function lacksContentType(message: Request): boolean {
  return message.body !== "" && header(message, "content-type") === undefined && !message.body.startsWith("v=0");
}

const LOCALHOST = /^(sips?:(?:[^@\s]*@)?)localhost(?=$|;)/i;

/** Writes our address for the host `localhost`, which stands for "wherever this is sent from". */
function withOwnHost(value: string, flow: Flow, params: string): string {
  if (!value.includes("localhost")) return value;
  return splitValues(value)
    .map((one) => {
      const { display, uri, params: rest } = parseNameAddr(one) ?? { display: "", uri: "", params: "" };
      const own = uri.replace(LOCALHOST, `$1${hostPort(flow.local)}`);
      if (own === uri) return one;
      const known = param(parseUri(own)?.params ?? "", "transport") !== undefined;
      return `${display === "" ? "" : `${display} `}<${own}${known ? "" : params}>${rest}`;
    })
    .join(", ");
}

/** Reason phrases of the responses the endpoint makes itself. */
export const REASONS: Record<number, string> = {
  100: "Trying",
  200: "OK",
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  416: "Unsupported URI Scheme",
  480: "Temporarily Unavailable",
  481: "Call/Transaction Does Not Exist",
  482: "Loop Detected",
  483: "Too Many Hops",
  487: "Request Terminated",
  491: "Request Pending",
  500: "Server Internal Error",
  501: "Not Implemented",
  503: "Service Unavailable",
  505: "Version Not Supported",
  513: "Message Too Large",
};
