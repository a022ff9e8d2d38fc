import type { Device, Directory } from "../language/index.ts";
import type { Party } from "../runtime/index.ts";
import { bracketed, uriOf } from "./address.ts";
import { parseUri } from "./endpoint/uri.ts";
import type { Headers } from "./srf.ts";

/** One address at which a party may be reached. */
export interface Hop {
  uri: string;
  /** Where the request goes if that is not what the URI says. */
  proxy?: string;
  headers: Headers;
  /** The trunk by which it is reached. */
  trunk?: string;
}

/**
 * Where an offer's party is to be reached, in order. Only what the directory names can be called: a device where it registered or on its
 * trunk, a number through the trunks of the command. Empty: nothing.
 */
export function hopsTo(directory: Directory, contacts: (user: string) => Hop[], party: Party): Hop[] {
  if (party.kind === "number") return party.trunks.flatMap((trunk) => trunkHops(directory, trunk, party.number));
  const device = directory.devices[party.device];
  if (!device) return [];
  const hops = device.trunk ? trunkHops(directory, device.trunk, device.user) : contacts(device.user);
  return hops.map((hop) => ({ ...hop, headers: { ...hop.headers, ...pickUpHeaders(device) } }));
}

/** A number or user at each next hop of a trunk. */
export function trunkHops(directory: Directory, trunk: string, user: string): Hop[] {
  return (directory.trunks[trunk]?.to ?? []).flatMap((hop) => {
    const uri = uriOf(user, hop);
    return uri ? [{ uri, headers: toHeader(uri), trunk }] : [];
  });
}

/** The URI without its parameters, which would otherwise end up as parameters of the header. */
export function toHeader(uri: string): Headers {
  const parsed = parseUri(uri);
  if (!parsed) return {};
  const user = parsed.user === undefined ? "" : `${parsed.user}@`;
  return { To: `<${parsed.scheme}:${user}${bracketed(parsed.host)}${parsed.port ? `:${parsed.port}` : ""}>` };
}

/** Asks the phone to pick up by itself (RFC 5373 is rare; this is what desk phones obey). */
function pickUpHeaders(device: Device): Headers {
  return device.autoAnswer ? { "Call-Info": "<sip:localhost>;answer-after=0" } : {};
}
