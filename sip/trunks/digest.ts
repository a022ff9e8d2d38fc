import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { DigestAlgorithm } from "../../language/index.ts";

/* Digest access authentication in SIP (RFC 3261 22, RFC 8760): what both sides compute. Nothing here remembers anything. */

/** Strongest first, as we choose among those that are offered. */
const ALGORITHMS: readonly DigestAlgorithm[] = ["SHA-256", "MD5"];

/** One challenge or one set of credentials: its parameters, names in lower case, values without quotes. */
export type DigestParams = ReadonlyMap<string, string>;

const MAX_CHARACTERS = 4096;

/**
 * The `Digest` challenges or credentials in a header value; several may have been joined by commas on their way here. What is malformed
 * is left out.
 */
export function parseDigests(value: string | undefined): DigestParams[] {
  if (!value || value.length > MAX_CHARACTERS) return [];
  const found: { scheme: string; params: Map<string, string> }[] = [];
  for (const part of quotedParts(value)) {
    const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9-]*)[ \t]+(?![ \t=])(.*)$/s.exec(part) ?? [];
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), params: new Map() });
    const [, name, raw = ""] = /^([A-Za-z0-9_-]{1,32})[ \t]*=[ \t]*(.*)$/s.exec(rest ?? part) ?? [];
    const params = found.at(-1)?.params;
    const key = name?.toLowerCase();
    if (params && key !== undefined && !params.has(key)) params.set(key, unquoted(raw.trim()));
  }
  return found.filter(({ scheme }) => scheme === "digest").map(({ params }) => params);
}

/** Splits at commas outside quotes. */
function quotedParts(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at];
    if (quoted && char === "\\") at++;
    else if (char === '"') quoted = !quoted;
    else if (at >= text.length || (char === "," && !quoted)) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts.filter((part) => part !== "");
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, "$1") : text;
}

export function quoted(text: string): string {
  return `"${text.replace(/\p{Cc}/gu, "").replace(/["\\]/g, "\\$&")}"`;
}

/** Without `qop` it is computed as before RFC 2617. */
export interface Proof {
  algorithm: DigestAlgorithm;
  user: string;
  realm: string;
  password: string;
  nonce: string;
  method: string;
  uri: string;
  qop?: { nc: string; cnonce: string };
}

/** The response that whoever knows the password computes. */
export function responseOf(proof: Proof): string {
  const hash = (...parts: string[]): string =>
    createHash(proof.algorithm === "MD5" ? "md5" : "sha256")
      .update(parts.join(":"))
      .digest("hex");
  const secret = hash(proof.user, proof.realm, proof.password);
  const request = hash(proof.method, proof.uri);
  const { qop } = proof;
  return qop ? hash(secret, proof.nonce, qop.nc, qop.cnonce, "auth", request) : hash(secret, proof.nonce, request);
}

/** What a request is proven with: whose, and for what. `realm`: the only one that is answered. */
export interface Proven {
  user: string;
  password: string;
  realm?: string;
  method: string;
  uri: string;
}

/** The credentials that answer the strongest challenge we understand; `undefined`: there is none. */
export function answerChallenge(
  header: string | undefined,
  { user, password, realm: only, method, uri }: Proven,
): string | undefined {
  const challenges = parseDigests(header).filter((one) => only === undefined || one.get("realm") === only);
  for (const algorithm of ALGORITHMS) {
    const challenge = challenges.find((one) => algorithmOf(one) === algorithm && one.has("realm") && one.get("nonce"));
    if (!challenge) continue;
    const [realm = "", nonce = "", opaque] = ["realm", "nonce", "opaque"].map((name) => challenge.get(name));
    const offered = challenge
      .get("qop")
      ?.split(",")
      .map((one) => one.trim().toLowerCase());
    if (offered && !offered.includes("auth")) continue; // `auth-int` alone: bodies change on their way
    const qop = offered && { nc: "00000001", cnonce: randomBytes(12).toString("hex") };
    const response = responseOf({ algorithm, user, realm, password, nonce, method, uri, ...(qop && { qop }) });
    return [
      `Digest username=${quoted(user)}`,
      `realm=${quoted(realm)}`,
      `nonce=${quoted(nonce)}`,
      `uri=${quoted(uri)}`,
      `response="${response}"`,
      ...(challenge.has("algorithm") ? [`algorithm=${algorithm}`] : []),
      ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
      ...(qop ? ["qop=auth", `nc=${qop.nc}`, `cnonce="${qop.cnonce}"`] : []),
    ].join(", ");
  }
  return undefined;
}

/** MD5 where it does not say (RFC 8760 2.2); `undefined`: one we do not know. */
export function algorithmOf(params: DigestParams): DigestAlgorithm | undefined {
  const named = (params.get("algorithm") ?? "MD5").toUpperCase();
  return ALGORITHMS.find((one) => one === named);
}

/** Compares without telling by its duration where two texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
