import { type Directory, normalise } from "../language/index.ts";
import { userOf } from "./address.ts";
import { splitValues } from "./endpoint/uri.ts";
import type { Source } from "./gate.ts";
import { allowedHeaders, CONVERSATION, forwardsOf, isHeaderText } from "./headers.ts";
import { parseSdp } from "./sdp.ts";
import type { Dialect } from "./trunks/dialect.ts";
import { type Headers, type SipRequest, sdpOf } from "./srf.ts";

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
  const [asserted] = line?.trusted
    ? splitValues(request.get("P-Asserted-Identity") ?? "")
        .map(userOf)
        .filter(Boolean)
    : [];
  const said = phone ?? asserted ?? userOf(request.get("From"));
  const shown = line && line.country !== directory.site.country ? normalise(said, line.country) : said;
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

/** Why an INVITE cannot become a call; `undefined`: it can. */
export function refusal(request: SipRequest, { takes }: Dialect): { status: number; headers: Headers } | undefined {
  if (!request.has("Contact")) return { status: 400, headers: {} };
  if (forwardsOf(request) === 0) return { status: 483, headers: {} }; // RFC 7332 5.1
  const foreign = (request.get("Require") ?? "")
    .split(",")
    .map((option) => option.trim())
    .filter((option) => option !== "");
  if (foreign.length > 0) return { status: 420, headers: { Unsupported: foreign.join(", ") } }; // RFC 3261 8.2.2.3
  const sdp = sdpOf(request);
  const unfit = sdp && (!("sdp" in parseSdp(sdp)) || !takes(sdp));
  return unfit ? { status: 488, headers: {} } : undefined;
}
