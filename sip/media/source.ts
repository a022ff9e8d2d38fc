import { addressesIn, PRIVATE } from "../site/networks.ts";

/*
 * Who may speak to a leg, and where it sends: symmetric RTP, with latching for who is behind a NAT (RFC 7362), against strangers. Best known is
 * who sends from the described address; next, who sends from there by another port, or from where the party signals, as through his NAT. Either
 * takes the place of whoever was faster. A stranger keeps it only until then, and is sent to only where the described address is a private one.
 */

export interface Address {
  address: string;
  port: number;
}

export interface Source {
  /** By the SDP. */
  described?: Address;
  /** Addresses that the party's SIP comes from. */
  near: readonly string[];
  latched?: Address;
  ssrc?: number;
  /** When the last packet was admitted, on the clock of the caller. */
  heardAt: number;
}

/** A sender who falls silent for so long may be followed by another SSRC from the same address. */
const SSRC_SILENCE_MS = 200;

const [STRANGER, NEAR, DESCRIBED] = [0, 1, 2];

/** Leads to nobody from outside: RFC 6598 for carriers' own NATs. */
const isInside = addressesIn([...PRIVATE, "100.64.0.0/10"]);

/** The SDP names an address: a new one starts the latch over. */
export function aim(source: Source, address: Address): void {
  if (source.described && same(address, source.described)) return;
  source.described = address;
  source.latched = undefined;
  source.ssrc = undefined;
}

/** Whether a valid packet from there would count, but for its SSRC. */
export function mayCount(source: Source, from: Address): boolean {
  const { described, latched } = source;
  if (!described) return false;
  return !latched || same(from, latched) || rank(source, from) > rank(source, latched);
}

/** Whether a valid packet counts; what is not admitted changes nothing. */
export function admit(source: Source, from: Address, ssrc: number, now: number): boolean {
  if (!mayCount(source, from)) return false;
  const { latched } = source;
  if (!latched || !same(from, latched)) {
    source.latched = { address: from.address, port: from.port };
    source.ssrc = ssrc;
  } else if (ssrc !== source.ssrc) {
    if (now - source.heardAt < SSRC_SILENCE_MS) return false;
    source.ssrc = ssrc;
  }
  source.heardAt = now;
  return true;
}

/** Where packets go. */
export function target(source: Source): Address | undefined {
  const { described, latched } = source;
  if (!described || !latched) return described;
  return rank(source, latched) > STRANGER || isInside(described.address) ? latched : described;
}

/** How well a sender is known. */
function rank({ described, near }: Source, from: Address): number {
  if (described && same(from, described)) return DESCRIBED;
  return from.address === described?.address || near.includes(from.address) ? NEAR : STRANGER;
}

function same(one: Address, other: Address): boolean {
  return one.port === other.port && one.address === other.address;
}
