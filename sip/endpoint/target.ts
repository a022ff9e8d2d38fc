/** Where a request goes: listener, address, way (RFC 3263 without SRV and NAPTR). */
import { isIP, isIPv6 } from "node:net";
import type { Address, Flow, Transport } from "./transport.ts";
import { param, parseUri, type Uri } from "./uri.ts";

/** Finds the address of a host name, or fails. */
export type Lookup = (host: string, family: 4 | 6) => Promise<string>;

export type Refused = { refused: string };

/** The way to `uri`, or why there is none. A host name is looked up later; what is sent meanwhile waits. */
export function wayTo(text: string, transports: Transport[], lookup: Lookup): Flow | Refused {
  const uri = parseUri(text);
  if (!uri || uri.scheme === "tel") return { refused: `no way to ${text}` };
  const host = hostOf(uri);
  if (host === undefined) return { refused: `no way to ${text}` };
  const transport = transportFor(uri, host, transports);
  if (!transport) return { refused: "requested protocol/transport not available" };
  const port = uri.port ?? 5060;
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
  if (uri.scheme === "sips") return undefined;
  const wanted = param(uri.params, "transport")?.toLowerCase();
  const family = (each: Transport) => isIPv6(host) === isIPv6(each.local.host);
  const usable = transports.filter((each) => wanted === undefined || each.protocol === wanted);
  const udpFirst = usable.toSorted((a, b) => Number(b.protocol === "udp") - Number(a.protocol === "udp"));
  return udpFirst.find(family);
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
      found = transport.flowTo({ host, port: target.port });
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
