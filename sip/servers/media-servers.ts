import { performance } from "node:perf_hooks";
import type { Directory } from "../../language/index.ts";
import { uriOf } from "../dialog/address.ts";
import { parseUri } from "../endpoint/uri.ts";
import { type Hop, toHeader } from "../dialog/hop.ts";
import type { Ways } from "../trunks/ways.ts";

/** The media servers (RFC 4240): the one of the run, else the trunks of the directory with that role. */
export interface MediaServers {
  /** One of their services at each that is not left alone; `params` are those of the URI. `from`: for whom, where a trunk shows that. */
  hops(service: string, params: string, from: string): Hop[];
  /** It was not reached: it is left alone for a while, so that not every prompt waits for it. */
  missed(hop: Hop): void;
}

/** As long as whoever answers no OPTIONS is out of use for that. */
const REST_MS = 30_000;

export function createMediaServers(options: {
  directory: () => Directory;
  ways: Ways;
  /** SIP URI of the one of the run. */
  only?: string;
  now?: () => number;
}): MediaServers {
  const { directory, ways, only, now = () => performance.now() } = options;
  /** By host and port: until when. */
  const resting = new Map<string, number>();

  function all(service: string, from: string): Hop[] {
    if (only !== undefined) return [{ uri: only, headers: {} }];
    return Object.values(directory().trunks)
      .filter(({ roles, to }) => roles.includes("media") && to.length > 0)
      .flatMap(({ id }) => ways.by(id, service, from));
  }

  return {
    hops: (service, params, from) =>
      all(service, from).flatMap((hop) => {
        // The user is theirs to know, whatever the trunk says of numbers.
        const uri = uriOf(service, hop.uri);
        if (uri === undefined || (resting.get(placeOf(hop)) ?? 0) > now()) return [];
        return [{ ...hop, uri: `${uri}${params}`, headers: { ...hop.headers, ...toHeader(uri) } }];
      }),
    missed(hop) {
      resting.set(placeOf(hop), now() + REST_MS);
    },
  };
}

function placeOf({ uri, proxy }: Hop): string {
  const place = parseUri(proxy ?? uri);
  return `${place?.host}:${place?.port ?? ""}`;
}
