import { BlockList, isIP } from "node:net";

/* IP addresses and networks as directories write them: `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`. */

// Few addresses occur, and Node takes long to look at one; the bound keeps a stranger from filling the memory.
const KNOWN_LIMIT = 1000;

/** Whether an address is in one of these. What is no address is in none. */
export function addressesIn(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of networks) {
    const [written = "", bits] = entry.split("/");
    const family = familyOf(written);
    if (!family) continue; // the directory's reader has reported it
    if (bits === undefined) list.addAddress(written, family);
    else list.addSubnet(written, Number(bits), family);
  }
  const isIn = (written: string): boolean => {
    const address = plainAddress(written);
    const family = familyOf(address);
    return family !== undefined && list.check(address, family);
  };
  const known = new Map<string, boolean>();
  return (written) => {
    const found = known.get(written) ?? isIn(written);
    if (known.size < KNOWN_LIMIT) known.set(written, found);
    return found;
  };
}

/** An IPv4 address as such where it came in over IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:/i, "");
}

/**
 * Who sends from an address, as far as it tells, where it is counted how much somebody does: of IPv6 a whole network of 64 bits, for whoever has one of
 * its addresses has them all (RFC 4291 2.5.4, 4941).
 */
export function senderAt(address: string): string {
  const plain = plainAddress(address);
  if (!plain.includes(":")) return plain;
  const [head = [], tail = []] = plain.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(":")}::/64`;
}

export const LOOPBACK = ["127.0.0.0/8", "::1"];

/** Nowhere else: RFC 1918, 1122 3.2.1.3, 3927, 4193, 4291 2.5. */
export const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "169.254.0.0/16",
  "fc00::/7",
  "fe80::/10",
].concat(LOOPBACK);

const isLoop = addressesIn(LOOPBACK);

export function isLoopback(address: string): boolean {
  return address === "localhost" || isLoop(address);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}
