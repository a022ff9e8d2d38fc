import { readFile } from "node:fs/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { MailboxView } from "../runtime/index.ts";
import type { Messages } from "../runtime/node/index.ts";
import type { MailboxRow, MessageRow } from "./answers.ts";
import type { Floor } from "./floor.ts";
import { ofAgent } from "./people.ts";
import { bodies, calledBy } from "./schemas.ts";

/** What is in the mailboxes that are kept here. */
export type Kept = Omit<Messages, "begin" | "recover">;

interface OfMailbox {
  Params: { mailbox: string };
}
interface OfMessage {
  Params: { mailbox: string; message: string };
}

const ofMailbox = calledBy("mailbox");
const ofMessage = calledBy("mailbox", "message");

/** Listing, hearing and removing messages: of one's own mailboxes, and those of one's groups. */
export function addMailboxes(server: FastifyInstance, floor: Floor, messages: Kept): void {
  addLists(server, floor, messages);
  addMessages(server, floor, messages);
}

function addLists(server: FastifyInstance, floor: Floor, messages: Kept): void {
  server.get<{ Querystring: { agent?: string } }>(
    "/api/mailboxes",
    {
      schema: {
        summary: "The mailboxes that are kept here; to agents, and with `agent`, their own and those of their groups",
        querystring: ofAgent,
      },
    },
    (request): Promise<MailboxRow[]> => {
      const { agent } = request.query;
      const names = Object.keys(floor.directory().mailboxes);
      const views = names.map((name) => floor.mailbox(name)).filter((view) => view !== undefined);
      const his = views.filter(
        (view) => view.ours && isTheirs(request, view) && (agent === undefined || owns(agent, view)),
      );
      return Promise.all(
        his.map(async ({ mailbox, owner }) => ({
          mailbox,
          owner: owner && `${owner.kind} ${owner.name}`,
          ...(await messages.count(mailbox)),
        })),
      );
    },
  );

  server.get<OfMailbox>(
    "/api/mailboxes/:mailbox",
    { schema: { summary: "Its messages, the oldest first", params: ofMailbox } },
    async (request, reply): Promise<MessageRow[] | FastifyReply> =>
      mayHear(floor, request, reply) ? messages.list(request.params.mailbox) : reply,
  );
}

function addMessages(server: FastifyInstance, floor: Floor, messages: Kept): void {
  server.get<OfMessage>(
    "/api/mailboxes/:mailbox/:message/sound",
    { schema: { summary: "What was said, as a WAV file", params: ofMessage } },
    async (request, reply) => {
      if (!mayHear(floor, request, reply)) return reply;
      const file = await messages.fileOf(request.params.mailbox, request.params.message);
      // Somebody else of the group may be removing it.
      const sound = file === undefined ? undefined : await readFile(file).catch(() => undefined);
      return sound ? reply.type("audio/wav").send(sound) : gone(reply, request.params);
    },
  );

  server.post<OfMessage & { Body: { heard?: boolean } | null }>(
    "/api/mailboxes/:mailbox/:message/heard",
    { schema: { summary: "Has been heard, or with `heard: false` has not", body: bodies.heard, params: ofMessage } },
    async (request, reply) => {
      if (!mayHear(floor, request, reply)) return reply;
      const { mailbox, message } = request.params;
      const heard = request.body?.heard ?? true;
      return (await messages.mark(mailbox, message, heard)) ? { heard } : gone(reply, request.params);
    },
  );

  server.delete<OfMessage>(
    "/api/mailboxes/:mailbox/:message",
    { schema: { summary: "Removes a message", params: ofMessage } },
    async (request, reply) => {
      if (!mayHear(floor, request, reply)) return reply;
      const { mailbox, message } = request.params;
      return (await messages.remove(mailbox, message)) ? reply.code(204).send() : gone(reply, request.params);
    },
  );
}

const owns = (agent: string | undefined, { agents }: MailboxView): boolean =>
  agent !== undefined && agents.includes(agent);

const isTheirs = ({ who }: FastifyRequest, view: MailboxView): boolean =>
  who.role !== "agent" || owns(who.person, view);

/** Whether he may hear it; what is refused is answered. */
function mayHear(floor: Floor, request: FastifyRequest<OfMailbox>, reply: FastifyReply): boolean {
  const { mailbox } = request.params;
  const view = floor.mailbox(mailbox);
  if (!view?.ours) {
    reply
      .code(404)
      .send({ error: `no mailbox \`${mailbox}\` is kept here; GET /api/mailboxes lists them`, code: "no_mailbox" });
    return false;
  }
  if (isTheirs(request, view)) return true;
  reply.code(403).send({ error: `mailbox \`${mailbox}\` is for its owners`, code: "not_yours" });
  return false;
}

const gone = (reply: FastifyReply, { mailbox, message }: OfMessage["Params"]): FastifyReply =>
  reply.code(404).send({
    error: `no message \`${message}\` in mailbox \`${mailbox}\`; GET /api/mailboxes/${encodeURIComponent(mailbox)} lists them`,
    code: "no_message",
  });
