import { connect, createServer, type Socket } from "node:net";
import { cutStream } from "./stream.ts";
import { type Address, type Flow, hostPort, type OwnAddress, type Transport, type TransportUser } from "./transport.ts";

const CONNECT_MS = 10_000;
/** A message begun must go on within. */
const UNFINISHED_MS = 30_000;
/** A peer that does not read what we send is cut off beyond this. */
const BACKLOG_BYTES = 4 * 1024 * 1024;
const CONNECTIONS = 20_000;

/** Listens on TCP; connections are kept and used again, whoever opened them (RFC 3261 18.1.1). */
export async function listenTcp(at: Address, own: OwnAddress, user: TransportUser): Promise<Transport> {
  const flows = new Map<string, Flow>();
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    adopt(socket, { host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 });
  });
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  server.on("error", () => {});
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on tcp:${hostPort(at)}`);
  const local = { host: own.advertised(bound.address), port: bound.port };

  function adopt(socket: Socket, remote: Address): Flow {
    const key = hostPort(remote);
    /** Told when the connection ends: whatever waits for an answer on it. */
    let waiting: (() => void)[] = [];
    const flow: Flow = {
      protocol: "tcp",
      reliable: true,
      local,
      remote,
      open: () => !socket.destroyed && socket.writable,
      send(text, failed) {
        if (!flow.open()) return failed?.();
        if (socket.writableLength > BACKLOG_BYTES) {
          socket.destroy();
          return failed?.();
        }
        if (failed) waiting.push(failed);
        socket.write(text, "latin1", () => {
          if (failed) waiting = waiting.filter((each) => each !== failed);
        });
      },
    };
    flows.set(key, flow);
    sockets.add(socket);
    const take = cutStream({
      message: (text) => user.received(text, flow),
      ping: () => flow.send("\r\n"),
      lost(text) {
        if (text !== "") user.received(text, flow);
        // Without waiting for the peer, who need not care.
        socket.destroySoon();
      },
    });
    socket.setKeepAlive(true, 30_000);
    socket.on("data", (data) => void socket.setTimeout(take(data) ? UNFINISHED_MS : 0));
    socket.on("timeout", () => socket.destroy());
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      if (flows.get(key) === flow) flows.delete(key);
      for (const failed of waiting.splice(0)) failed();
    });
    return flow;
  }

  function open(remote: Address): Flow {
    const socket = connect({ host: remote.host, port: remote.port, noDelay: true });
    socket.setTimeout(CONNECT_MS);
    socket.once("connect", () => socket.setTimeout(0));
    return adopt(socket, remote);
  }

  return {
    protocol: "tcp",
    reliable: true,
    local,
    owns: ({ host, port }) => port === bound.port && own.reaches(bound.address, host),
    flowTo(remote) {
      const existing = flows.get(hostPort(remote));
      return existing?.open() ? existing : open(remote);
    },
    connections: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
