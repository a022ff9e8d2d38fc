import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Allowance, guesses, Spending, usual } from "./allowance.ts";
import { type Recognise, tokenIn, type Who } from "./people.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks, once the guard has let him in. */
    who: Who;
  }
  interface FastifyContextConfig {
    /** For whoever asks only whether the process is well, and for pages, which hold nothing: no token is needed. */
    open?: true;
    /** Agents are refused: it shows, or changes, more than what is their own. */
    supervisors?: true;
  }
}

/** Who may talk to the API. */
export interface Admission {
  /** Origins of pages that may call the API, as `https://host[:port]`. Requests of other pages are refused. */
  origins?: string[];
  /** Whoever does not say it, nor one of the directory's people, is refused. Without one the API is for this machine only. */
  token?: string;
  /** How much each person, or each address that says no name, may ask for. */
  allowance?: Allowance;
}

/** What a WebSocket speaks; a browser can say its token only as another of these, `bearer.TOKEN`. */
export const protocol = "cordboard.v1";

/** Kept by nobody, taken for nothing else than it is, and neither played nor shown by a foreign page, which could tell how long it is. */
const forWhoAsked = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
} as const;

/**
 * Refuses what a foreign page in a browser could send: an `Origin` that is not allowed (forged requests), and, where no token is
 * asked for, another `Host` than loopback (DNS rebinding). A page of an allowed origin can read why it is refused.
 */
export function guard(
  server: FastifyInstance,
  { origins = [], token, allowance = usual }: Admission,
  recognise: Recognise,
): void {
  const asked = new Spending(allowance);
  const guessed = new Spending(guesses);
  server.decorateRequest("who");
  server.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (token === undefined && !isLoopback(request.hostname)) {
      return reply.code(403).send({
        error: `the host \`${request.hostname}\` is not this machine's loopback address`,
        code: "foreign_host",
      });
    }
    if (origin !== undefined && origin !== `http://${request.host}`) {
      if (!origins.includes(origin)) {
        return reply.code(403).send({
          error: `pages of \`${origin}\` may not call this API; allow them with --origin`,
          code: "foreign_origin",
        });
      }
      reply.header("access-control-allow-origin", origin).header("vary", "origin");
    }
    if (origin !== undefined && request.method === "OPTIONS") {
      reply.header("access-control-allow-methods", "GET, POST, DELETE");
      return reply.header("access-control-allow-headers", "authorization, content-type").code(204).send();
    }
    const { open, supervisors } = request.routeOptions.config;
    if (open) return undefined;
    reply.headers(forWhoAsked);
    const slower = (): unknown =>
      reply
        .code(429)
        .header("retry-after", "1")
        .send({ error: "too many requests; ask more slowly", code: "too_many" });
    const who = recognise(tokenIn(request.headers));
    // Behind a proxy everybody has its address: whoever is known, or says no token yet, pays for no one's guesses.
    if (who === "stranger" && !guessed.take(request.ip)) return slower();
    if (typeof who === "string") {
      const refusal =
        who === "nobody"
          ? { error: "a token is needed: `Authorization: Bearer TOKEN`", code: "no_token" }
          : { error: "the token is nobody's of this run", code: "unknown_token" };
      return reply.code(401).header("www-authenticate", "Bearer").send(refusal);
    }
    if (!asked.take(who.person ?? `${who.role} ${request.ip}`)) return slower();
    request.who = who;
    if (!supervisors || who.role !== "agent") return undefined;
    return reply.code(403).send({ error: "this is for supervisors", code: "for_supervisors" });
  });
}

/** Whether this token still lets its owner in as what he was. */
export function isStill(recognise: Recognise, { headers, who }: FastifyRequest): boolean {
  const now = recognise(tokenIn(headers));
  return typeof now === "object" && now.role === who.role && now.person === who.person;
}

/** Whether an address or host name can only mean this machine. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
