import type { Directory } from "../../language/index.ts";
import { type SentAlong, uuiHeader } from "../../runtime/index.ts";
import { safeHeaders } from "../dialog/headers.ts";
import type { Hop } from "../dialog/hop.ts";
import type { Headers } from "../dialog/srf.ts";

/**
 * Hops with the conversation's id and what the strategy sends along, written as each hop's trunk wants it. What the strategy says beats
 * what the hop has.
 */
export function hopsAlong(directory: Directory, hops: Hop[], conversation: string, along?: SentAlong): Hop[] {
  return hops.map((hop) => {
    const trunk = hop.trunk === undefined ? undefined : directory.trunks[hop.trunk];
    const known = trunk && safeHeaders({ [trunk.conversation]: conversation });
    return { ...hop, headers: { ...hop.headers, ...known, ...(along && headersAlong(directory, hop.trunk, along)) } };
  });
}

/** What carries the call itself, and is nobody's to write. */
const OURS =
  /^(via|from|to|call-id|cseq|contact|route|record-route|max-forwards|content-.*|require|supported|allow|(proxy-)?authorization|x-cordboard-caller)$/i;

/** As headers for a trunk, or for a phone of our own. */
export function headersAlong(directory: Directory, trunk: string | undefined, along: SentAlong): Headers {
  const { uui } = along;
  const headers = Object.fromEntries(Object.entries(along.headers).filter(([name]) => !OURS.test(name)));
  const encoding = trunk === undefined ? undefined : directory.trunks[trunk]?.uui.encoding;
  return safeHeaders({ ...headers, "User-to-User": uui && uuiHeader(uui, encoding) });
}
