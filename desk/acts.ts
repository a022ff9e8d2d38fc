import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Permission, routeOf } from "../language/index.ts";
import type { Event } from "../runtime/index.ts";
import { type Floor, told } from "./floor.ts";
import { mayActFor, mayDo } from "./people.ts";
import { agentRow } from "./rows.ts";
import { bodies, calledBy } from "./schemas.ts";

/* What people do: each for himself, supervisors for everybody. */

interface Of<Body = unknown> {
  Params: { id: string };
  Body: Body;
}

/** What a body can say; each route takes its own of these. */
interface Said {
  device?: string;
  reason?: string;
  state?: string;
  to?: string | null;
  open?: boolean;
  activity?: string;
}

interface Act {
  summary: string;
  body?: object;
  /** Not every agent may. */
  permission?: Permission;
  /** No agent may. */
  supervised?: true;
}

export function addActs(server: FastifyInstance, floor: Floor): void {
  /** A route of an agent that tells an event, and answers with how he is then. */
  function act(
    does: string,
    { summary, body = bodies.nothing, permission, supervised: supervisors }: Act,
    eventOf: (agent: string, said: Said) => Event | { error: string },
  ): void {
    const options = { config: { supervisors }, schema: { summary, body, params: calledBy("id") } };
    server.post<Of<Said | null>>(`/api/agents/:id/${does}`, options, async (request, reply) => {
      const agent = request.params.id;
      if (!isThere(floor, request, reply)) return reply;
      if (permission && !mayDo(floor.directory(), request.who, permission))
        return reply.code(403).send({ error: `the directory does not let you (\`may\`): ${permission}` });
      const event = eventOf(agent, request.body ?? {});
      if ("error" in event) return reply.code(404).send(event);
      floor.deliver(event);
      const view = floor.agent(agent);
      return view && agentRow(view, floor.directory().agents[agent]);
    });
  }

  act(
    "login",
    { summary: "Logs in at his own phone, or at another of the directory", body: bodies.login },
    (agent, { device }) => {
      if (device === undefined || Object.hasOwn(floor.directory().devices, device))
        return { type: "agent.seated", agent, device };
      return { error: `no device \`${device}\` in the directory; without one he logs in at his own` };
    },
  );
  act("logout", { summary: "Logs out: he is offline until he is ready again" }, (agent) => ({
    type: "agent.claimed",
    agent,
    source: "desk",
    state: "offline",
    reason: "logged out",
  }));
  act("ready", { summary: "Takes calls; also ends a not-ready after no answer" }, (agent) => ({
    type: "agent.readied",
    agent,
    source: "desk",
  }));
  act("not-ready", { summary: "Takes none, for a reason", body: bodies.reason }, (agent, { reason }) => ({
    type: "agent.claimed",
    agent,
    source: "desk",
    state: "not_ready",
    reason: reason ?? "not ready",
  }));
  act(
    "state",
    { summary: "Is in a state of the directory's own", body: bodies.state },
    (agent, { state: custom = "" }) => {
      const { states } = floor.directory();
      if (Object.hasOwn(states, custom)) return { type: "agent.claimed", agent, source: "desk", custom };
      const known = Object.keys(states).join(", ");
      return { error: `no state \`${custom}\` in the directory${known && `; there are ${known}`}` };
    },
  );
  act(
    "redirect",
    {
      summary: "Takes calls elsewhere, at this number; with `null` nowhere, without one as the directory says",
      body: bodies.redirect,
      permission: "redirect",
    },
    (agent, { to: number }) => {
      const isCallable = typeof number !== "string" || routeOf(number, floor.directory()).length > 0;
      if (isCallable) return { type: "agent.redirected", agent, number };
      return { error: `no trunk of \`outbound\` may call \`${number}\`` };
    },
  );
  act(
    "presence",
    {
      summary: "For whoever watches his phone: it is closed, open, or in use (`on-the-phone`, `meeting` …)",
      body: bodies.presence,
      supervised: true,
    },
    (agent, { open, activity: reason }) => {
      const state = reason !== undefined ? "not_ready" : open === false ? "offline" : undefined;
      return { type: "agent.claimed", agent, source: "presence", state, reason: reason ?? (state && "closed") };
    },
  );
  act("wrap-up-done", { summary: "Work after calls is over" }, (agent) => ({ type: "agent.wrapped_up", agent }));

  server.post<Of<{ to: string; data?: Record<string, string | number | boolean> }>>(
    "/api/agents/:id/dial",
    {
      schema: {
        summary: "His phone is called, then `to`: an agent's extension or id, a number's name, or a phone",
        body: bodies.dial,
        params: calledBy("id"),
      },
    },
    async (request, reply) => {
      const agent = request.params.id;
      if (!isThere(floor, request, reply)) return reply;
      const { to, data } = request.body;
      const call = floor.newCall();
      const records = told(floor, { type: "call.dialled", call, agent, to, data });
      const failed = records.find((record) => record.type === "dial.failed");
      if (!failed) return reply.code(202).send({ call });
      const whose = failed.by === "agent" ? "the agent's own phone" : `\`${to}\``;
      return reply.code(409).send({ error: `${whose} is ${failed.outcome}`, call, outcome: failed.outcome });
    },
  );
}

/** Whether there is such an agent, and whoever asks may act for him; else that is answered. */
function isThere(floor: Floor, { who, params }: FastifyRequest<Of>, reply: FastifyReply): boolean {
  const { id } = params;
  if (!mayActFor(who, id)) reply.code(403).send({ error: "what other agents do is for supervisors" });
  else if (!floor.agent(id))
    reply.code(404).send({ error: `no agent \`${id}\` in the directory; GET /api/agents lists them` });
  else return true;
  return false;
}
