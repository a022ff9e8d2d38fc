import { randomInt } from "node:crypto";
import { type Directory, formatPhone, isAmong, type SecretReference, type Trunk } from "../../language/index.ts";
import { bracketed, fromHeader, uriOf } from "../dialog/address.ts";
import { parseUri } from "../endpoint/uri.ts";
import { safeHeaders } from "../dialog/headers.ts";
import { type Hop, toHeader } from "../dialog/hop.ts";
import type { Logger } from "../log.ts";
import type { Headers } from "../dialog/srf.ts";
import type { SecretReader } from "./credentials.ts";
import { dialectOf } from "./dialect.ts";
import type { Proving } from "./proving.ts";

/** How calls leave by trunks. */
export interface Ways {
  /** A number or user at each next hop of a trunk that lives, in the order in which they are tried, as the trunk wants it. `from`: who calls, empty where he withholds it. */
  by(trunk: string, user: string, from: string): Hop[];
}

export function createWays(options: {
  directory: () => Directory;
  /** Where trunks without next hops have registered. */
  contacts: (user: string) => Hop[];
  isUp: (hop: string) => boolean;
  secret: SecretReader;
  proving: Proving;
  log: Logger;
}): Ways {
  const { directory, contacts, isUp, secret, proving, log } = options;
  /** By trunk: whose turn it was last. */
  const turns = new Map<string, number>();

  function inTurn({ id, to, order }: Trunk): string[] {
    const first = order === "priority" || to.length < 2 ? 0 : order === "random" ? randomInt(to.length) : turn(id, to);
    const all = [...to.slice(first), ...to.slice(0, first)];
    const live = all.filter(isUp);
    return live.length > 0 ? live : all; // OPTIONS may be wrong
  }

  function turn(id: string, to: readonly string[]): number {
    const next = ((turns.get(id) ?? -1) + 1) % to.length;
    turns.set(id, next);
    return next;
  }

  function known(trunk: string, reference: SecretReference | undefined): string | undefined {
    const found = reference && secret(reference);
    if (reference && found === undefined) log.error({ trunk, ...reference }, "a secret is not there");
    return found;
  }

  function shownOn(trunk: Trunk, uri: string): Headers {
    const { charge, token } = trunk.outbound;
    const due = known(trunk.id, token?.secret);
    const host = parseUri(uri)?.host ?? "";
    return safeHeaders({
      ...(charge !== undefined && { "P-Charge-Info": `<sip:${charge}@${bracketed(host)}>` }),
      ...(token &&
        due !== undefined && { [token.header]: /^authorization$/i.test(token.header) ? `Bearer ${due}` : due }),
    });
  }

  return {
    by(id, user, from) {
      const trunk = directory().trunks[id];
      if (!trunk) return [];
      const identity = identityOn(trunk, from);
      if (identity.refused) log.warn({ trunk: id, from }, "a number that may not be shown on this trunk is not shown");
      const called = `${trunk.outbound.prefix ?? ""}${formatPhone(user, trunk.numbers.called, trunk.country)}`;
      const credentials = proving(trunk);
      const { noRingbackMs, stopOn } = trunk;
      const { user: registered } = trunk.inbound;
      const hops = trunk.to.length > 0 ? inTurn(trunk).map((hop) => ({ uri: hop })) : contacts(registered ?? "");
      return hops.flatMap(({ uri: hop, proxy }: Pick<Hop, "uri" | "proxy">) => {
        const uri = uriOf(called, hop);
        if (uri === undefined) return [];
        const headers = { ...toHeader(uri), ...identity.headers, ...shownOn(trunk, uri) };
        return [{ uri, proxy, headers, trunk: id, noRingbackMs, stopOn, credentials, dialect: dialectOf(trunk) }];
      });
    },
  };
}

const PHONE = /^\+?[0-9*#]{1,40}$/;

/**
 * Who is shown and asserted (RFC 3325) on a trunk: the caller, or its own number where he is withheld, no phone or not allowed. `refused`: he
 * was not allowed.
 */
export function identityOn(trunk: Trunk, from: string): { headers: Headers; refused: boolean } {
  const { callerId, country, numbers, trusted } = trunk;
  const own = callerId.own ?? "";
  const unknown = from === "" || (own !== "" && !PHONE.test(from));
  const refused = !unknown && callerId.allowed !== undefined && !isAmong(from, callerId.allowed, country);
  const shown = callerId.show === "own" || unknown || refused ? own : from;
  const asserted = own !== "" ? own : trusted ? shown : "";
  const written = (number: string): string => formatPhone(number, numbers.calling, country);
  const headers: Headers = { From: fromHeader(written(shown)) };
  if (asserted !== "") headers["P-Asserted-Identity"] = `<${uriOf(written(asserted), "sip:localhost")}>`;
  if (shown === "") headers["Privacy"] = "id";
  return { headers, refused: refused && callerId.show !== "own" };
}
