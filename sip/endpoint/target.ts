/** Where a request goes: listener, address, way (RFC 3263). */
import { isIP, isIPv6 } from "node:net";
import { type Carrier, placesOf, portOf, type Resolver } from "./names.ts";
import type { Reach } from "./reach.ts";
import { type Address, type Flow, hostPort, type Protocol, type Transport } from "./transport.ts";
import { param, parseUri, type Uri } from "./uri.ts";

export type Refused = { refused: string };

/** What ways there are. */
export interface Ways {
  transports: Transport[];
  resolver: Resolver;
  reach: Reach;
  /** From 0 up to 1. */
  random(): number;
  /** Addresses that did not answer lately are tried last. */
  shunned: Shunned;
}

/** Addresses that something was wrong with, for a while. */
export interface Shunned {
  add(address: Address): void;
  has(address: Address): boolean;
}

/** Longer names do not exist (RFC 1035 2.3.4), and not every resolver says so politely. */
const HOST_LIMIT = 253;
const MYSELF = { refused: "can not send request to myself" };

/** A target, as far as it is known without asking anybody. */
interface Target {
  host: string;
  port: number | undefined;
  /** Listeners that can carry a request there, the best first. */
  usable: Transport[];
  /** The URI names the transport, or a port. */
  chosen: boolean;
}

/** The way to `uri`, or why there is none; for requests inside dialogs. A host name is looked up later; what is sent meanwhile waits. */
export function wayTo(text: string, ways: Ways): Flow | Refused {
  const target = targetOf(text, ways);
  if ("refused" in target || "flow" in target) return "flow" in target ? target.flow : target;
  const [transport] = target.usable;
  const there = { host: target.host, port: target.port ?? portOf(transport!.protocol) };
  if (isIP(target.host)) return transport!.flowTo(there);
  // Its Via is written before the name is looked up, so the transport is not the name service's to choose.
  const found = places({ ...target, usable: [transport!], chosen: true }, ways);
  return laterFlow(transport!, there, found);
}

/**
 * The ways to `uri`, the best first, or why there is none; for requests outside dialogs. None at all: the name leads nowhere, and the
 * way that is said instead fails.
 */
export function waysTo(text: string, ways: Ways): (() => Flow)[] | Promise<(() => Flow)[] | Refused> | Refused {
  const target = targetOf(text, ways);
  if ("refused" in target) return target;
  if ("flow" in target) return [() => target.flow];
  const [transport] = target.usable;
  const there = { host: target.host, port: target.port ?? portOf(transport!.protocol) };
  if (isIP(target.host)) return [() => transport!.flowTo(there)];
  return places(target, ways).then((found) => {
    if (found === "myself") return MYSELF;
    return found.length > 0 ? found : [() => nowhere(transport!, there)];
  });
}

function targetOf(text: string, { transports, reach }: Ways): Target | { flow: Flow } | Refused {
  const uri = parseUri(text);
  if (!uri || uri.scheme === "tel") return { refused: `no way to ${text}` };
  const standing = reach.flowTo(uri);
  if (standing) return { flow: standing };
  const host = hostOf(uri);
  if (host === undefined) return { refused: `no way to ${text}` };
  const usable = usableFor(uri, host, transports);
  const [first] = usable;
  if (!first) return { refused: "requested protocol/transport not available" };
  const { port } = uri;
  if (owned({ host, port: port ?? portOf(first.protocol) }, transports)) return MYSELF;
  return { host, port, usable, chosen: port !== undefined || param(uri.params, "transport") !== undefined };
}

const owned = (address: Address, transports: Transport[]) => transports.some((each) => each.owns(address));

/** The host to send to (RFC 3261 19.1.1: maddr); undefined when what the peer wrote is none. */
function hostOf(uri: Uri): string | undefined {
  const maddr = param(uri.params, "maddr");
  const host = maddr === undefined ? uri.host : parseUri(`sip:${maddr}`)?.host;
  return host !== undefined && host.length <= HOST_LIMIT ? host : undefined;
}

/** The listeners of the `transport` parameter; UDP first without one. Of the target's address family, where it is an address. */
function usableFor(uri: Uri, host: string, transports: Transport[]): Transport[] {
  const wanted = protocolsOf(uri);
  const family = (each: Transport) => isIP(host) === 0 || isIPv6(host) === isIPv6(each.local.host);
  const rank = (each: Transport) => wanted.indexOf(each.protocol);
  const usable = transports.filter((each) => rank(each) >= 0 && family(each));
  return usable.toSorted((a, b) => rank(a) - rank(b));
}

/** What may carry a request to a URI, the best first (RFC 3261 19.1.1, 26.2.2; RFC 7118 5.2.4). */
function protocolsOf(uri: Uri): Protocol[] {
  const wanted = param(uri.params, "transport")?.toLowerCase();
  if (uri.scheme === "sips") return wanted === "ws" || wanted === "wss" ? ["wss"] : ["tls"];
  if (wanted === undefined) return ["udp", "tcp", "tls"];
  if (wanted === "ws" || wanted === "wss") return ["ws", "wss"];
  return wanted === "udp" || wanted === "tcp" || wanted === "tls" ? [wanted] : [];
}

/** What the name service says, those that did not answer lately last. */
async function places({ host, port, usable, chosen }: Target, ways: Ways): Promise<(() => Flow)[] | "myself"> {
  const carrierOf = ({ protocol, local }: Transport): Carrier => ({ protocol, family: isIPv6(local.host) ? 6 : 4 });
  const found = await placesOf({ host, port, chosen }, usable.map(carrierOf), ways.resolver, ways.random);
  const others = found.filter((place) => !owned(place, ways.transports));
  if (others.length === 0 && found.length > 0) return "myself";
  const ordered = others.toSorted((a, b) => Number(ways.shunned.has(a)) - Number(ways.shunned.has(b)));
  return ordered.flatMap((place) => {
    const family = isIPv6(place.host);
    const transport = usable.find((each) => each.protocol === place.protocol && isIPv6(each.local.host) === family);
    return transport ? [() => transport.flowTo({ host: place.host, port: place.port }, place.name)] : [];
  });
}

function nowhere({ protocol, reliable, local }: Transport, remote: Address): Flow {
  return { protocol, reliable, local, remote, open: () => false, send: (_text, failed) => failed?.("DNS Error") };
}

/** A way whose address is still being looked up. */
function laterFlow(transport: Transport, target: Address, places: Promise<(() => Flow)[] | "myself">): Flow {
  let found: Flow | undefined;
  let waiting: { text: string; failed?: (why?: string) => void }[] = [];
  void places
    .then((ways) => (ways === "myself" ? undefined : ways[0]?.()))
    .catch(() => undefined)
    .then((flow) => {
      found = flow ?? nowhere(transport, target);
      for (const { text, failed } of waiting.splice(0)) found.send(text, failed);
    });
  return {
    protocol: transport.protocol,
    reliable: transport.reliable,
    local: transport.toldTo?.(target.host) ?? transport.local,
    get remote() {
      return found?.remote ?? target;
    },
    open: () => found?.open() ?? true,
    send(text, failed) {
      if (found) found.send(text, failed);
      else waiting.push({ text, failed });
    },
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

/** Whoever did not answer is tried last for. */
export const SHUNNED_MS = 30_000;
const SHUNNED = 1_000;

export function createShunned(now: () => number, ms: number): Shunned {
  const until = new Map<string, number>();
  return {
    add(address) {
      if (until.size >= SHUNNED) until.clear();
      until.set(hostPort(address), now() + ms);
    },
    has: (address) => (until.get(hostPort(address)) ?? 0) > now(),
  };
}
