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
  /** Hosts taken whatever their certificate says, by the name they are called by. */
  unverified: string[];
}

export interface Tls {
  own: Certificates;
  /** As it stands: who is connected to next. */
  trust: Trust;
}

/** For a listener: clients need no certificate. */
export function listenerTls({ own }: Tls): TlsOptions {
  return { ...own, minVersion: "TLSv1.2" };
}

/** For a connection of ours to `host`, called by `name`: its certificate must be good, and bear the name. */
export function clientTls({ own, trust }: Tls, host: string, name = host): ConnectionOptions {
  return {
    // Some carriers know their customers by it.
    ...own,
    minVersion: "TLSv1.2",
    ca: [...rootCertificates, ...trust.ca],
    rejectUnauthorized: !trust.unverified.includes(name.toLowerCase()),
    // An address is no server name (RFC 6066 3).
    ...(isIP(name) === 0 ? { servername: name } : { host: name }),
  };
}
