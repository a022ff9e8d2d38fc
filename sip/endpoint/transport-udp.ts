import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { createProbe } from "./probe.ts";
import type { Address, Flow, OwnAddress, Transport, TransportUser } from "./transport.ts";

/** The kernel's default of 208 KB loses bursts from about 1,000 calls a second on. */
const BUFFER_BYTES = 4 * 1024 * 1024;

/** Listens on UDP. Fails when the address is taken or not ours. */
export async function listenUdp(at: Address, own: OwnAddress, user: TransportUser): Promise<Transport> {
  const family = isIPv6(at.host) ? 6 : 4;
  const socket = createSocket({
    type: family === 6 ? "udp6" : "udp4",
    // Targets are addresses already; the default would cost a turn of the event loop for each message.
    lookup: (host, _options, done) => done(null, host, family),
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(at.port, at.host, () => {
      socket.off("error", reject);
      resolve();
    });
  });
  socket.on("error", () => {});
  socket.setRecvBufferSize(BUFFER_BYTES);
  socket.setSendBufferSize(BUFFER_BYTES);
  const bound = socket.address();
  const local = { host: own.advertised(bound.address), port: bound.port };
  const probe = createProbe();
  let closed = false;

  function flowTo(remote: Address): Flow {
    return {
      protocol: "udp",
      reliable: false,
      local,
      remote,
      open: () => !closed,
      send(text, failed) {
        if (closed) return failed?.();
        try {
          socket.send(Buffer.from(text, "latin1"), remote.port, remote.host, (error) => error && failed?.());
        } catch {
          // Some addresses it refuses on the spot.
          failed?.();
        }
      },
      probe: (refused) => probe(remote, refused),
    };
  }

  socket.on("message", (data, from) => {
    // Keep-alives are a few CRLFs or zero bytes (RFC 5626 3.5.1).
    // Port 0 is nobody's: such a source is forged and cannot be answered.
    if (data.length <= 4 || from.port === 0) return;
    const text = data.toString("latin1");
    if (user.heldUp(from.address, text) === 0) user.received(text, flowTo({ host: from.address, port: from.port }));
  });

  return {
    protocol: "udp",
    reliable: false,
    local,
    owns: ({ host, port }) => port === bound.port && own.reaches(bound.address, host),
    flowTo,
    connections: () => 0,
    close: () =>
      new Promise((resolve) => {
        closed = true;
        socket.close(() => resolve());
      }),
  };
}
