import { type Directory, phoneTrunks, normalise, type Trunk } from "../../language/index.ts";
import { userOf } from "../dialog/address.ts";
import { splitValues } from "../endpoint/uri.ts";
import { devicesOf } from "../site/devices.ts";
import type { Source } from "../site/gate.ts";
import { allowedHeaders, CONVERSATION, forwardsOf, isHeaderText } from "../dialog/headers.ts";
import { parseSdp } from "../dialog/sdp.ts";
import type { Dialect } from "../trunks/dialect.ts";
import { type Headers, type SipRequest, sdpOf } from "../dialog/srf.ts";

/** What an INVITE says about its call. */
export interface Arrival {
  /** Empty where the caller withholds it. */
  from: string;
  to: string;
  conversation?: string;
  headers: Record<string, string>;
}

/** Reads an INVITE. `P-Asserted-Identity` is believed of trusted trunks only (RFC 3325 9), and a phone is who it has proven to be. */
export function readArrival(request: SipRequest, source: Source, directory: Directory): Arrival {
  const { trunk, phone, prefix = "" } = source;
  const line = directory.trunks[trunk ?? ""];
  const shown = shownBy(line, phone ?? assertedBy(line, request) ?? userOf(request.get("From")), directory);
  // A carrier that we have registered with calls us by the name we did it under, and says in To who is meant.
  const name = line?.outbound.register ? line.outbound.user : "";
  const called =
    [request.uri, request.get("To")].map(userOf).find((user) => user !== "" && user !== name) ?? name ?? "";
  const conversation = request.get(line?.conversation ?? CONVERSATION) ?? request.get(CONVERSATION);
  return {
    from: /^anonymous$/i.test(shown) ? "" : shown,
    to: called.startsWith(prefix) ? called.slice(prefix.length) : called,
    conversation: conversation && conversation.length <= 128 && isHeaderText(conversation) ? conversation : undefined,
    headers: allowedHeaders(request),
  };
}

/**
 * The device of the directory that a call comes from: a phone that has proven itself, or registers there, or one behind a trusted trunk, or its
 * group, which says so.
 */
export function deviceOf({ trunk, phone }: Source, from: string, directory: Directory): string | undefined {
  const user = trunk === undefined ? phone : directory.trunks[trunk]?.trusted ? from : undefined;
  const isThere = (device: string): boolean => {
    const lines = phoneTrunks(device, directory);
    return trunk === undefined ? lines.length === 0 : lines.includes(trunk);
  };
  return devicesOf(user, directory).find(({ id }) => isThere(id))?.id;
}

/** Who is there now, where a trusted trunk says so in a later request. */
export function identityIn(request: SipRequest, trunk: string | undefined, directory: Directory): string | undefined {
  const line = directory.trunks[trunk ?? ""];
  const asserted = assertedBy(line, request);
  return asserted && shownBy(line, asserted, directory);
}

/** Of trusted trunks only (RFC 3325 9). */
function assertedBy(line: Trunk | undefined, request: SipRequest): string | undefined {
  if (!line?.trusted) return undefined;
  return splitValues(request.get("P-Asserted-Identity") ?? "")
    .map(userOf)
    .find((user) => user !== "" && isHeaderText(user));
}

/** As numbers are written here. */
function shownBy(line: Trunk | undefined, number: string, { site }: Directory): string {
  return line && line.country !== site.country ? normalise(number, line.country) : number;
}

/** The shortest session we agree to, in seconds: the least that may be (RFC 4028 4). */
const MIN_SE_S = 90;

/** What the endpoint keeps for us: session timers (RFC 4028), and what it repeats until it is acknowledged (RFC 3262). */
const KEPT = ["timer", "100rel"];

/** Why an INVITE cannot become a call; `undefined`: it can. */
export function refusal(request: SipRequest, { takes }: Dialect): { status: number; headers: Headers } | undefined {
  if (!request.has("Contact")) return { status: 400, headers: {} };
  if (forwardsOf(request) === 0) return { status: 483, headers: {} }; // RFC 7332 5.1
  const foreign = (request.get("Require") ?? "")
    .split(",")
    .map((option) => option.trim())
    .filter((option) => option !== "" && !KEPT.includes(option.toLowerCase()));
  if (foreign.length > 0) return { status: 420, headers: { Unsupported: foreign.join(", ") } }; // RFC 3261 8.2.2.3
  if (expiresTooSoon(request)) return { status: 422, headers: { "Min-SE": `${MIN_SE_S}` } };
  const sdp = sdpOf(request);
  const unfit = sdp && (!("sdp" in parseSdp(sdp)) || !takes(sdp));
  return unfit ? { status: 488, headers: {} } : undefined;
}

/** Only of who could ask again for longer: a session that a proxy asks for is left out of the answer (RFC 4028 9). */
function expiresTooSoon(request: SipRequest): boolean {
  const [, seconds] = /^\s*(\d+)/.exec(request.get("Session-Expires") ?? request.get("x") ?? "") ?? [];
  const knows = ["Supported", "Require", "k"].some((name) => /\btimer\b/i.test(request.get(name) ?? ""));
  return knows && seconds !== undefined && Number(seconds) < MIN_SE_S;
}
