/** Who we are on TLS, and whom we believe (RFC 5922). */
import { isIP } from "node:net";
import { type ConnectionOptions, rootCertificates, type TlsOptions } from "node:tls";

/** Texts in PEM. */
export interface Certificates {
  /** Ours, with those between it and its authority. */
  cert: string;
  key: string;
}

/** Whom we believe who they are, when we connect to them. */
export interface Trust {
  /** Further authorities that may vouch for peers, beside the system's; texts in PEM. */
  ca: string[];
  /** By the name they are called by: hosts that these authorities alone vouch for. */
  vouched?: ReadonlyMap<string, Authorities>;
  /** Hosts taken whatever their certificate says, by the name they are called by. */
  unverified: string[];
}

export interface Authorities {
  /** The system's are among them. */
  system: boolean;
  /** Texts in PEM. */
  ca: string[];
}

export interface Tls {
  own: Certificates;
  /** As it stands: who is connected to next. */
  trust: Trust;
}

/** Whoever does not finish it in so long is cut off. */
const HANDSHAKE_MS = 10_000;

/** For a listener: clients need no certificate. */
export function listenerTls({ own }: Tls): TlsOptions {
  return { ...own, minVersion: "TLSv1.2", handshakeTimeout: HANDSHAKE_MS };
}

/** For a connection of ours to `host`, called by `name`: its certificate must be good, and bear the name. */
export function clientTls({ own, trust }: Tls, host: string, name = host): ConnectionOptions {
  const called = name.toLowerCase();
  const { system, ca } = trust.vouched?.get(called) ?? { system: true, ca: trust.ca };
  return {
    // Some carriers know their customers by it.
    ...own,
    minVersion: "TLSv1.2",
    ca: [...(system ? rootCertificates : []), ...ca],
    rejectUnauthorized: !trust.unverified.includes(called),
    // An address is no server name (RFC 6066 3).
    ...(isIP(name) === 0 ? { servername: name } : { host: name }),
  };
}
