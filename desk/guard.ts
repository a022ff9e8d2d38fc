import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { FastifyInstance } from "fastify";

/** Who may talk to the API. */
export interface Admission {
  /** Origins of pages that may call the API, as `https://host[:port]`. Requests of other pages are refused. */
  origins?: string[];
  /** Whoever does not say it is refused. Without one the API is for this machine only. */
  token?: string;
}

/** What a WebSocket speaks; a browser can say its token only as another of these, `bearer.TOKEN`. */
export const protocol = "cordboard.v1";

/** Long enough that nobody guesses it, and of characters that fit into every header. */
export const isToken = (text: string): boolean => /^[A-Za-z0-9._~-]{20,200}$/.test(text);

/** Whoever asks only whether the process is well needs no token. */
const open = new Set(["/healthz", "/readyz"]);

/**
 * Refuses what a foreign page in a browser could send: an `Origin` that is not allowed (forged requests), and, where no token is
 * asked for, another `Host` than loopback (DNS rebinding). A page of an allowed origin can read why it is refused.
 */
export function guard(server: FastifyInstance, { origins = [], token }: Admission): void {
  server.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (token === undefined && !isLoopback(request.hostname)) {
      return reply.code(403).send({ error: `the host \`${request.hostname}\` is not this machine's loopback address` });
    }
    if (origin !== undefined && origin !== `http://${request.host}`) {
      if (!origins.includes(origin)) {
        return reply
          .code(403)
          .send({ error: `pages of \`${origin}\` may not call this API; allow them with --origin` });
      }
      reply.header("access-control-allow-origin", origin).header("vary", "origin");
    }
    if (origin !== undefined && request.method === "OPTIONS") {
      reply.header("access-control-allow-methods", "GET, POST");
      return reply.header("access-control-allow-headers", "authorization, content-type").code(204).send();
    }
    if (token === undefined || open.has(request.routeOptions.url ?? "")) return undefined;
    const said = tokenIn(request.headers);
    if (said !== undefined && isSame(said, token)) return undefined;
    const error =
      said === undefined ? "a token is needed: `Authorization: Bearer TOKEN`" : "the token is not the one of this run";
    return reply.code(401).header("www-authenticate", "Bearer").send({ error });
  });
}

function tokenIn(headers: IncomingHttpHeaders): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "");
  const offered = headers["sec-websocket-protocol"]?.split(/\s*,\s*/) ?? [];
  return bearer?.[1] ?? offered.find((one) => one.startsWith("bearer."))?.slice("bearer.".length);
}

/** Takes the same time wherever they differ. */
function isSame(said: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(said), digest(token));
}

/** Whether an address or host name can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
