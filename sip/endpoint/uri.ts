/** SIP URIs, name-addrs and parameter lists (RFC 3261 19.1, 20, 25.1): the part of them an endpoint acts on. */

export interface Uri {
  scheme: "sip" | "sips" | "tel";
  user: string | undefined;
  /** Lower case, IPv6 without brackets. */
  host: string;
  port: number | undefined;
  /** `;name=value…` behind the host, empty when there are none. */
  params: string;
}

export interface NameAddr {
  /** What stands before the URI, with its quotes. */
  display: string;
  uri: string;
  /** `;name=value…` of the header, not of the URI. */
  params: string;
}

const URI =
  /^(sips?):(?:([^@\s<>"]+)@)?(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?)(?::(\d{1,5}))?((?:;[^?\s<>]*)?)(?:\?[^\s<>]*)?$/i;

/** Undefined when `text` is no SIP, SIPS or tel URI. */
export function parseUri(text: string): Uri | undefined {
  const match = URI.exec(text);
  if (!match) return parseTel(text);
  const [, scheme, user, host, portText, params] = match;
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && (port === 0 || port > 65535)) return undefined;
  return {
    scheme: scheme!.toLowerCase() === "sip" ? "sip" : "sips",
    user,
    host: host!.startsWith("[") ? host!.slice(1, -1).toLowerCase() : host!.toLowerCase(),
    port,
    params: params!,
  };
}

function parseTel(text: string): Uri | undefined {
  const match = /^tel:([+0-9A-Da-d().*#-]+)((?:;[^?\s<>]*)?)$/i.exec(text);
  return match ? { scheme: "tel", user: match[1], host: "", port: undefined, params: match[2]! } : undefined;
}

/**
 * Splits `"Bob" <sip:bob@host;lr>;tag=x` and `sip:bob@host;tag=x`; undefined when quotes or brackets do not balance, or
 * a URI that needs brackets has none (RFC 3261 20.10).
 */
export function parseNameAddr(value: string): NameAddr | undefined {
  let start = 0;
  if (value.startsWith('"')) {
    start = endOfQuoted(value, 0);
    if (start < 0) return undefined;
  }
  const open = value.indexOf("<", start);
  if (open < 0) {
    if (start > 0) return undefined;
    const semicolon = value.indexOf(";");
    const uri = (semicolon < 0 ? value : value.slice(0, semicolon)).trim();
    return uri === "" || /[\s>,"?]/.test(uri)
      ? undefined
      : { display: "", uri, params: semicolon < 0 ? "" : value.slice(semicolon) };
  }
  const close = value.indexOf(">", open);
  if (close < 0) return undefined;
  const display = value.slice(0, open).trim();
  if (start === 0 && /[,";:<>@]/.test(display)) return undefined;
  const params = value.slice(close + 1).trim();
  if (params !== "" && !params.startsWith(";")) return undefined;
  const uri = value.slice(open + 1, close);
  return uri === "" || /\s/.test(uri) ? undefined : { display, uri, params };
}

/** The value of a parameter, empty when it has none, undefined when it is absent. Quoted values keep their quotes. */
export function param(params: string, name: string): string | undefined {
  let at = 0;
  while (at < params.length) {
    const end = endOfPart(params, at + 1, ";");
    const part = params.slice(at + 1, end);
    const equals = part.indexOf("=");
    const nameEnd = equals < 0 ? part.length : equals;
    if (part.slice(0, nameEnd).trim().toLowerCase() === name) return part.slice(nameEnd + 1).trim();
    at = end;
  }
  return undefined;
}

/** The list without one parameter. */
export function withoutParam(params: string, name: string): string {
  return splitParts(params, ";")
    .filter((part) => part !== "" && part.split("=")[0]!.trim().toLowerCase() !== name)
    .map((part) => `;${part}`)
    .join("");
}

/** Splits a header value at its commas, leaving those in quotes and angle brackets alone (RFC 3261 7.3.1). */
export function splitValues(value: string): string[] {
  return value.includes(",") ? splitParts(value, ",") : [value.trim()];
}

/** The tag of a From or To value. */
export function tagOf(value: string): string | undefined {
  const params = parseNameAddr(value)?.params;
  return params ? param(params, "tag") || undefined : undefined;
}

function splitParts(text: string, separator: string): string[] {
  const parts: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const end = endOfPart(text, at, separator);
    parts.push(text.slice(at, end).trim());
    at = end + 1;
  }
  return parts;
}

function endOfPart(text: string, from: number, separator: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '"') {
      const end = endOfQuoted(text, at);
      if (end < 0) return text.length;
      at = end - 1;
    } else if (char === "<") depth++;
    else if (char === ">") depth--;
    else if (char === separator && depth <= 0) return at;
  }
  return text.length;
}

function endOfQuoted(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return -1;
}
