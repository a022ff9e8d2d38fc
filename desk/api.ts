import type { FastifyInstance } from "fastify";
import type { AgentView, CallView, Event, QueueView, Watcher, Why } from "../runtime/index.ts";
import { type AgentRow, agentRow, callRow } from "./rows.ts";
import type { SiteDoor } from "./site.ts";

/** What the desk may see and do. It never holds an engine: it reads snapshots and tells what people did. */
export interface Floor {
  calls(): CallView[];
  agents(): AgentView[];
  agent(id: string): AgentView | undefined;
  queues(): QueueView[];
  /** Why a call waits; undefined where it waits in no queue. */
  why(call: string): Why | undefined;
  /** Shows every record from now on; returns how to stop that. */
  watch(watcher: Watcher): () => void;
  deliver(event: Event): void;
  /** Whether new calls are taken: false while starting and while draining. */
  ready(): boolean;
  /** Figures in Prometheus' text format. */
  metrics: { text(): Promise<string>; readonly contentType: string };
}

/** The routes of the HTTP API. Answers are JSON; a refusal is `{ error }` with what to do instead. */
export function addRoutes(server: FastifyInstance, floor: Floor, site: Pick<SiteDoor, "pathOf">): void {
  server.get("/healthz", async () => ({ ok: true }));

  server.get("/readyz", async (_request, reply) => {
    const ready = floor.ready();
    return reply.code(ready ? 200 : 503).send({ ready });
  });

  server.get("/metrics", async (_request, reply) =>
    reply.type(floor.metrics.contentType).send(await floor.metrics.text()),
  );

  server.get("/api/calls", async () => floor.calls().map((view) => callRow(view, site.pathOf)));

  server.get<{ Params: { id: string } }>("/api/calls/:id/why", async (request, reply) => {
    const { id } = request.params;
    const why = floor.why(id);
    if (why) return why;
    const isThere = floor.calls().some((call) => call.id === id);
    const error = isThere
      ? `call \`${id}\` waits in no queue`
      : `no call \`${id}\` lives now; GET /api/calls lists them`;
    return reply.code(404).send({ error });
  });

  server.get("/api/queues", async () => floor.queues());

  server.get("/api/agents", async () => floor.agents().map(agentRow));

  server.post<{ Params: { id: string } }>("/api/agents/:id/ready", async (request, reply) => {
    const agent = request.params.id;
    if (!floor.agent(agent)) return reply.code(404).send(unknownAgent(agent));
    floor.deliver({ type: "agent.readied", agent, source: "desk" });
    return rowOf(floor, agent);
  });

  server.post<{ Params: { id: string }; Body: { device?: string } | undefined }>(
    "/api/agents/:id/login",
    { schema: { body: deviceBody } },
    async (request, reply) => {
      const agent = request.params.id;
      const device = request.body?.device;
      if (!floor.agent(agent)) return reply.code(404).send(unknownAgent(agent));
      floor.deliver({ type: "agent.seated", agent, device });
      if (device === undefined || floor.agent(agent)?.device === device) return rowOf(floor, agent);
      return reply
        .code(404)
        .send({ error: `no device \`${device}\` in the directory; without one he logs in at his own` });
    },
  );

  server.post<{ Params: { id: string }; Body: { reason?: string } | undefined }>(
    "/api/agents/:id/not-ready",
    { schema: { body: reasonBody } },
    async (request, reply) => {
      const agent = request.params.id;
      if (!floor.agent(agent)) return reply.code(404).send(unknownAgent(agent));
      const reason = request.body?.reason ?? "not ready";
      floor.deliver({ type: "agent.claimed", agent, source: "desk", state: "not_ready", reason });
      return rowOf(floor, agent);
    },
  );
}

/** No body at all is fine: he logs in at his own phone. */
const deviceBody = {
  type: ["object", "null"],
  properties: { device: { type: "string", minLength: 1, maxLength: 100 } },
  additionalProperties: false,
};

/** No body at all is fine: the reason is then `not ready`. */
const reasonBody = {
  type: ["object", "null"],
  properties: { reason: { type: "string", minLength: 1, maxLength: 100, pattern: "^[^\\u0000-\\u001f]*$" } },
  additionalProperties: false,
};

function rowOf(floor: Floor, agent: string): AgentRow | undefined {
  const view = floor.agent(agent);
  return view && agentRow(view);
}

function unknownAgent(agent: string): { error: string } {
  return { error: `no agent \`${agent}\` in the directory; GET /api/agents lists them` };
}
