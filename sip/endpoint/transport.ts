/** What the endpoint needs of a transport. UDP and TCP fill it; TLS and WebSocket can (RFC 3261 18, RFC 7118). */

export interface Address {
  host: string;
  port: number;
}

export type Protocol = "udp" | "tcp";

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
  /** Finds out whether a silent peer is there at all, where sending does not tell. */
  probe?(refused: () => void): void;
}

/** A listener. */
export interface Transport {
  protocol: Protocol;
  reliable: boolean;
  /** What others are told: Via, Contact. */
  local: Address;
  /** Whether a request to `remote` would come back to this listener. */
  owns(remote: Address): boolean;
  /** The existing way to `remote`, or a new one. */
  flowTo(remote: Address): Flow;
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
}

export function hostPort({ host, port }: { host: string; port: number | undefined }): string {
  const bracketed = host.includes(":") ? `[${host}]` : host;
  return port === undefined ? bracketed : `${bracketed}:${port}`;
}

/** Reads `udp:127.0.0.1:5060`, the form of the listen option. Port 0 asks for any free one. */
export function parseListen(text: string): Address & { protocol: Protocol } {
  const match = /^(udp|tcp):(\[[0-9a-f:.]+\]|[^\s:]+):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[3]);
  if (!match || port > 65535) {
    throw new Error(`cannot listen on "${text}": write udp:HOST:PORT or tcp:HOST:PORT, for example udp:127.0.0.1:5060`);
  }
  return {
    protocol: match[1]!.toLowerCase() === "udp" ? "udp" : "tcp",
    host: match[2]!.startsWith("[") ? match[2]!.slice(1, -1) : match[2]!,
    port,
  };
}
