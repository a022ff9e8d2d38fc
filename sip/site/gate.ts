import { isIP } from "node:net";
import { type Directory, type Inbound, samePhone, type Trunk } from "../../language/index.ts";
import { userOf } from "../dialog/address.ts";
import { parseUri } from "../endpoint/uri.ts";
import { addressesIn, isLoopback, LOOPBACK, plainAddress } from "./networks.ts";
import type { SipRequest } from "../dialog/srf.ts";
import type { Account, Keeper, Proof, Refusal, SecretReader } from "../trunks/credentials.ts";
import { parseDigests, sameSecret } from "../trunks/digest.ts";

/** Where a request comes from: a trunk of the directory, a phone that has proven itself, or this machine (both absent). */
export interface Source {
  trunk?: string;
  /** User name of a phone. */
  phone?: string;
  /** Stands before the called number and is no part of it. */
  prefix?: string;
}

export type Admission = { source: Source } | Refusal;

interface Rule {
  trunk: Trunk;
  listed: (address: string) => boolean;
  hops: { address: string; port: number }[];
}

/**
 * Who may call in. A trunk claims a request when host, address and name are as its `inbound` says; of several, the one that says more. Then all
 * else that it says must hold, passwords last; where it does not, none that says less is asked. What no trunk claims may be a phone's that has a password, or come from this machine.
 */
export function createGate(options: {
  directory: Directory;
  keeper: Keeper;
  secret: SecretReader;
}): (request: SipRequest) => Admission {
  const { directory, keeper, secret } = options;
  const { country } = directory.site;
  const rules = Object.values(directory.trunks).map((trunk) => ({
    trunk,
    listed: addressesIn(trunk.inbound.from),
    hops: hopsOf(trunk),
  }));
  const phones = phoneAccounts(directory);

  function admitPhone(request: SipRequest): Admission {
    const named = usersIn(request).find((user) => phones.has(user));
    const account = phones.get(named ?? "");
    if (account) {
      const proof = keeper.prove(request, account);
      return proof === "right" ? { source: { phone: account.user } } : keeper.refuse(request, account, proof);
    }
    return isLoopback(request.source_address) ? { source: {} } : { status: 403, headers: {} };
  }

  return (request) => {
    const claims = rules.map((rule) => claimOf(rule, request));
    const most = Math.max(0, ...claims);
    if (most === 0) return admitPhone(request);
    let asking: { account: Account; proof: Exclude<Proof, "right"> } | undefined;
    for (const [at, { trunk }] of rules.entries()) {
      if (claims[at] !== most || !shows(trunk.inbound, request, { secret, country })) continue;
      const account = accountOf(trunk);
      const proof = account ? keeper.prove(request, account) : "right";
      if (!account || proof === "right") return { source: { trunk: trunk.id, prefix: trunk.inbound.prefix } };
      // A wrong password for one may be the right one for the next; who shows none is asked by the first.
      if (asking === undefined || asking.proof === "wrong") asking = { account, proof };
    }
    return asking ? keeper.refuse(request, asking.account, asking.proof) : { status: 403, headers: {} };
  };
}

/** Whoever has to prove himself to be this trunk; `undefined`: nobody has to. */
export function accountOf({ inbound }: Trunk): Account | undefined {
  const { user, password, realm, digest: algorithms } = inbound;
  return user !== undefined && password ? { user, password, realm, algorithms } : undefined;
}

/** Phones that have a password, by user name. */
export function phoneAccounts({ devices, site }: Directory): Map<string, Account> {
  const accounts = Object.values(devices).flatMap(({ user, password, trunk, digest = ["MD5"] }): [string, Account][] =>
    password && trunk === undefined ? [[user, { user, password, realm: site.name, algorithms: digest }]] : [],
  );
  return new Map(accounts);
}

/** How much of what the trunk says points at this request; 0: it is not the trunk's. */
function claimOf({ trunk, listed, hops }: Rule, request: SipRequest): number {
  const { host, from, user, token } = trunk.inbound;
  if (host !== undefined && host.replace(/^\[|\]$/g, "") !== parseUri(request.uri)?.host) return 0;
  const byHost = host === undefined ? 0 : 8;
  const address = plainAddress(request.source_address);
  if (from.length > 0) return listed(address) ? byHost + 4 : 0;
  const known = hops.filter((hop) => hop.address === address);
  if (known.some((hop) => hop.port === request.source_port)) return byHost + 3;
  if (known.length > 0 && !isLoopback(address)) return byHost + 2;
  // Who shows a secret may come from anywhere.
  const calledFor = user !== undefined && [...usersIn(request), userOf(request.uri)].includes(user);
  if (calledFor || (token !== undefined && request.has(token.header))) return byHost + 1;
  return user !== undefined || token ? byHost : 0;
}

/** Who a request says to be from. */
function usersIn(request: SipRequest): string[] {
  const shown = parseDigests(request.get("Authorization")).map((one) => one.get("username") ?? "");
  return [...shown, userOf(request.get("From"))];
}

/** Whether a request shows what needs no asking: the prefix of the called number, the token, the charged number. */
function shows(
  { prefix, token, charge }: Inbound,
  request: SipRequest,
  { secret, country }: { secret: SecretReader; country: string },
): boolean {
  if (prefix !== undefined && !userOf(request.uri).startsWith(prefix)) return false;
  if (charge !== undefined && !samePhone(userOf(request.get("P-Charge-Info")), charge, country)) return false;
  if (token === undefined) return true;
  const due = secret(token.secret);
  const shown = request.get(token.header) ?? "";
  return due !== undefined && sameSecret(shown, /^authorization$/i.test(token.header) ? `Bearer ${due}` : due);
}

function hopsOf(trunk: Trunk): { address: string; port: number }[] {
  return trunk.to.flatMap((hop) => {
    const uri = parseUri(hop);
    if (!uri || !isIP(uri.host)) return [];
    const secure = uri.scheme === "sips" || /transport=tls/i.test(uri.params);
    return [{ address: uri.host, port: uri.port ?? (secure ? 5061 : 5060) }];
  });
}

/** Whose requests are heard at all: those of trunks, of this machine, and of whom the site says so. `undefined`: everybody's. */
export function heardNetworks({ site, trunks }: Directory): string[] | undefined {
  if (site.heardFrom === undefined) return undefined;
  const ours = Object.values(trunks).flatMap((trunk) => [
    ...trunk.inbound.from,
    ...hopsOf(trunk).map(({ address }) => address),
  ]);
  return [...new Set([...LOOPBACK, ...site.heardFrom, ...ours])];
}
