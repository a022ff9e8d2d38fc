import { createSocket } from "node:dgram";
import { createServer } from "node:net";

/** A UDP and TCP port of loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await freeTcpPort();
    if (await udpIsFree(port)) return port;
  }
}

function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function udpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => resolve(false));
    socket.bind(port, "127.0.0.1", () => socket.close(() => resolve(true)));
  });
}
