/** SIP over WebSockets (RFC 7118), for browsers: they connect, we never do. */
import { isUtf8 } from "node:buffer";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { listenerTls, type Tls } from "./certificates.ts";
import { isLoopback } from "../site/networks.ts";
import { boundCrowd } from "./crowd.ts";
import { createIntake, type Intake } from "./intake.ts";
import { MESSAGE_LIMITS } from "./message.ts";
import { type Address, type Flow, hostPort, type OwnAddress, type Transport, type TransportUser } from "./transport.ts";
import { OPEN, type WebSocket, WebSocketServer } from "../ws.ts";

/** A client that has not answered the last ping by the next is gone: a browser that lost its network says no goodbye. */
const PING_MS = 30_000;
/** A client that does not read what we send is cut off beyond this. */
const BACKLOG_BYTES = 4 * 1024 * 1024;
const SUBPROTOCOL = "sip";

/** Listens on WSS where there is `tls`, else on WS. */
export async function listenWs(
  at: Address,
  own: OwnAddress,
  user: TransportUser,
  { tls, origins = [], mostOfOne }: { tls?: Tls; origins?: string[]; mostOfOne?: number } = {},
): Promise<Transport> {
  const protocol = tls ? "wss" : "ws";
  const flows = new Map<string, Flow>();
  const alive = new Map<WebSocket, boolean>();
  // Whoever asks for a page is told what this is.
  const explain = (_request: unknown, response: { writeHead(status: number): { end(text: string): void } }) =>
    response.writeHead(426).end("SIP over WebSocket (RFC 7118)\n");
  const server = tls
    ? createTlsServer({ ...listenerTls(tls), noDelay: true }, explain)
    : createServer({ noDelay: true }, explain);
  const endCrowd = boundCrowd(server, mostOfOne);
  const webSockets = new WebSocketServer({
    server,
    maxPayload: MESSAGE_LIMITS.message,
    perMessageDeflate: false,
    verifyClient: ({ req }) =>
      speaksSip(req.headers) && isWelcome(req.headers, origins, isLoopback(req.socket.remoteAddress ?? "")),
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
    const intake = createIntake(tcp, socket);
    const flow = flowOn(socket, remote, intake);
    flows.set(key, flow);
    alive.set(socket, true);
    socket.on("pong", () => alive.set(socket, true));
    socket.on("error", () => {});
    socket.on("message", (data) => {
      // What had been read by then: of many connections it would be more than is let through in a second.
      if (intake.isHeld) return;
      const text = data.toString("latin1");
      // Keep-alives are for streams, but some clients send them here too (RFC 5626 3.5.1).
      if (text.length > 4) user.received(text, flow);
      else if (text.length === 4) flow.send("\r\n");
      intake.pause(user.heldUp(remote.host, text));
    });
    socket.on("close", () => {
      alive.delete(socket);
      if (flows.get(key) === flow) flows.delete(key);
    });
  });

  function flowOn(socket: WebSocket, remote: Address, intake: Intake): Flow {
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
        else intake.wrote();
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
        endCrowd();
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
 * at could otherwise call as a phone of his machine; so could one whose name has been led to this machine (DNS rebinding), which is why a
 * browser that is `here`, where no password is asked for, has to call it by a name that can mean nothing else.
 */
function isWelcome({ origin, host }: IncomingHttpHeaders, origins: string[], here: boolean): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  try {
    const { hostname } = new URL(origin);
    return hostname === new URL(`http://${host}`).hostname && (!here || isLoopback(hostname.replace(/^\[|\]$/g, "")));
  } catch {
    return false;
  }
}
