/** SIP over WebSockets (RFC 7118), for browsers: they connect, we never do. */
import { isUtf8 } from "node:buffer";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { listenerTls, type Tls } from "./certificates.ts";
import { MESSAGE_LIMITS } from "./message.ts";
import { type Address, type Flow, hostPort, type OwnAddress, type Transport, type TransportUser } from "./transport.ts";
import { OPEN, type WebSocket, WebSocketServer } from "./ws.ts";

/** A client that has not answered the last ping by the next is gone: a browser that lost its network says no goodbye. */
const PING_MS = 30_000;
/** A client that does not read what we send is cut off beyond this. */
const BACKLOG_BYTES = 4 * 1024 * 1024;
const CONNECTIONS = 20_000;
const SUBPROTOCOL = "sip";

/** Listens on WSS where there is `tls`, else on WS. */
export async function listenWs(
  at: Address,
  own: OwnAddress,
  user: TransportUser,
  { tls, origins = [] }: { tls?: Tls; origins?: string[] } = {},
): Promise<Transport> {
  const protocol = tls ? "wss" : "ws";
  const flows = new Map<string, Flow>();
  const alive = new Map<WebSocket, boolean>();
  const sockets = new Set<Socket>();
  // Whoever asks for a page is told what this is.
  const explain = (_request: unknown, response: { writeHead(status: number): { end(text: string): void } }) =>
    response.writeHead(426).end("SIP over WebSocket (RFC 7118)\n");
  const server = tls ? createTlsServer(listenerTls(tls), explain) : createServer(explain);
  server.maxConnections = CONNECTIONS;
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const webSockets = new WebSocketServer({
    server,
    maxPayload: MESSAGE_LIMITS.message,
    perMessageDeflate: false,
    verifyClient: ({ req }) => speaksSip(req.headers) && isWelcome(req.headers, origins),
    handleProtocols: (offered) => [...offered].find((each) => each.toLowerCase() === SUBPROTOCOL) ?? false,
  });
  // The server's own errors come here too.
  webSockets.on("error", () => {});
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on ${protocol}:${hostPort(at)}`);
  const local = { host: own.advertised(bound.address), port: bound.port };

  webSockets.on("connection", (socket, { socket: tcp }) => {
    const remote = { host: tcp.remoteAddress ?? "", port: tcp.remotePort ?? 0 };
    const key = hostPort(remote);
    const flow = flowOn(socket, remote);
    flows.set(key, flow);
    alive.set(socket, true);
    socket.on("pong", () => alive.set(socket, true));
    socket.on("error", () => {});
    socket.on("message", (data) => {
      // Keep-alives are for streams, but some clients send them here too (RFC 5626 3.5.1).
      if (data.length <= 4) return data.length === 4 ? flow.send("\r\n") : undefined;
      user.received(data.toString("latin1"), flow);
    });
    socket.on("close", () => {
      alive.delete(socket);
      if (flows.get(key) === flow) flows.delete(key);
    });
  });

  function flowOn(socket: WebSocket, remote: Address): Flow {
    return {
      protocol,
      reliable: true,
      local,
      remote,
      open: () => socket.readyState === OPEN,
      send(text, failed) {
        if (socket.readyState !== OPEN) return failed?.();
        const data = Buffer.from(text, "latin1");
        // A browser ends a connection on whose text frame is no UTF-8.
        socket.send(data, { binary: !isUtf8(data) }, (error) => error && failed?.());
        if (socket.bufferedAmount > BACKLOG_BYTES) socket.terminate();
      },
    };
  }

  const pinging = setInterval(() => {
    for (const [socket, answered] of alive) {
      if (!answered) socket.terminate();
      else {
        alive.set(socket, false);
        socket.ping();
      }
    }
  }, PING_MS);
  pinging.unref();

  return {
    protocol,
    reliable: true,
    local,
    owns: ({ host, port }) => port === bound.port && own.reaches(bound.address, host),
    flowTo: (remote) => flows.get(hostPort(remote)) ?? gone(remote),
    connections: () => alive.size,
    close: () =>
      new Promise((resolve) => {
        clearInterval(pinging);
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };

  function gone(remote: Address): Flow {
    return { protocol, reliable: true, local, remote, open: () => false, send: (_text, failed) => failed?.() };
  }
}

function speaksSip(headers: IncomingHttpHeaders): boolean {
  return /(?:^|[\s,])sip(?:$|[\s,])/i.test(headers["sec-websocket-protocol"] ?? "");
}

/**
 * A browser says which page asks: one of the host that it connects to, or of an origin that was named. Any other page that somebody looks
 * at could otherwise call as a phone of his machine.
 */
function isWelcome({ origin, host }: IncomingHttpHeaders, origins: string[]): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  try {
    return new URL(origin).hostname === new URL(`http://${host}`).hostname;
  } catch {
    return false;
  }
}
