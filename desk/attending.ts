import type { FastifyInstance, FastifyReply } from "fastify";
import { routeOf } from "../language/index.ts";
import type { CallView, OfferFailure, Party } from "../runtime/index.ts";
import type { Floor } from "./floor.ts";
import { bodies, calledBy } from "./schemas.ts";
import { isTheirs } from "./theirs.ts";

/** Lets people into conversations. */
export interface Attending {
  /** Undefined: there is no such call, or nobody to listen to. */
  attend(
    call: string,
    invitation: { party: Party; from: string; speaks: boolean },
  ): Promise<"attending" | "no_answer" | OfferFailure> | undefined;
  /** False: nobody attends under this name. */
  dismissGuest(call: string, who: string): boolean;
}

interface Of<Body> {
  Params: { id: string };
  Body: Body;
}

const supervised = { supervisors: true } as const;
const params = calledBy("id");

/** Supervisors listen to conversations and speak in them; who talks asks others to join. */
export function addAttending(server: FastifyInstance, floor: Floor, { attend, dismissGuest }: Attending): void {
  for (const [does, speaks, summary] of [
    ["monitor", false, "His phone is called, and he hears both, unheard"],
    ["barge", true, "His phone is called, and he talks with both; who listens already is heard from then on"],
  ] as const) {
    server.post<Of<{ agent?: string } | null>>(
      `/api/calls/:id/${does}`,
      { config: supervised, schema: { summary, body: bodies.agent, params } },
      async (request, reply) => {
        const agent = request.body?.agent ?? request.who.person;
        if (agent === undefined) return reply.code(422).send({ error: 'who? a body names him: {"agent": "ana"}' });
        const call = callOf(request.params.id, reply);
        return call && letIn(call, agentParty(agent), speaks, reply);
      },
    );
  }

  server.post<Of<{ to: string }>>(
    "/api/calls/:id/conference",
    {
      schema: {
        summary: "Somebody else is called and talks with both: an agent's id, or a phone",
        body: bodies.to,
        params,
      },
    },
    async (request, reply) => {
      const call = callOf(request.params.id, reply);
      if (!call) return reply;
      const { role, person } = request.who;
      if (role === "agent" && !(person !== undefined && isTheirs(call, person)))
        return reply.code(403).send({ error: `call \`${call.id}\` is not yours` });
      const { to } = request.body;
      return letIn(call, agentParty(to) ?? numberParty(to), true, reply);
    },
  );

  server.post<Of<{ who: string }>>(
    "/api/calls/:id/dismiss",
    {
      config: supervised,
      schema: { summary: "Who attends under this name does so no more", body: bodies.who, params },
    },
    async (request, reply) => {
      const { who } = request.body;
      if (dismissGuest(request.params.id, who)) return reply.code(204).send();
      return reply.code(404).send({ error: `nobody called \`${who}\` attends call \`${request.params.id}\`` });
    },
  );

  function callOf(id: string, reply: FastifyReply): CallView | undefined {
    const call = floor.call(id);
    if (!call) reply.code(404).send({ error: `no call \`${id}\` lives now; GET /api/calls lists them` });
    return call;
  }

  function agentParty(agent: string): Party | undefined {
    const device = floor.agent(agent)?.device;
    return device === undefined ? undefined : { kind: "agent", agent, device };
  }

  /** By the trunks that the directory's routes name for it; whether they may call it is asked where it is called. */
  function numberParty(number: string): Party {
    const directory = floor.directory();
    const trunks = routeOf(number, directory).flatMap((name) => directory.trunkGroups[name]?.trunks ?? [name]);
    return { kind: "number", number, trunks };
  }

  async function letIn(
    call: CallView,
    party: Party | undefined,
    speaks: boolean,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    if (!party) return reply.code(404).send({ error: "no such agent; GET /api/agents lists them" });
    const outcome = await attend(call.id, { party, from: call.from, speaks });
    if (outcome === "attending") return reply.send({ outcome });
    const error = outcome === undefined ? `call \`${call.id}\` is not answered yet` : `his phone: ${outcome}`;
    return reply.code(409).send({ error, outcome });
  }
}
