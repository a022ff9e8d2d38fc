/** How many connections from each address stand, so that one address does not take the place of all others. */
import { readFileSync } from "node:fs";
import type { Server, Socket } from "node:net";
import { senderAt } from "../site/networks.ts";

/** At one listener: of all addresses together, and of one, behind which a whole house may be. */
const [CONNECTIONS, CONNECTIONS_OF_ONE] = [20_000, 2_000];

/** How many connections a listener takes of a process that may have so many files: four listeners half of them, for calls need files too. */
export function roomIn(files: number): { all: number; ofOne: number } {
  const all = Math.min(CONNECTIONS, Math.floor(files / 8));
  return { all, ofOne: Math.min(CONNECTIONS_OF_ONE, Math.ceil(all / 2)) };
}

/** As Linux tells; elsewhere enough. */
function filesAllowed(): number {
  try {
    return Number(/^Max open files +(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}

/**
 * From here on `server` ends what is too much, before any handshake: who never finishes his has a connection all the same. Returns how to end all
 * of them.
 */
export function boundCrowd(server: Server, mostOfOne?: number): () => void {
  const standing = new Map<string, Set<Socket>>();
  const { all, ofOne } = roomIn(filesAllowed());
  const most = mostOfOne ?? ofOne;
  server.maxConnections = all;
  server.on("connection", (socket) => {
    const sender = senderAt(socket.remoteAddress ?? "");
    const others = standing.get(sender) ?? new Set();
    if (others.size >= most) {
      socket.destroy();
      return;
    }
    standing.set(sender, others.add(socket));
    socket.on("close", () => {
      others.delete(socket);
      if (others.size === 0) standing.delete(sender);
    });
  });
  return () => {
    for (const sockets of standing.values()) for (const socket of sockets) socket.destroy();
  };
}
