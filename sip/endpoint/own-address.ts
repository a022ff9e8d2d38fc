import { networkInterfaces } from "node:os";
import type { OwnAddress } from "./transport.ts";

const ANY = new Set(["0.0.0.0", "::"]);

/** The addresses of this machine, as it had them on start. */
export function ownAddress(): OwnAddress {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return {
    /** A listener on every address tells the first that leaves this machine. */
    advertised(host) {
      if (!ANY.has(host)) return host;
      const family = host === "::" ? "IPv6" : "IPv4";
      const outward = addresses.find((each) => each.family === family && !each.internal);
      return outward?.address ?? (host === "::" ? "::1" : "127.0.0.1");
    },
    reaches: (host, other) => host === other || (ANY.has(host) && addresses.some((each) => each.address === other)),
  };
}
