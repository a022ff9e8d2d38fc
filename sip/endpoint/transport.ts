/** What the endpoint needs of a transport: UDP, streams (TCP, TLS) and WebSockets fill it (RFC 3261 18, RFC 7118). */

export interface Address {
  host: string;
  port: number;
}

export type Protocol = "udp" | "tcp" | "tls" | "ws" | "wss";

/** A way to one peer: a socket and the peer's address, or one connection. */
export interface Flow {
  protocol: Protocol;
  /** No retransmissions are needed on it. */
  reliable: boolean;
  local: Address;
  remote: Address;
  /** False once the connection is gone. */
  open(): boolean;
  /** `failed` is called when the text surely did not arrive: refused, unreachable, connection lost; `why` is a reason phrase. */
  send(text: string, failed?: (why?: string) => void): void;
  /** How Contacts written to this peer name a user of ours; as he is called unless given. */
  contactUser?(user: string): string;
  /** Finds out whether a silent peer is there at all, where sending does not tell. */
  probe?(refused: () => void): void;
}

/** A listener. */
export interface Transport {
  protocol: Protocol;
  reliable: boolean;
  /** What others are told: Via, Contact. */
  local: Address;
  /** What a peer of this host, or name, is told instead. */
  toldTo?(host: string): Address;
  /** Whether a request to `remote` would come back to this listener. */
  owns(remote: Address): boolean;
  /**
   * The existing way to `remote`, or a new one. `name` is the host it goes by, which its certificate must bear (RFC 5922 4); a connection
   * that does not stand after `connectMs` is given up.
   */
  flowTo(remote: Address, name?: string, connectMs?: number): Flow;
  connections(): number;
  close(): Promise<void>;
}

/** The addresses of this machine. */
export interface OwnAddress {
  /** What others are told of a listener bound to `host`. */
  advertised(host: string): string;
  /** Whether a listener bound to `host` also has the address `other`. */
  reaches(host: string, other: string): boolean;
}

/** What a transport tells the endpoint. `text` is one whole message as it came. */
export interface TransportUser {
  received(text: string, flow: Flow): void;
  /** Counts what has come of an address: how long nothing more is to be taken from there, in ms. A datagram is lost then, all else waits. */
  heldUp(host: string, text: string): number;
  /** Whom we have called by this name is not believed to be that one. */
  untrusted?(name: string, to: Address, why: string): void;
}

export function hostPort({ host, port }: { host: string; port: number | undefined }): string {
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return port === undefined ? bracketed : `${bracketed}:${port}`;
}

const LISTEN = /^(udp|tcp|tls|wss?):(\[[0-9a-f:.]+\]|[^\s:]+):(\d{1,5})$/i;

/** Reads `udp:127.0.0.1:5060`, the form of the listen option. Port 0 asks for any free one. */
export function parseListen(text: string): Address & { protocol: Protocol } {
  const [, protocol = "", host = "", digits] = LISTEN.exec(text) ?? [];
  const port = Number(digits);
  if (protocol === "" || port > 65535) {
    const forms = "udp:HOST:PORT, tcp:HOST:PORT, tls:HOST:PORT, ws:HOST:PORT or wss:HOST:PORT";
    throw new Error(`cannot listen on "${text}": write ${forms}, for example udp:127.0.0.1:5060`);
  }
  return {
    protocol: protocolOf(protocol),
    host: host.startsWith("[") ? host.slice(1, -1) : host,
    port,
  };
}

function protocolOf(written: string): Protocol {
  const lower = written.toLowerCase();
  return lower === "tcp" || lower === "tls" || lower === "ws" || lower === "wss" ? lower : "udp";
}
