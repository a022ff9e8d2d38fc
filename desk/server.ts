import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { addRoutes, type Floor } from "./api.ts";

export interface DeskOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  floor: Floor;
  /** Origins of pages that may call the API, as `https://host[:port]`. Requests of other pages are refused. */
  origins?: string[];
}

export interface Desk {
  /** `127.0.0.1:8080`, with the port really bound. */
  address: string;
  stop(): Promise<void>;
}

/**
 * Serves the API. People have no tokens yet, so it binds to loopback only, and refuses what a foreign page in a browser of this
 * machine could send: another `Host` (DNS rebinding) or an `Origin` that is not allowed (forged requests).
 * Rejects with the system's error when the port is taken.
 */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  if (!isLoopback(options.host)) {
    throw new Error(
      `the API is open to loopback only, not to \`${options.host}\`; use 127.0.0.1 and a proxy that knows its users`,
    );
  }
  const server = fastify({
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  takeJsonOrNothing(server);
  guard(server, new Set(options.origins ?? []));
  addRoutes(server, options.floor);
  refuseInOneForm(server);
  await server.listen({ host: options.host, port: options.port });
  const bound = server.server.address();
  const port = typeof bound === "object" && bound ? bound.port : options.port;
  return { address: `${options.host}:${port}`, stop: () => server.close() };
}

/** JSON or nothing: `curl -X POST` sends neither body nor type, and clients that always send the type send an empty body. */
function takeJsonOrNothing(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("application/json", { parseAs: "string" }, (_request, text, done) => {
    if (text === "") return done(null, null);
    try {
      done(null, JSON.parse(text.toString()));
    } catch {
      done(Object.assign(new Error("the body is not JSON"), { statusCode: 400 }));
    }
  });
}

/** Every refusal is `{ error }`, the framework's own too. */
function refuseInOneForm(server: FastifyInstance): void {
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({ error: `there is no ${request.method} ${request.url.slice(0, 100)}` }),
  );
  server.setErrorHandler((error: FastifyError, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ error: error.statusCode ? error.message : "a defect of ours" }),
  );
}

function guard(server: FastifyInstance, origins: Set<string>): void {
  server.addHook("onRequest", async (request, reply) => {
    if (!isLoopback(request.hostname)) {
      return reply.code(403).send({ error: `the host \`${request.hostname}\` is not this machine's loopback address` });
    }
    const origin = request.headers.origin;
    if (origin === undefined) return undefined;
    const own = origin === `http://${request.host}`;
    if (!own && !origins.has(origin)) {
      return reply.code(403).send({ error: `pages of \`${origin}\` may not call this API; allow them with --origin` });
    }
    if (origins.has(origin)) reply.header("access-control-allow-origin", origin).header("vary", "origin");
    if (request.method !== "OPTIONS") return undefined;
    reply.header("access-control-allow-methods", "GET, POST").header("access-control-allow-headers", "content-type");
    return reply.code(204).send();
  });
}

/** Whether an address or host name can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
