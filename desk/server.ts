import websocket from "@fastify/websocket";
import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import type { SecretReference } from "../language/index.ts";
import { addActs } from "./acts.ts";
import { addControls } from "./controls.ts";
import { addRoutes } from "./api.ts";
import { addDocuments } from "./documents.ts";
import { addAttending, type Attending } from "./attending.ts";
import type { Documents } from "../runtime/node/index.ts";
import type { Floor } from "./floor.ts";
import { type Admission, guard, isLoopback, protocol } from "./guard.ts";
import { addMailboxes, type Kept } from "./mailboxes.ts";
import { addMe } from "./me.ts";
import { addOpenApi } from "./openapi.ts";
import { addPages } from "./pages.ts";
import { isToken, recogniser } from "./people.ts";
import { createPresence } from "./presence.ts";
import { addPreviews, Previews } from "./previews.ts";
import { addSite, type SiteDoor } from "./site.ts";
import { addStream, createStream, type Socket, type StreamOptions } from "./stream.ts";
import { addTexts } from "./texts.ts";

export interface DeskOptions extends Admission {
  host: string;
  /** 0 takes a free one. */
  port: number;
  floor: Floor;
  site: SiteDoor;
  stream: StreamOptions;
  /** Where people can be let into conversations. */
  attending?: Attending;
  /** Of the mailboxes that are kept here. */
  messages?: Kept;
  /** What media servers fetch. */
  documents?: Pick<Documents, "find">;
  /** Reads what the directory refers to: the tokens of its people. */
  secret(reference: SecretReference): string | undefined;
  version: string;
  /** Where the pages are that were built. */
  pages?: string;
  /** How long a desk may be closed before its agent counts as gone. */
  graceMs?: number;
}

export interface Desk {
  /** `127.0.0.1:8080`, with the port really bound. */
  address: string;
  stop(): Promise<void>;
}

/** For both sides of a WebSocket to say goodbye. */
const LAST_WORDS_MS = 500;

/** Serves the API. Rejects with the system's error when the port is taken. */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { host, floor, site, token } = options;
  if (token === undefined && !isLoopback(host)) {
    throw new Error(`without a token the API is open to loopback only, not to \`${host}\``);
  }
  if (token !== undefined && !isToken(token)) throw new Error("the token is too short, or has characters of no token");
  const server = fastify({
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  const stream = createStream(options.stream);
  const previews = new Previews();
  const presence = createPresence(floor.deliver, options.graceMs);
  const recognise = recogniser({ token, directory: floor.directory, secret: options.secret });
  const unwatch = floor.watch((record) => {
    previews.see(record);
    stream.see(record);
    if (record.type === "strategy.loaded") stream.review();
  });
  takeJsonOrNothing(server);
  closeRefused(server);
  // Before the guard, so that it knows of the sockets of those who are refused.
  await server.register(websocket, {
    options: { maxPayload: 1024, handleProtocols: (offered: ReadonlySet<string>) => offered.has(protocol) && protocol },
  });
  guard(server, options, recognise);
  addOpenApi(server, options.version);
  addRoutes(server, floor, site);
  addActs(server, floor);
  addControls(server, floor);
  addPreviews(server, floor, previews);
  addTexts(server, floor, presence);
  addMe(server, floor, site.load !== undefined);
  if (options.attending) addAttending(server, floor, options.attending);
  if (options.messages) addMailboxes(server, floor, options.messages);
  if (options.documents) addDocuments(server, options.documents);
  addSite(server, site);
  addStream(server, stream, presence, recognise);
  if (options.pages !== undefined) addPages(server, options.pages);
  refuseInOneForm(server);
  await server.listen({ host, port: options.port });
  const bound = server.server.address();
  const port = typeof bound === "object" && bound ? bound.port : options.port;
  return {
    address: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    async stop() {
      unwatch();
      presence.stop();
      stream.stop();
      const patience = setTimeout(() => cutAll(server), LAST_WORDS_MS);
      await server.close();
      clearTimeout(patience);
    },
  };
}

/** WebSockets whose other side does not say goodbye. */
function cutAll(server: FastifyInstance): void {
  const { clients }: { clients: Iterable<Socket> } = server.websocketServer;
  for (const client of clients) client.terminate();
}

/** The connection of a WebSocket that is refused ends with the answer: who would use it again finds it closed. */
function closeRefused(server: FastifyInstance): void {
  server.addHook("onSend", async (request, reply) => void (request.ws && reply.header("connection", "close")));
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
