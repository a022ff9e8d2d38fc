import type { FastifyInstance, FastifyRequest } from "fastify";
import type { CallView } from "../runtime/index.ts";
import type { SentRow, TextRow } from "./answers.ts";
import { type Floor, told } from "./floor.ts";
import { mayActFor } from "./people.ts";
import type { Presence } from "./presence.ts";
import { iso } from "./rows.ts";
import { bodies, calledBy } from "./schemas.ts";
import { isOffered, isTheirs } from "./theirs.ts";

interface Of<Body> {
  Params: { id: string };
  Body: Body;
}

/**
 * What two agents write one another about a call (row 3.4): an agent and the expert whom he asks. Each sees what he wrote and what was
 * written to him, not what other agents write; supervisors see all. About a call writes whom it concerns, and whoever was written to
 * about it.
 */
export function addTexts(server: FastifyInstance, floor: Floor, presence: Pick<Presence, "isOpen">): void {
  server.get<Of<unknown>>(
    "/api/agents/:id/texts",
    {
      schema: {
        summary: "What he wrote to others about the calls that live now, and they to him",
        params: calledBy("id"),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!mayActFor(request.who, id))
        return reply.code(403).send({ error: "what other agents write is theirs", code: "not_yours" });
      return floor.calls().flatMap((view) => textsOf(view, id));
    },
  );

  server.post<Of<{ call: string; to: string; text: string }>>(
    "/api/agents/:id/texts",
    { schema: { summary: "He writes to another agent about a call", body: bodies.text, params: calledBy("id") } },
    async (request, reply) => {
      const { id: by } = request.params;
      const { call, to, text } = request.body;
      if (!isHimself(request, by))
        return reply.code(403).send({ error: "nobody writes in another's name", code: "not_yours" });
      const view = floor.call(call);
      if (!view || !(request.who.role === "supervisor" || concerns(view, by)))
        return reply
          .code(404)
          .send({ error: `no call \`${call}\` of yours lives now; GET /api/calls lists them`, code: "no_call" });
      if (!floor.agent(by) || !floor.agent(to) || by === to)
        return reply.code(404).send({
          error: `no other agent \`${to}\` in the directory; GET /api/agents lists them`,
          code: "nobody_called",
          name: to,
        });
      const isOpen = presence.isOpen(to);
      const records = told(floor, { type: "text.sent", call, by, to, text, ...(!isOpen && { phone: true }) });
      if (records.some(({ type }) => type === "text.sent"))
        return { shown: isOpen ? "desk" : "phone" } satisfies SentRow;
      return reply
        .code(429)
        .header("retry-after", "1")
        .send({ error: "too many texts; write more slowly", code: "too_many" });
    },
  );
}

const isHimself = ({ who }: FastifyRequest<Of<unknown>>, agent: string): boolean =>
  who.role === "admin" || who.person === agent;

function concerns(view: CallView, agent: string): boolean {
  return (
    isTheirs(view, agent) ||
    isOffered(view, agent) ||
    view.consult?.agent === agent ||
    (view.texts ?? []).some(({ by, to }) => by === agent || to === agent)
  );
}

function textsOf({ id: call, from, texts = [] }: CallView, agent: string): TextRow[] {
  return texts.flatMap(({ at, by, to, text }) =>
    by === agent || to === agent ? { call, from, at: iso(at), by, to, text } : [],
  );
}
