import { param, parseNameAddr, parseUri, splitValues } from "../endpoint/uri.ts";
import type { Headers } from "../dialog/srf.ts";

/** One Contact of a registered user. */
export interface Binding {
  uri: string;
  /** Where the REGISTER came from, if that is not what the URI says. */
  proxy?: string;
  callId: string;
  cseq: number;
  expiresAt: number;
  registeredAt: number;
  /** Its phone says that it takes MESSAGE. */
  takesText?: boolean;
}

/** What a REGISTER asks, as far as the table needs it. */
export interface Registration {
  contact?: string;
  expires?: string;
  callId: string;
  cseq: number;
  proxy?: (contact: string) => string | undefined;
  /** The methods that the phone takes, as its `Allow` says; what a contact says itself (RFC 3840) wins. */
  allow?: string;
}

export type Update = { bindings: Binding[] } | { status: number; headers?: Headers };

export const MIN_EXPIRES_S = 60;
export const MAX_EXPIRES_S = 3600;
const MAX_BINDINGS = 10;
const MAX_URI = 512;

/** The bindings of one user after a REGISTER (RFC 3261 10.3, steps 6 to 8): all of its contacts, or none. `now` in ms. */
export function register(current: Binding[], registration: Registration, now: number): Update {
  const { contact, callId, cseq } = registration;
  const bindings = live(current, now);
  if (!contact) return { bindings };
  const stale = (binding: Binding): boolean => binding.callId === callId && binding.cseq >= cseq;
  if (contact.trim() === "*") {
    if (seconds(registration.expires) !== 0) return { status: 400 };
    return bindings.some(stale) ? { status: 500 } : { bindings: [] };
  }

  let result = bindings;
  for (const value of splitValues(contact)) {
    const address = parseNameAddr(value);
    const uri = address && parseUri(address.uri);
    if (!address || !uri || uri.scheme === "tel" || !uri.host || address.uri.length > MAX_URI) return { status: 400 };
    const known = bindings.find((binding) => binding.uri === address.uri);
    if (known && stale(known)) return { status: 500 };
    const wanted = seconds(param(address.params, "expires")) ?? seconds(registration.expires) ?? MAX_EXPIRES_S;
    if (wanted > 0 && wanted < MIN_EXPIRES_S) return { status: 423, headers: { "Min-Expires": `${MIN_EXPIRES_S}` } };
    result = result.filter((binding) => binding.uri !== address.uri);
    if (wanted === 0) continue;
    const expiresAt = now + Math.min(wanted, MAX_EXPIRES_S) * 1000;
    const proxy = registration.proxy?.(address.uri);
    const takesText = /\bMESSAGE\b/i.test(param(address.params, "methods") ?? registration.allow ?? "");
    result = [{ uri: address.uri, proxy, callId, cseq, expiresAt, registeredAt: now, takesText }, ...result];
  }
  return result.length > MAX_BINDINGS ? { status: 403 } : { bindings: result };
}

export function live(bindings: Binding[], now: number): Binding[] {
  return bindings.filter((binding) => binding.expiresAt > now);
}

/** The Contact header of the answer: every binding with the seconds it has left. */
export function contactHeader(bindings: Binding[], now: number): Headers {
  if (bindings.length === 0) return {};
  const values = bindings.map(({ uri, expiresAt }) => `<${uri}>;expires=${Math.ceil((expiresAt - now) / 1000)}`);
  return { Contact: values.join(", ") };
}

/** Malformed values count as absent (RFC 3261 20.19). */
function seconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}
