import { bracketed } from "./address.ts";
import { parseUri } from "../endpoint/uri.ts";
import type { Headers } from "./srf.ts";
import type { Dialect } from "../trunks/dialect.ts";
import type { Credentials } from "../trunks/requests.ts";

/** One address at which a party may be reached. */
export interface Hop {
  uri: string;
  /** Where the request goes if that is not what the URI says. */
  proxy?: string;
  headers: Headers;
  /** Those of one fork ring at once. */
  fork?: string;
  /** The trunk by which it is reached. */
  trunk?: string;
  /** What holds on that trunk: how long it may be silent, what ends the search, how we prove ourselves, and what is spoken. */
  noRingbackMs?: number;
  stopOn?: readonly number[];
  credentials?: Credentials;
  dialect?: Dialect;
}

/** The URI without its parameters, which would otherwise end up as parameters of the header. */
export function toHeader(uri: string): Headers {
  const parsed = parseUri(uri);
  if (!parsed) return {};
  const user = parsed.user === undefined ? "" : `${parsed.user}@`;
  return { To: `<${parsed.scheme}:${user}${bracketed(parsed.host)}${parsed.port ? `:${parsed.port}` : ""}>` };
}
