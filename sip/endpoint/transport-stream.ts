/** TCP, and TLS on it: connections are kept and used again, whoever opened them (RFC 3261 18.1.1). */
import { connect, createServer, type Socket } from "node:net";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { clientTls, listenerTls, type Tls } from "./certificates.ts";
import { boundCrowd } from "./crowd.ts";
import { createIntake } from "./intake.ts";
import { cutStream } from "./stream.ts";
import { type Address, type Flow, hostPort, type OwnAddress, type Transport, type TransportUser } from "./transport.ts";

/** Until a connection of ours, with its TLS, stands. */
const CONNECT_MS = 10_000;
/** A message begun must be complete within. */
const UNFINISHED_MS = 30_000;
/** A peer that does not read what we send is cut off beyond this. */
const BACKLOG_BYTES = 4 * 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/** Listens on TLS where there is `tls`, else on TCP. */
export async function listenStream(
  at: Address,
  own: OwnAddress,
  user: TransportUser,
  { tls, unfinishedMs = UNFINISHED_MS, mostOfOne }: { tls?: Tls; unfinishedMs?: number; mostOfOne?: number } = {},
): Promise<Transport> {
  const protocol = tls ? "tls" : "tcp";
  const flows = new Map<string, Flow>();
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    const remote = { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 };
    // On TLS nobody is called over what comes from his address: he has proven nothing (RFC 5923 8.1). Phones that register are, by `reach.ts`.
    adopt(socket, remote, tls ? undefined : hostPort(remote));
  };
  const server = tls
    ? createTlsServer({ ...listenerTls(tls), noDelay: true }, accept)
    : createServer({ noDelay: true }, accept);
  const endCrowd = boundCrowd(server, mostOfOne);
  // Whoever does not finish the handshake is cut off.
  server.on("tlsClientError", (_error, socket: TLSSocket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  server.on("error", () => {});
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on ${protocol}:${hostPort(at)}`);
  const local = { host: own.advertised(bound.address), port: bound.port };

  /** `key`: by which it is used again; `unproven`: who the peer is has yet to be seen. */
  function adopt(socket: Socket, remote: Address, key: string | undefined, unproven = false): Flow {
    /** Told when the connection ends: whatever waits for an answer on it. */
    let waiting: ((why?: string) => void)[] = [];
    let why: string | undefined;
    const flow: Flow = {
      protocol,
      reliable: true,
      local,
      remote,
      open: () => !socket.destroyed && socket.writable,
      send(text, failed) {
        if (!flow.open()) return failed?.(why);
        if (socket.writableLength > BACKLOG_BYTES) {
          socket.destroy();
          return failed?.();
        }
        if (failed) waiting.push(failed);
        const write = () => {
          // What was not written is told when the connection closes.
          socket.write(text, "latin1", (error) => {
            if (failed && !error) waiting = waiting.filter((each) => each !== failed);
          });
          intake.wrote();
        };
        if (early) early.push(write);
        else write();
      },
    };
    // Node would send it as soon as the handshake is done, before it looks at the certificate.
    let early: (() => void)[] | undefined = unproven ? [] : undefined;
    socket.once("secureConnect", () => {
      const writes = early ?? [];
      early = undefined;
      for (const write of writes) write();
    });
    if (key !== undefined) flows.set(key, flow);
    sockets.add(socket);
    /** Whether to go on. */
    const counted = (text: string): boolean => {
      intake.pause(user.heldUp(remote.host, text));
      return !intake.isHeld;
    };
    const take = cutStream({
      message(text) {
        user.received(text, flow);
        return counted(text);
      },
      ping() {
        flow.send("\r\n");
        return counted("");
      },
      lost(text) {
        if (text !== "") user.received(text, flow);
        // Without waiting for the peer, who need not care.
        socket.destroySoon();
      },
    });
    /** Not by silence: a peer that sends a byte now and then would never be silent. */
    let unfinished: NodeJS.Timeout | undefined;
    const feed = (data: Buffer): void => {
      if (take(data) && !intake.isHeld) unfinished ??= setTimeout(() => socket.destroy(), unfinishedMs);
      else {
        clearTimeout(unfinished);
        unfinished = undefined;
      }
    };
    const intake = createIntake(socket, {
      pause: () => socket.pause(),
      resume() {
        socket.resume();
        feed(NOTHING);
      },
    });
    socket.on("data", feed);
    socket.setKeepAlive(true, 30_000);
    socket.on("timeout", () => socket.destroy());
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // A bad certificate should not look like a peer that is not there.
      if (tls && error.code !== "ECONNREFUSED" && error.code !== "ECONNRESET") why = "TLS Error";
    });
    socket.on("close", () => {
      clearTimeout(unfinished);
      sockets.delete(socket);
      if (key !== undefined && flows.get(key) === flow) flows.delete(key);
      for (const failed of waiting.splice(0)) failed(why);
    });
    return flow;
  }

  function open(remote: Address, name: string | undefined, key: string, connectMs: number): Flow {
    const to = { host: remote.host, port: remote.port, noDelay: true };
    const socket = tls ? connectTls({ ...to, ...clientTls(tls, remote.host, name) }) : connect(to);
    socket.setTimeout(connectMs);
    socket.once(tls ? "secureConnect" : "connect", () => socket.setTimeout(0));
    if (tls) {
      // What the network says of itself is no word about the peer.
      const doubt = (error: NodeJS.ErrnoException) =>
        error.syscall === undefined && user.untrusted?.(name ?? remote.host, remote, error.message);
      socket.on("error", doubt);
      socket.once("secureConnect", () => socket.off("error", doubt));
    }
    return adopt(socket, remote, key, tls !== undefined);
  }

  return {
    protocol,
    reliable: true,
    local,
    owns: ({ host, port }) => port === bound.port && own.reaches(bound.address, host),
    flowTo(remote, name, connectMs = CONNECT_MS) {
      // A certificate vouches for one name only.
      const key = tls ? `${name ?? remote.host} ${hostPort(remote)}` : hostPort(remote);
      const existing = flows.get(key);
      return existing?.open() ? existing : open(remote, name, key, connectMs);
    },
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        endCrowd();
        for (const socket of sockets) socket.destroy();
      }),
  };
}
