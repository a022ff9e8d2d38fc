import { BlockList, isIP } from "node:net";
import type { Directory, Trunk } from "../language/index.ts";
import { parseUri } from "./endpoint/uri.ts";

/** Where a request comes from: a trunk of the directory, or this machine (`trunk` absent). */
export interface Source {
  trunk?: string;
}

/**
 * Who may call in. A source address listed in a trunk's `inbound`, or the address (and port) of one of its next hops, is that trunk;
 * loopback is this machine's own phones. `undefined`: nobody known, to be refused.
 */
export function createGate(directory: Directory): (address: string, port: number) => Source | undefined {
  const trunks = Object.values(directory.trunks).map((trunk) => ({
    id: trunk.id,
    listed: listOf(trunk),
    hops: hopsOf(trunk),
  }));
  return (written, port) => {
    const address = written.replace(/^::ffff:/i, "");
    const family = familyOf(address);
    if (!family) return undefined;
    const known =
      trunks.find((trunk) => trunk.listed.check(address, family)) ??
      trunks.find((trunk) => trunk.hops.some((hop) => hop.address === address && hop.port === port)) ??
      trunks.find((trunk) => !isLoopback(address) && trunk.hops.some((hop) => hop.address === address));
    if (known) return { trunk: known.id };
    return isLoopback(address) ? {} : undefined;
  };
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address === "localhost" || /^127\.\d+\.\d+\.\d+$/.test(address.replace(/^::ffff:/i, ""));
}

function listOf(trunk: Trunk): BlockList {
  const list = new BlockList();
  for (const entry of trunk.inbound.from) {
    const [address = "", bits] = entry.split("/");
    const family = familyOf(address);
    if (!family) continue; // the directory's reader has reported it
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function hopsOf(trunk: Trunk): { address: string; port: number }[] {
  return trunk.to.flatMap((hop) => {
    const uri = parseUri(hop);
    if (!uri || !isIP(uri.host)) return [];
    return [
      {
        address: uri.host,
        port: uri.port ?? (uri.scheme === "sips" || /transport=tls/i.test(uri.params) ? 5061 : 5060),
      },
    ];
  });
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}
