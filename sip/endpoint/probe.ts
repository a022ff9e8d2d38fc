/**
 * Asks whether anyone listens on a UDP port. The listening socket never learns that a datagram was refused (ICMP port
 * unreachable), a connected one does; so a second socket sends a keep-alive, which every SIP stack ignores.
 */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { type Address, hostPort } from "./transport.ts";

/** Refusals come at once or never. */
const WAIT_MS = 1_000;
/** Sockets at a time. Beyond, a dead peer is found by its timeout. */
const PROBES = 64;

/** Calls `refused` when the port is closed. One socket serves everyone who asks about one address at a time. */
export function createProbe(): (remote: Address, refused: () => void) => void {
  const running = new Map<string, Set<() => void>>();

  return (remote, refused) => {
    const key = hostPort(remote);
    const askers = running.get(key);
    askers?.add(refused);
    if (askers || running.size >= PROBES) return;
    running.set(key, new Set([refused]));
    const socket = createSocket(isIPv6(remote.host) ? "udp6" : "udp4");
    const timeout = setTimeout(end, WAIT_MS);
    timeout.unref();

    let ended = false;

    function end(error?: Error): void {
      if (ended) return;
      ended = true;
      clearTimeout(timeout);
      socket.removeAllListeners("error").on("error", () => {});
      socket.close();
      const told = running.get(key);
      running.delete(key);
      if (error) for (const tell of told ?? []) tell();
    }

    socket.on("error", end);
    // A failure comes as the argument of the listener, which the types do not know.
    socket.connect(remote.port, remote.host, (error?: Error) => {
      if (error) end(error);
      else if (!ended) socket.send("\r\n\r\n", () => {});
    });
  };
}
