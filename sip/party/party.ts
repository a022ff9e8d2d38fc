import { type Device, type Directory, isClosed, phoneTrunks, mayBeCalled } from "../../language/index.ts";
import type { Party } from "../../runtime/index.ts";
import type { Hop } from "../dialog/hop.ts";
import type { Headers } from "../dialog/srf.ts";
import type { Ways } from "../trunks/ways.ts";

/** What there is to reach parties by. */
export interface Reach {
  directory: Directory;
  /** Where phones of our own are. */
  registrar: { contacts(user: string): Hop[] };
  ways: Ways;
}

/**
 * Where an offer's party is to be reached, in order. Only what the directory names can be called: a device where it registered or on its
 * trunk, a number through the trunks of the command where they are open to it. A status: nowhere, and why.
 */
export function hopsTo({ directory, registrar, ways }: Reach, party: Party, from: string): Hop[] | { status: number } {
  if (party.kind === "number") {
    const { number } = party;
    const open = party.trunks.filter((trunk) => isOpen(directory, trunk, number));
    const hops = open.flatMap((trunk) => ways.by(trunk, number, from));
    return hops.length > 0
      ? hops
      : { status: open.length < party.trunks.length ? 403 : statusWithout(directory, open) };
  }
  const device = directory.devices[party.device];
  if (!device) return { status: 404 };
  const lines = party.trunks ?? phoneTrunks(device.id, directory);
  const hops = device.trunk
    ? lines.flatMap((trunk) => ways.by(trunk, device.user, from))
    : registrar.contacts(device.user);
  if (hops.length === 0) return { status: device.trunk ? statusWithout(directory, lines) : 480 };
  return hops.map((hop) => ({ ...hop, headers: { ...hop.headers, ...pickUpHeaders(device) } }));
}

/** The user name of the phone that is to be reached; undefined: it is outside. */
export function phoneOf({ devices }: Directory, party: Party): string | undefined {
  return party.kind === "agent" ? devices[party.device]?.user : undefined;
}

/** Of trunks without a way: 480 where one could register and has not, 503 where there is none at all. */
export function statusWithout({ trunks }: Directory, named: readonly string[]): number {
  return named.some((trunk) => trunks[trunk]?.inbound.user !== undefined) ? 480 : 503;
}

/** The engine asks this too; a number that came here another way is not called all the same. */
function isOpen(directory: Directory, trunk: string, number: string): boolean {
  const line = directory.trunks[trunk];
  return line !== undefined && !isClosed(number, directory) && mayBeCalled(number, line.outbound.allowed, line.country);
}

/** Asks the phone to pick up by itself: there are several customs, and one that wants none of them ignores it. */
function pickUpHeaders(device: Device): Headers {
  if (!device.autoAnswer) return {};
  return {
    "Call-Info": "<sip:localhost>;answer-after=0",
    "Alert-Info": "<http://localhost>;info=alert-autoanswer;delay=0",
  };
}
