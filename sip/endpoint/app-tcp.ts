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
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const write = gather(socket);
    const { received, ended } = apps.connect({ write, close: () => setImmediate(() => socket.end()) });
    socket.on("data", (data) => received(data));
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      ended();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on ${at.host}:${at.port}`);
  return {
    local: { host: bound.address, port: bound.port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
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
