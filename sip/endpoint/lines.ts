/** Header lines of an application's message as they leave: what is kept, renamed, added. */
import { headerSpelling } from "./headers.ts";
import { type Header, header, type Message } from "./message.ts";
import { type Flow, hostPort, type Protocol } from "./transport.ts";
import { param, parseNameAddr, parseUri, splitValues } from "./uri.ts";

/** In a request of an application: the dialog id of the caller it is made for. Both are one call, and end together when nobody serves it. */
export const CALLER = "x-cordboard-caller";

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
  // Of applications to the endpoint, for nobody else.
  CALLER,
]);
/** Who is named in them may be at our own address. */
const OWN_HOST = new Set(["p-asserted-identity", "diversion"]);

/** Every header the endpoint does not write itself. */
export function otherLines(headers: Header[], flow: Flow): string[] {
  const lines: string[] = [];
  for (const { key, name, value } of headers) {
    if (OWN.has(key)) continue;
    const kept = OWN_HOST.has(key) ? withOwnHost(value, flow, "") : value;
    lines.push(`${headerSpelling(name)}: ${kept}`);
  }
  return lines;
}

/** The application's Contact, or ours where one is needed. */
export function contactLines(message: Message, flow: Flow, needed: boolean, requestUri: string): string[] {
  const given = header(message, "contact");
  // Without it the peer would come back over UDP (RFC 3261 19.1.1).
  const transport = flow.protocol === "udp" ? "" : `;transport=${uriTransport(flow.protocol)}`;
  if (given !== undefined) return [`Contact: ${withToken(withOwnHost(given, flow, transport), flow)}`];
  // Who is called securely is reached securely (RFC 3261 8.1.1.8, 12.1.1).
  const scheme = /^sips:/i.test(requestUri) ? "sips" : "sip";
  return needed ? [`Contact: <${scheme}:${hostPort(flow.local)}${transport}>`] : [];
}

/** Only where the address is ours: another's must reach him as it is. */
function withToken(value: string, flow: Flow): string {
  const { display, uri = "", params } = parseNameAddr(value) ?? {};
  const parsed = parseUri(uri);
  if (!flow.contactUser || parsed?.user === undefined || hostPort(parsed) !== hostPort(flow.local)) return value;
  const own = uri.replace(/^(sips?:)[^@]*/i, `$1${flow.contactUser(parsed.user)}`);
  return `${display ? `${display} ` : ""}<${own}>${params}`;
}

/** In URIs a WebSocket is `ws`, secured or not (RFC 7118 5.2.4). */
function uriTransport(protocol: Protocol): string {
  return protocol === "wss" ? "ws" : protocol;
}

/** None without a body; SDP is recognised. */
export function contentTypeLines(message: Message): string[] {
  if (message.body === "") return [];
  const given = header(message, "content-type");
  if (given !== undefined) return [`Content-Type: ${given}`];
  return message.body.startsWith("v=0") ? ["Content-Type: application/sdp"] : [];
}

/** A body nobody could read: it has no type, and is no SDP. */
export function lacksContentType(message: Message): boolean {
  return message.body !== "" && header(message, "content-type") === undefined && !message.body.startsWith("v=0");
}

const LOCALHOST = /^(sips?:(?:[^@\s]*@)?)localhost(?=$|;)/i;

/** Writes our address for the host `localhost`, which stands for "wherever this is sent from"; `params` go with it. */
export function withOwnHost(value: string, flow: Flow, params: string): string {
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
