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
  const transport = transportFor(uri, transports);
  if (!transport) return { refused: "requested protocol/transport not available" };
  const port = uri.port ?? 5060;
  const host = param(uri.params, "maddr") ?? uri.host;
  if (transports.some((each) => each.owns({ host, port }))) {
    return { refused: "can not send request to myself" };
  }
  if (isIP(host)) return transport.flowTo({ host, port });
  return laterFlow(transport, { host, port }, lookup);
}

/** The listener of the `transport` parameter; UDP without one. Of several, one of the target's address family. */
function transportFor(uri: Uri, transports: Transport[]): Transport | undefined {
  if (uri.scheme === "sips") return undefined;
  const wanted = param(uri.params, "transport")?.toLowerCase();
  const family = (each: Transport) => isIPv6(uri.host) === isIPv6(each.local.host);
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
  lookup(target.host, isIPv6(transport.local.host) ? 6 : 4).then(
    (host) => {
      found = transport.flowTo({ host, port: target.port });
      for (const each of waiting.splice(0, 1)) send(each);
    },
    () => {
      lost = true;
      for (const each of waiting.splice(0)) send(each);
    },
  );
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
