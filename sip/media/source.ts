/*
 * Symmetric RTP against strangers. We send to the address of the SDP until packets arrive from elsewhere (a party behind NAT): the
 * first valid one decides, and from then on only its sender counts. The address of the SDP itself may take its place back, so a
 * stranger who was faster keeps nothing.
 */

export interface Address {
  address: string;
  port: number;
}

/** Who may speak to a leg, and where the leg sends. */
export interface Source {
  signalled?: Address;
  latched?: Address;
  ssrc?: number;
  /** When the last packet was admitted, on the clock of the caller. */
  heardAt: number;
}

/** A sender who falls silent for so long may be followed by another SSRC from the same address. */
const SSRC_SILENCE_MS = 200;

/** The SDP names an address: a new one starts the latch over. */
export function signal(source: Source, address: Address | undefined): void {
  if (address && source.signalled && same(address, source.signalled)) return;
  source.signalled = address;
  source.latched = undefined;
  source.ssrc = undefined;
}

/** Whether a valid packet counts; what is not admitted changes nothing. */
export function admit(source: Source, from: Address, ssrc: number, now: number): boolean {
  const { signalled, latched } = source;
  if (!signalled) return false;
  if (!latched || (same(from, signalled) && !same(latched, signalled))) {
    source.latched = { address: from.address, port: from.port };
    source.ssrc = ssrc;
  } else if (!same(from, latched)) {
    return false;
  } else if (ssrc !== source.ssrc) {
    if (now - source.heardAt < SSRC_SILENCE_MS) return false;
    source.ssrc = ssrc;
  }
  source.heardAt = now;
  return true;
}

/** Where packets go. */
export function target(source: Source): Address | undefined {
  return source.latched ?? source.signalled;
}

function same(one: Address, other: Address): boolean {
  return one.port === other.port && one.address === other.address;
}
