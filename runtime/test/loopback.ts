import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  method?: string;
  url?: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A host on loopback that keeps what it is asked. */
export interface LoopbackHost {
  url: string;
  asked: Asked[];
  close(): Promise<void>;
}

export async function startHost(
  reply: (response: ServerResponse, asked: Asked, request: IncomingMessage) => void,
): Promise<LoopbackHost> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const one = { method: request.method, url: request.url, headers: request.headers, body };
      asked.push(one);
      reply(response, one, request);
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server on a port has such an address
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const LONGEST_MS = 30_000;

/** Waits for something that must come; a busy machine is given half a minute. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > LONGEST_MS) throw new Error("it did not come within 30 s");
    await new Promise((next) => setTimeout(next, 5));
  }
}
