import { createHmac, randomBytes } from "node:crypto";
import type { DigestAlgorithm } from "../../language/index.ts";
import { algorithmOf, type DigestParams, quoted, responseOf, sameSecret } from "./digest.ts";
import { parseUri } from "../endpoint/uri.ts";
import { senderAt } from "../site/networks.ts";

/**
 * `right`; `wrong`: answered our nonce with another password or for another request; `stale`: right, but of a nonce that is too old or was
 * used up; `foreign`: not an answer to a challenge of ours.
 */
export type Judgement = "right" | "wrong" | "stale" | "foreign";

/** The asking side of digest: challenges, and judges what answers them. */
export interface Challenges {
  /** A header value for each algorithm, for whoever asks from this address. */
  challenge(realm: string, algorithms: readonly DigestAlgorithm[], stale: boolean, address?: string): string[];
  /**
   * Whom the nonce of these credentials was given to, in a name of ours for his address: only who receives there can have it, whatever source
   * his packets name. `undefined`: it is none of ours.
   */
  givenTo(credentials: DigestParams): string | undefined;
  /** `account` undefined: nobody of that name, which takes as long as a wrong password. */
  judge(
    credentials: DigestParams,
    request: { method: string; uri: string },
    account: { realm: string; password: string; algorithms: readonly DigestAlgorithm[] } | undefined,
  ): Judgement;
}

/** Characters of a nonce that say who has it. */
const HOLDER = 8;
const LIFETIME_MS = 300_000;
/** Nonces that somebody has proven himself with, and how far he has counted. */
const MAX_USED = 10_000;

/**
 * A nonce says when it was made and for which realm, under a key of this process: those that nobody answers rightly need no memory here, so
 * asking costs an attacker more than us. `now` in ms.
 */
export function createChallenges(now: () => number = () => Date.now()): Challenges {
  const key = randomBytes(32);
  const used = new Map<string, number>();
  /** Nonces made until then that are not in `used` have been forgotten. */
  let forgottenMs = 0;

  const seal = (body: string, realm: string): string =>
    createHmac("sha256", key).update(`${body}:${realm}`).digest("base64url").slice(0, 22);

  function nonce(realm: string, address: string): string {
    const holder = createHmac("sha256", key).update(senderAt(address)).digest("base64url").slice(0, HOLDER);
    const body = `${now().toString(36)}.${holder}${randomBytes(9).toString("base64url")}`;
    return `${body}.${seal(body, realm)}`;
  }

  /** When it was made; `undefined`: not by us, or for another realm. */
  function madeMs(text: string, realm: string): number | undefined {
    // With anything more behind it one nonce would be many, each good once.
    const [time = "", rest = "", mark = "", more] = text.split(".");
    return more === undefined && sameSecret(mark, seal(`${time}.${rest}`, realm))
      ? Number.parseInt(time, 36)
      : undefined;
  }

  /** Takes the count; false where it is too old or was had before (RFC 7616 5.12). */
  function count(text: string, made: number, nc: number): boolean {
    const last = used.get(text);
    if (now() - made > LIFETIME_MS || nc <= (last ?? 0) || (last === undefined && made <= forgottenMs)) return false;
    used.delete(text); // the latest stand at the end
    used.set(text, nc);
    for (const old of used.keys()) {
      const oldMs = Number.parseInt(old, 36);
      if (used.size <= MAX_USED && now() - oldMs <= LIFETIME_MS) break;
      forgottenMs = Math.max(forgottenMs, used.size > MAX_USED ? oldMs : 0);
      used.delete(old);
    }
    return true;
  }

  return {
    challenge: (realm, algorithms, stale, address = "") =>
      algorithms.map((algorithm) =>
        [
          `Digest realm=${quoted(realm)}`,
          `nonce="${nonce(realm, address)}"`,
          `algorithm=${algorithm}`,
          'qop="auth"',
          ...(stale ? ["stale=true"] : []),
        ].join(", "),
      ),
    givenTo(credentials) {
      const text = credentials.get("nonce") ?? "";
      const isOurs = madeMs(text, credentials.get("realm") ?? "") !== undefined;
      return isOurs ? text.split(".")[1]?.slice(0, HOLDER) : undefined;
    },
    judge(credentials, request, account) {
      const said = (name: string): string => credentials.get(name) ?? "";
      const [user, realm, text, uri] = [said("username"), said("realm"), said("nonce"), said("uri")];
      const made = madeMs(text, realm);
      const algorithm = algorithmOf(credentials);
      if (made === undefined || !algorithm) return "foreign";
      const qop = credentials.has("qop") ? { nc: said("nc"), cnonce: said("cnonce") } : undefined;
      const { method } = request;
      const password = account?.password ?? "";
      const due = responseOf({ algorithm, user, realm, password, nonce: text, method, uri, ...(qop && { qop }) });
      const isRight = sameSecret(said("response").toLowerCase(), due);
      if (!account || account.realm !== realm || !account.algorithms.includes(algorithm)) return "wrong";
      if (!isRight || !isFor(uri, request.uri)) return "wrong";
      // Who does not count may use a nonce once.
      const nc = qop ? (/^[0-9a-f]{8}$/i.test(qop.nc) ? Number.parseInt(qop.nc, 16) : 0) : 1;
      return count(text, made, nc) ? "right" : "stale";
    },
  };
}

/**
 * Whether credentials for one URI serve another: a proxy may have written its port and parameters anew, and some stacks (SIPp) name the host
 * alone. Where they are used a second time the count tells.
 */
function isFor(said: string, asked: string): boolean {
  if (said === asked) return true;
  const [a, b] = [parseUri(said), parseUri(asked)];
  return a !== undefined && b !== undefined && (a.user === undefined || a.user === b.user) && a.host === b.host;
}
