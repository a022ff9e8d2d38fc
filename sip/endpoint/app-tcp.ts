import { createServer, type Socket } from "node:net";
import type { Apps } from "./app.ts";
import type { Address } from "./transport.ts";

/** An application that does not read what it is sent is cut off beyond this. */
const BACKLOG_BYTES = 64 * 1024 * 1024;

export interface AppListener {
  local: Address;
  close(): Promise<void>;
}

/** Lets applications connect by TCP. */
export async function listenApps(at: Address, apps: Apps): Promise<AppListener> {
  /** What each connection's end means to its application. */
  const ends = new Map<Socket, () => void>();
  const server = createServer({ noDelay: true }, (socket) => {
    const write = gather(socket);
    const { received, ended } = apps.connect({ write, close: () => setImmediate(() => socket.end()) });
    ends.set(socket, ended);
    socket.on("data", (data) => received(data));
    socket.on("error", () => {});
    socket.on("close", () => {
      ends.delete(socket);
      ended();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  // Out of file descriptors, say: the next one may come in again.
  server.on("error", () => {});
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on ${at.host}:${at.port}`);
  return {
    local: { host: bound.address, port: bound.port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const [socket, ended] of ends) {
          ended();
          socket.destroy();
        }
      }),
  };
}

/** Writes once per turn of the event loop: under load many frames share one system call. */
function gather(socket: Socket): (text: string) => void {
  let pending = "";
  const flush = () => {
    const text = pending;
    pending = "";
    if (socket.destroyed) return;
    socket.write(text, "latin1");
    if (socket.writableLength > BACKLOG_BYTES) socket.destroy();
  };
  return (text) => {
    if (pending === "") setImmediate(flush);
    pending += text;
  };
}
