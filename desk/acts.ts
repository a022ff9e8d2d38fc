import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Directory, type Permission, routeOf } from "../language/index.ts";
import type { Event, EventRecord } from "../runtime/index.ts";
import { type Floor, told } from "./floor.ts";
import { mayActFor, mayDo } from "./people.ts";
import type { Refusal } from "./refusals.ts";
import { agentRow } from "./rows.ts";
import { bodies, calledBy } from "./schemas.ts";
import { meant, nobodyCalled } from "./whom.ts";

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
  does: string;
  summary: string;
  body?: object;
  /** Not every agent may. */
  permission?: Permission;
  /** No agent may. */
  supervised?: true;
  /** `forced`: a supervisor wants it of another, who is bound by nothing that may follow at a desk. */
  event(agent: string, said: Said, how: { directory: Directory; forced: true | undefined }): Event | Refusal;
}

const claimed = { type: "agent.claimed", source: "desk" } as const;

const acts: Act[] = [
  {
    does: "login",
    summary: "Logs in at his own phone, or at another of the directory",
    body: bodies.login,
    event(agent, { device }, { directory: { devices } }) {
      if (device === undefined || Object.hasOwn(devices, device)) return { type: "agent.seated", agent, device };
      const error = `no device \`${device}\` in the directory; without one he logs in at his own`;
      return { error, code: "no_device" };
    },
  },
  {
    does: "logout",
    summary: "Logs out: he is offline until he is ready again",
    event: (agent, _, { forced }) => ({ ...claimed, agent, state: "offline", reason: "logged out", forced }),
  },
  {
    does: "ready",
    summary: "Takes calls; also ends a not-ready after no answer",
    event: (agent, _, { forced }) => ({ type: "agent.readied", agent, source: "desk", forced }),
  },
  {
    does: "not-ready",
    summary: "Takes none, for a reason",
    body: bodies.reason,
    event: (agent, { reason = "not ready" }, { forced }) => ({ ...claimed, agent, state: "not_ready", reason, forced }),
  },
  {
    does: "state",
    summary: "Is in a state of the directory's own",
    body: bodies.state,
    event(agent, { state: custom = "" }, { directory: { states }, forced }) {
      if (Object.hasOwn(states, custom)) return { ...claimed, agent, custom, forced };
      const known = Object.keys(states).join(", ");
      return { error: `no state \`${custom}\` in the directory${known && `; there are ${known}`}`, code: "no_state" };
    },
  },
  {
    does: "redirect",
    summary: "Takes calls elsewhere, at this number; with `null` nowhere, without one as the directory says",
    body: bodies.redirect,
    permission: "redirect",
    event(agent, { to: number }, { directory }) {
      const isCallable = typeof number !== "string" || routeOf(number, directory).length > 0;
      if (isCallable) return { type: "agent.redirected", agent, number };
      return { error: `no trunk of \`outbound\` may call \`${number}\``, code: "no_route" };
    },
  },
  {
    does: "presence",
    summary: "For whoever watches his phone: it is closed, open, or in use (`on-the-phone`, `meeting` …)",
    body: bodies.presence,
    supervised: true,
    event(agent, { open, activity: reason }) {
      const state = reason !== undefined ? "not_ready" : open === false ? "offline" : undefined;
      return { type: "agent.claimed", agent, source: "presence", state, reason: reason ?? (state && "closed") };
    },
  },
  {
    does: "wrap-up-done",
    summary: "Work after calls is over",
    event: (agent) => ({ type: "agent.wrapped_up", agent }),
  },
];

export function addActs(server: FastifyInstance, floor: Floor): void {
  for (const act of acts) addAct(server, floor, act);
  addDial(server, floor);
}

/** A route of an agent that tells an event, and answers with how he is then. */
function addAct(server: FastifyInstance, floor: Floor, { does, summary, body = bodies.nothing, ...act }: Act): void {
  const options = { config: { supervisors: act.supervised }, schema: { summary, body, params: calledBy("id") } };
  server.post<Of<Said | null>>(`/api/agents/:id/${does}`, options, async (request, reply) => {
    const agent = request.params.id;
    if (!isThere(floor, request, reply)) return reply;
    const directory = floor.directory();
    const { permission } = act;
    if (permission && !mayDo(directory, request.who, permission))
      return reply
        .code(403)
        .send({ error: `the directory does not let you (\`may\`): ${permission}`, code: "not_allowed" });
    const { role, person } = request.who;
    const isForced = role !== "agent" && person !== agent;
    const event = act.event(agent, request.body ?? {}, { directory, forced: isForced || undefined });
    if ("error" in event) return reply.code(404).send(event);
    const refused = told(floor, event).find((record) => record.type === "agent.refused");
    if (refused) return reply.code(409).send(refusal(refused));
    const view = floor.agent(agent);
    return view && agentRow(view, directory);
  });
}

/** His phone is called, then whom he wants. */
function addDial(server: FastifyInstance, floor: Floor): void {
  const summary = "His phone is called, then `to`: an agent's name, extension or id, a number's name, or a phone";
  server.post<Of<{ to: string; data?: Record<string, string | number | boolean> }>>(
    "/api/agents/:id/dial",
    { schema: { summary, body: bodies.dial, params: calledBy("id") } },
    async (request, reply) => {
      const agent = request.params.id;
      if (!isThere(floor, request, reply)) return reply;
      const { to: said, data } = request.body;
      const to = meant(said, floor.directory());
      if (typeof to === "object") return reply.code(409).send(to);
      const call = floor.newCall();
      const records = told(floor, { type: "call.dialled", call, agent, to, data });
      const failed = records.find((record) => record.type === "dial.failed");
      if (!failed) return reply.code(202).send({ call });
      return reply.code(409).send({ ...whyNot(failed, to, floor.directory()), call, outcome: failed.outcome });
    },
  );
}

type DialFailed = Extract<EventRecord, { type: "dial.failed" }>;

function whyNot({ by, outcome }: DialFailed, to: string, directory: Directory): Refusal {
  if (by === "agent") return { error: `the agent's own phone is ${outcome}`, code: "own_phone" };
  return nobodyCalled(to, directory) ?? { error: `\`${to}\` is ${outcome}`, code: "not_reached" };
}

function refusal({ from, to, allowed }: Extract<EventRecord, { type: "agent.refused" }>): object {
  const instead = allowed.length > 0 ? `only ${allowed.join(", ")}` : "nothing, but by a supervisor";
  return { error: `after \`${from}\` you may not choose \`${to}\`, ${instead}`, code: "state", from, to, allowed };
}

/** Whether there is such an agent, and whoever asks may act for him; else that is answered. */
function isThere(floor: Floor, { who, params }: FastifyRequest<Of>, reply: FastifyReply): boolean {
  const { id } = params;
  if (!mayActFor(who, id))
    reply.code(403).send({ error: "what other agents do is for supervisors", code: "for_supervisors" });
  else if (!floor.agent(id))
    reply.code(404).send({
      error: `no agent \`${id}\` in the directory; GET /api/agents lists them`,
      code: "nobody_called",
      name: id,
    });
  else return true;
  return false;
}
