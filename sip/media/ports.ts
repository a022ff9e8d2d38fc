import { type Socket, createSocket } from "node:dgram";
import { randomInt } from "node:crypto";
import { isIPv6 } from "node:net";

/** Even UDP ports of a range; the odd one above each is its RTCP's by custom (RFC 3550 11), where reports are read and none are sent. */
export interface Ports {
  /** A bound socket, or nothing where every port of the range is taken, by us or by others, or none can be bound at all. */
  take(): Promise<{ socket: Socket; port: number } | undefined>;
  /** The port of RTCP beside one that was taken; nothing where it cannot be had, which hinders no call. */
  beside(port: number): Promise<Socket | undefined>;
  /** Closes the socket; afterwards its port may be taken again. */
  free(port: number, socket: Socket): Promise<void>;
}

export function createPorts(address: string, [low, high]: [low: number, high: number]): Ports {
  const first = low + (low % 2);
  const count = Math.max(0, Math.floor((high - first) / 2) + 1);
  const taken = new Set<number>();
  /** Goes round, so that a port rests as long as possible: packets of the last call do not reach the next one. */
  let turn = count > 0 ? randomInt(count) : 0;

  return {
    async take() {
      for (let tries = 0; tries < count; tries++) {
        const port = first + 2 * (turn++ % count);
        if (taken.has(port)) continue;
        taken.add(port);
        const socket = await bind(address, port);
        if (typeof socket !== "string") return { socket, port };
        taken.delete(port);
        if (!OF_THE_PORT.has(socket)) return undefined;
      }
      return undefined;
    },
    async beside(port) {
      const socket = port + 1 > high ? "" : await bind(address, port + 1);
      return typeof socket === "string" ? undefined : socket;
    },
    free(port, socket) {
      return new Promise((done) => {
        socket.close(() => {
          taken.delete(port);
          done();
        });
      });
    },
  };
}

/** Another port may do then. Where there are no files left, none would, and to try them all holds up every leg. */
const OF_THE_PORT = new Set(["EADDRINUSE", "EACCES"]);

/** The socket, or why there is none. */
function bind(address: string, port: number): Promise<Socket | string> {
  const socket = createSocket({ type: isIPv6(address) ? "udp6" : "udp4", lookup: literal });
  return new Promise((done) => {
    let bound = false;
    // Later errors are packets that could not leave; they are lost like any other packet.
    socket.on("error", (error: NodeJS.ErrnoException) => {
      if (bound) return;
      socket.close();
      done(error.code ?? "");
    });
    socket.bind({ address, port, exclusive: true }, () => {
      bound = true;
      done(socket);
    });
  });
}

/** Addresses are always numbers here: no name is ever looked up. */
function literal(
  address: string,
  _options: unknown,
  done: (error: NodeJS.ErrnoException | null, address: string, family: number) => void,
): void {
  done(null, address, isIPv6(address) ? 6 : 4);
}
