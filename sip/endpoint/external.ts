/** The outer address of a NAT that we are behind: who is beyond it reads that wherever he would read the address of this machine. */
import { isIPv6 } from "node:net";
import { addressesIn, plainAddress, PRIVATE } from "../site/networks.ts";
import type { Address, Flow } from "./transport.ts";

export interface External {
  address: string;
  /** Addresses and networks on our side of the NAT, beside those that are nowhere else. */
  local?: string[];
}

export interface Outside {
  /** What a peer at `host`, or of that name, is told of our address `local`. */
  address(local: Address, host: string): Address;
  /** The same way to a peer, who is told of us as he has to be: Via and Contact by `local` of the way, SDP as it is sent. */
  way(flow: Flow): Flow;
}

/** `isOurs`: whether that is an address of this machine which others are told. */
export function createOutside({ address, local = [] }: External, isOurs: (host: string) => boolean): Outside {
  const isLocal = addressesIn([...PRIVATE, ...local]);
  const isBeyond = (host: string): boolean => !isLocal(host.replace(/%.*$/, ""));
  const told = ({ host, port }: Address, peer: string): Address =>
    isIPv6(host) === isIPv6(address) && isBeyond(plainAddress(peer)) ? { host: address, port } : { host, port };

  /** Connection and origin (RFC 4566 5.2, 5.7); where a party's media are said to be is his own affair. */
  function describing(text: string): string {
    const end = text.indexOf("\r\n\r\n") + 4;
    const body = text.slice(end);
    if (!body.startsWith("v=0")) return text;
    const written = body.replace(/^([co]=.*\bIN IP[46] )([^\s/]+)/gm, (line, before: string, host: string) =>
      isOurs(host) && isIPv6(host) === isIPv6(address) ? before + address : line,
    );
    const head = text.slice(0, end);
    return head.replace(/^(Content-Length|l) *:.*$/im, `$1: ${written.length}`) + written;
  }

  return {
    address: told,
    way(flow) {
      const seen = told(flow.local, flow.remote.host);
      if (seen.host === flow.local.host) return flow;
      const way: Flow = Object.create(flow, { local: { value: seen } });
      way.send = (text, failed) => flow.send(describing(text), failed);
      return way;
    },
  };
}
