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

export const LOOPBACK = ["127.0.0.0/8", "::1"];

const isLoop = addressesIn(LOOPBACK);

export function isLoopback(address: string): boolean {
  return address === "localhost" || isLoop(address);
}

function familyOf(address: string): "ipv4" | "ipv6" | undefined {
  const version = isIP(address);
  return version === 0 ? undefined : version === 4 ? "ipv4" : "ipv6";
}
