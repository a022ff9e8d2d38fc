/** Where a request goes: listener, address, way (RFC 3263 without SRV and NAPTR). */
import { isIP, isIPv6 } from "node:net";
import type { Address, Flow, Protocol, Transport } from "./transport.ts";
import type { Reach } from "./reach.ts";
import { param, parseUri, type Uri } from "./uri.ts";

/** Finds the address of a host name, or fails. */
export type Lookup = (host: string, family: 4 | 6) => Promise<string>;

export type Refused = { refused: string };

/** What ways there are. */
export interface Ways {
  transports: Transport[];
  lookup: Lookup;
  reach: Reach;
}

/** The way to `uri`, or why there is none. A host name is looked up later; what is sent meanwhile waits. */
export function wayTo(text: string, { transports, lookup, reach }: Ways): Flow | Refused {
  const uri = parseUri(text);
  if (!uri || uri.scheme === "tel") return { refused: `no way to ${text}` };
  const standing = reach.flowTo(uri);
  if (standing) return standing;
  const host = hostOf(uri);
  if (host === undefined) return { refused: `no way to ${text}` };
  const transport = transportFor(uri, host, transports);
  if (!transport) return { refused: "requested protocol/transport not available" };
  const port = uri.port ?? (transport.protocol === "tls" ? 5061 : 5060);
  if (transports.some((each) => each.owns({ host, port }))) {
    return { refused: "can not send request to myself" };
  }
  if (isIP(host)) return transport.flowTo({ host, port });
  return laterFlow(transport, { host, port }, lookup);
}

/** Longer names do not exist (RFC 1035 2.3.4), and not every resolver says so politely. */
const HOST_LIMIT = 253;

/** The host to send to (RFC 3261 19.1.1: maddr); undefined when what the peer wrote is none. */
function hostOf(uri: Uri): string | undefined {
  const maddr = param(uri.params, "maddr");
  const host = maddr === undefined ? uri.host : parseUri(`sip:${maddr}`)?.host;
  return host !== undefined && host.length <= HOST_LIMIT ? host : undefined;
}

/** The listener of the `transport` parameter; UDP without one. Of several, one of the target's address family. */
function transportFor(uri: Uri, host: string, transports: Transport[]): Transport | undefined {
  const wanted = protocolsOf(uri);
  const family = (each: Transport) => isIP(host) === 0 || isIPv6(host) === isIPv6(each.local.host);
  const rank = (each: Transport) => wanted.indexOf(each.protocol);
  const usable = transports.filter((each) => rank(each) >= 0 && family(each));
  return usable.toSorted((a, b) => rank(a) - rank(b))[0];
}

/** What may carry a request to a URI, the best first (RFC 3261 19.1.1, 26.2.2; RFC 7118 5.2.4). */
function protocolsOf(uri: Uri): Protocol[] {
  const wanted = param(uri.params, "transport")?.toLowerCase();
  if (uri.scheme === "sips") return wanted === "ws" || wanted === "wss" ? ["wss"] : ["tls"];
  if (wanted === undefined) return ["udp", "tcp", "tls"];
  if (wanted === "ws" || wanted === "wss") return ["ws", "wss"];
  return wanted === "udp" || wanted === "tcp" || wanted === "tls" ? [wanted] : [];
}

/** A way whose address is still being looked up. */
function laterFlow(transport: Transport, target: Address, lookup: Lookup): Flow {
  let found: Flow | undefined;
  let lost = false;
  let waiting: { text: string; failed?: (why?: string) => void }[] = [];
  const send = ({ text, failed }: (typeof waiting)[number]) => {
    if (lost) failed?.("DNS Error");
    else if (found) found.send(text, failed);
    else waiting.push({ text, failed });
  };
  void lookup(target.host, isIPv6(transport.local.host) ? 6 : 4)
    .then((host) => {
      found = transport.flowTo({ host, port: target.port }, target.host);
    })
    .catch(() => {
      lost = true;
    })
    .then(() => {
      for (const each of lost ? waiting.splice(0) : waiting.splice(0, 1)) send(each);
    });
  return {
    protocol: transport.protocol,
    reliable: transport.reliable,
    local: transport.local,
    get remote() {
      return found?.remote ?? target;
    },
    open: () => !lost && (found?.open() ?? true),
    send: (text, failed) => send({ text, failed }),
    probe: (refused) => found?.probe?.(refused),
  };
}

/** A next hop that names no transport takes that of the request: drachtio-srf repeats a challenged request to a bare address. */
export function withTransportOf(route: string, uri: string): string {
  const wanted = param(parseUri(uri)?.params ?? "", "transport");
  const hop = parseUri(route);
  if (wanted === undefined || hop?.scheme !== "sip" || param(hop.params, "transport") !== undefined) return route;
  return `${route};transport=${wanted}`;
}
