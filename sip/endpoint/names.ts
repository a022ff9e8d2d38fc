/** Where a host name leads, by NAPTR, SRV and address records (RFC 3263 4): the best address first. */
import type { Address, Protocol } from "./transport.ts";

/** Asks the name service. Each answer is empty, or fails, when there is none. */
export interface Resolver {
  naptr(name: string): Promise<Naptr[]>;
  srv(name: string): Promise<Srv[]>;
  addresses(host: string, family: 4 | 6): Promise<string[]>;
}

export interface Naptr {
  order: number;
  preference: number;
  flags: string;
  service: string;
  replacement: string;
}

export interface Srv {
  priority: number;
  weight: number;
  port: number;
  name: string;
}

/** What may carry a request, the best first, with the address family it can reach. */
export interface Carrier {
  protocol: Protocol;
  family: 4 | 6;
}

export interface Place extends Address {
  protocol: Protocol;
  /** The host asked for: a certificate must bear it, not what it leads to (RFC 5922 4). */
  name: string;
}

/** A name service may say anything: what is looked at of it. */
const RECORDS = 16;
const PLACES = 12;

const SERVICES: Record<string, Protocol> = { "SIP+D2U": "udp", "SIP+D2T": "tcp", "SIPS+D2T": "tls" };
const PREFIX: Partial<Record<Protocol, string>> = { udp: "_sip._udp.", tcp: "_sip._tcp.", tls: "_sips._tcp." };

export const portOf = (protocol: Protocol) => (protocol === "tls" || protocol === "wss" ? 5061 : 5060);

/**
 * The places of `host`. `port`: as the URI says, then only its addresses count. `chosen`: the URI names the transport, or has a port
 * (4.1), so that it is the first of the carriers. `random` gives numbers from 0 up to 1.
 */
export async function placesOf(
  { host, port, chosen }: { host: string; port: number | undefined; chosen: boolean },
  carriers: Carrier[],
  resolver: Resolver,
  random: () => number,
): Promise<Place[]> {
  const [first] = carriers;
  if (!first) return [];
  if (port !== undefined) return addressed([{ name: host, port, carrier: first }], host, resolver);
  for (const { carrier, service } of await services(host, chosen ? [first] : carriers, chosen, resolver)) {
    const records = await quietly(resolver.srv(service));
    const targets = inOrder(records.slice(0, RECORDS), random)
      // A dot says that there is no such service (RFC 2782).
      .filter(({ name }) => name !== "" && name !== ".")
      .map((each) => ({ name: each.name, port: each.port, carrier }));
    const places = await addressed(targets, host, resolver);
    if (places.length > 0) return places;
  }
  return addressed([{ name: host, port: portOf(first.protocol), carrier: first }], host, resolver);
}

interface Service {
  carrier: Carrier;
  /** The name of its SRV records. */
  service: string;
}

async function services(host: string, carriers: Carrier[], chosen: boolean, resolver: Resolver): Promise<Service[]> {
  const plain = carriers.flatMap((carrier) => {
    const prefix = PREFIX[carrier.protocol];
    return prefix === undefined ? [] : [{ carrier, service: prefix + host }];
  });
  if (chosen) return plain;
  const offered = (await quietly(resolver.naptr(host)))
    .slice(0, RECORDS)
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
    .flatMap(({ flags, service, replacement }) => {
      const carrier = carriers.find(({ protocol }) => protocol === SERVICES[service.toUpperCase()]);
      return carrier && flags.toLowerCase() === "s" ? [{ carrier, service: replacement }] : [];
    });
  return offered.length > 0 ? offered : plain;
}

/** By priority; among equals by chance, the heavier the likelier (RFC 2782). */
export function inOrder(records: Srv[], random: () => number): Srv[] {
  const left = records.toSorted((a, b) => a.priority - b.priority || a.weight - b.weight);
  const ordered: Srv[] = [];
  while (left.length > 0) {
    const equals = left.filter(({ priority }) => priority === left[0]!.priority);
    const sum = equals.reduce((total, { weight }) => total + weight, 0);
    let mark = random() * sum;
    const drawn = equals.find(({ weight }) => (mark -= weight) < 0) ?? equals[0]!;
    ordered.push(drawn);
    left.splice(left.indexOf(drawn), 1);
  }
  return ordered;
}

async function addressed(
  targets: { name: string; port: number; carrier: Carrier }[],
  name: string,
  resolver: Resolver,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const target of targets) {
    const { protocol, family } = target.carrier;
    for (const host of await quietly(resolver.addresses(target.name, family))) {
      if (places.length < PLACES) places.push({ host, port: target.port, protocol, name });
    }
  }
  return places;
}

/** What cannot be asked is as good as not there: the next way to find out is tried. */
async function quietly<Answer>(asked: Promise<Answer[]>): Promise<Answer[]> {
  return asked.catch(() => []);
}
