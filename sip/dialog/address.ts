import { param, parseNameAddr, parseUri, splitValues } from "../endpoint/uri.ts";
import { plainAddress } from "../site/networks.ts";
import type { SipMessage } from "./srf.ts";

/** The user part of a URI or of the address in a header value, unescaped, without password and parameters; empty where there is none. */
export function userOf(value: string | undefined): string {
  const text = value ?? "";
  const uri = parseUri(text) ?? parseUri(parseNameAddr(text)?.uri ?? "");
  const [user = ""] = (uri?.user ?? "").split(/[:;]/, 1);
  return unescaped(user);
}

/** `user` at the host, port and parameters of another URI: a number at a trunk's next hop. */
export function uriOf(user: string, hop: string): string | undefined {
  const uri = parseUri(hop);
  if (!uri || uri.scheme === "tel" || !user) return undefined;
  return `${uri.scheme}:${escaped(user)}@${bracketed(uri.host)}${uri.port ? `:${uri.port}` : ""}${uri.params}`;
}

/** A From that shows `number`. `@localhost` is filled in by the endpoint. */
export function fromHeader(number: string): string {
  if (!number) return '"Anonymous" <sip:anonymous@anonymous.invalid>';
  return `"${number.replace(/[\p{Cc}"\\]/gu, "")}" <sip:${escaped(number)}@localhost>`;
}

/** The addresses from which a party signals: where his message came from, and, behind proxies, where the first of them saw him (RFC 3261 18.2.1). */
export function signalsFrom(message: SipMessage): string[] {
  const [first = "", ...proxies] = splitValues(message.get("Via") ?? "").toReversed();
  const seen = proxies.length > 0 ? param(first.slice(first.indexOf(";")), "received") : undefined;
  return [message.source_address, seen].flatMap((address) => (address ? [plainAddress(address)] : []));
}

/** The `transport` parameter of a URI, as the endpoint names its transports. */
export function transportOf(uri: string): string | undefined {
  return param(parseUri(uri)?.params ?? "", "transport")?.toLowerCase();
}

export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** A user part as it may stand in a URI (RFC 3261 25.1): `#`, quotes and line ends are escaped or dropped. */
function escaped(user: string): string {
  const sound = user.replace(/[\p{Cc}\p{Cs}]/gu, "");
  return encodeURIComponent(sound).replace(/%(?:2B|26|3D|24|2C|2F|3F)/g, (code) => decodeURIComponent(code));
}

/** A value as it may stand in a parameter of a URI (RFC 3261 25.1, paramchar). */
export function escapedParam(value: string): string {
  return encodeURIComponent(value.replace(/\p{Cs}/gu, "")).replace(/%(?:5B|5D|2F|3A|26|2B|24)/g, (code) =>
    decodeURIComponent(code),
  );
}

/** Without what could steer a terminal or turn a number about on a page. */
function unescaped(text: string): string {
  return decoded(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray `%` is taken as written
  }
}
