import type { FastifyInstance } from "fastify";
import type { AgentRow, CallRow, CardRow } from "./answers.ts";
import type { Floor } from "./floor.ts";
import { mayActFor } from "./people.ts";
import { agentGlance, agentRow, callRow, offeredRow, wrapUpOf } from "./rows.ts";
import { calledBy } from "./schemas.ts";
import type { SiteDoor } from "./site.ts";
import { isOffered, isTheirs } from "./theirs.ts";

const free = { config: { open: true } } as const;
const supervised = { config: { supervisors: true } } as const;

/** What there is now. Answers are JSON; a refusal is `{ error, code }` with what to do instead. */
export function addRoutes(server: FastifyInstance, floor: Floor, site: Pick<SiteDoor, "pathOf">): void {
  server.get("/healthz", { ...free, schema: { summary: "200 while the process lives" } }, async () => ({ ok: true }));

  server.get("/readyz", { ...free, schema: { summary: "200 while new calls are taken" } }, async (_request, reply) => {
    const ready = floor.ready();
    return reply.code(ready ? 200 : 503).send({ ready });
  });

  server.get("/metrics", { ...supervised, schema: { summary: "Figures for Prometheus" } }, async (_request, reply) =>
    reply.type(floor.metrics.contentType).send(await floor.metrics.text()),
  );

  server.get(
    "/api/calls",
    { schema: { summary: "The calls that live now; to agents, their own and those that are offered to them" } },
    ({ who }): CallRow[] => {
      const calls = floor.calls();
      const { person } = who;
      if (who.role !== "agent" || person === undefined) return calls.map((view) => callRow(view, site.pathOf));
      return calls.flatMap((view) => {
        // Who is listened to is not told.
        const theirs = { ...view, listeners: undefined };
        if (isTheirs(view, person)) return { ...callRow(theirs, site.pathOf), stack: [] };
        return isOffered(view, person) ? offeredRow(view, person) : [];
      });
    },
  );

  server.get<{ Params: { id: string } }>(
    "/api/calls/:id/why",
    { ...supervised, schema: { summary: "Why a call waits, agent by agent", params: calledBy("id") } },
    async (request, reply) => {
      const { id } = request.params;
      const why = floor.why(id);
      if (why) return why;
      if (floor.call(id))
        return reply.code(404).send({ error: `call \`${id}\` waits in no queue`, code: "in_no_queue" });
      return reply.code(404).send({ error: `no call \`${id}\` lives now; GET /api/calls lists them`, code: "no_call" });
    },
  );

  server.get(
    "/api/queues",
    { schema: { summary: "Every queue: who waits, what became of those who came today" } },
    () => floor.queues(),
  );

  server.get(
    "/api/agents",
    { schema: { summary: "Every agent; to agents, of others only who they are and their state" } },
    ({ who }): AgentRow[] => {
      const directory = floor.directory();
      const { agents } = directory;
      return floor.agents().map((view) => {
        const isHis = who.role !== "agent" || who.person === view.id;
        return isHis ? agentRow(view, directory) : agentGlance(view, agents[view.id]);
      });
    },
  );

  server.get<{ Params: { id: string } }>(
    "/api/agents/:id/wrap-up",
    {
      schema: {
        summary: "What came with the call that he writes up, as long as his work after it lasts",
        params: calledBy("id"),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!mayActFor(request.who, id))
        return reply
          .code(403)
          .send({ error: "what other agents write up is for supervisors", code: "for_supervisors" });
      const view = floor.agent(id);
      const card: CardRow | undefined = view && wrapUpOf(view)?.card;
      return card ?? reply.code(404).send({ error: `\`${id}\` writes up no call now`, code: "no_call" });
    },
  );

  server.get("/api/stats", { schema: { summary: "The figures of now: calls, people by state, queues" } }, () => {
    const states: Record<string, number> = {};
    for (const { state } of floor.agents()) states[state] = (states[state] ?? 0) + 1;
    return {
      at: new Date(floor.now()).toISOString(),
      calls: floor.calls().length,
      agents: states,
      queues: floor.queues(),
    };
  });
}
