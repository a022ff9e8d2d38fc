import websocket from "@fastify/websocket";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
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
import type { Code } from "./refusals.ts";
import { addReports, Facts } from "./reports.ts";
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
  /** Told of each defect of ours, of which whoever asked learns only that it is one (500). */
  failed(error: Error): void;
  version: string;
  /** Where the pages are that were built. */
  pages?: string;
  /** How long a desk may be closed before its agent counts as gone. */
  graceMs?: number;
}

export interface Desk {
  /** `127.0.0.1:8080`, with the port really bound. */
  address: string;
  /** The secrets that the directory refers to may have changed: whoever's token is taken back is let go. */
  lookUp(): void;
  stop(): Promise<void>;
}

/** For both sides of a WebSocket to say goodbye. */
const LAST_WORDS_MS = 500;
/** Who has not said all of his request by then is cut off. */
const REQUEST_MS = 30_000;
/** Each takes a file of the process, which calls need too. */
const CONNECTIONS = 10_000;

/** Serves the API. Rejects with the system's error when the port is taken. */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const { host, floor, site, token } = options;
  if (token === undefined && !isLoopback(host)) {
    throw new Error(`without a token the API is open to loopback only, not to \`${host}\``);
  }
  if (token !== undefined && !isToken(token)) throw new Error("the token is too short, or has characters of no token");
  const server = fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: REQUEST_MS,
    routerOptions: { maxParamLength: 300 },
    forceCloseConnections: true,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
    // An address that cannot be decoded comes to no route, and to no handler of errors.
    frameworkErrors: ({ message, statusCode = 400 }, _request, reply) => void refuse(reply, statusCode, message),
  });
  server.server.maxConnections = CONNECTIONS;
  const stream = createStream(options.stream);
  const previews = new Previews();
  const facts = new Facts(floor);
  const presence = createPresence(
    floor.deliver,
    options.graceMs,
    floor.agents().flatMap(({ id, claims }) => (claims["browser"] ? [id] : [])),
  );
  const { recognise, lookUp } = recogniser({ token, directory: floor.directory, secret: options.secret });
  const unwatch = floor.watch((record) => {
    previews.see(record);
    facts.see(record);
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
  addReports(server, floor, facts);
  addTexts(server, floor, presence);
  addMe(server, floor, site.load !== undefined);
  if (options.attending) addAttending(server, floor, options.attending);
  if (options.messages) addMailboxes(server, floor, options.messages);
  if (options.documents) addDocuments(server, options.documents);
  addSite(server, site);
  addStream(server, stream, presence, recognise);
  if (options.pages !== undefined) addPages(server, options.pages);
  refuseInOneForm(server, options.failed);
  await server.listen({ host, port: options.port });
  const bound = server.server.address();
  const port = typeof bound === "object" && bound ? bound.port : options.port;
  return {
    address: `${host.includes(":") ? `[${host}]` : host}:${port}`,
    lookUp() {
      lookUp();
      stream.review();
    },
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

/** What the framework refuses by itself, by status; all else of it is malformed. */
const ownCodes: Record<number, Code> = { 413: "too_large", 414: "too_large", 415: "not_json" };

const refuse = (reply: FastifyReply, status: number, error: string): FastifyReply =>
  reply.code(status).send({ error, code: ownCodes[status] ?? "malformed" });

/** Every refusal is `{ error, code }`, the framework's own too. */
function refuseInOneForm(server: FastifyInstance, failed: DeskOptions["failed"]): void {
  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send({ error: `there is no ${request.method} ${request.url.slice(0, 100)}`, code: "no_such_route" }),
  );
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode: status, message } = error;
    if (status !== undefined) return refuse(reply, status, message);
    failed(error);
    return reply.code(500).send({ error: "a defect of ours", code: "defect" });
  });
}
