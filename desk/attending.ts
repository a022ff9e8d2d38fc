import type { FastifyInstance, FastifyReply } from "fastify";
import { type Directory, routeOf, trunksIn } from "../language/index.ts";
import type { CallView, OfferFailure, Party } from "../runtime/index.ts";
import type { Floor } from "./floor.ts";
import { bodies, calledBy } from "./schemas.ts";
import { isTheirs } from "./theirs.ts";
import { meant, nobodyCalled } from "./whom.ts";

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
export function addAttending(server: FastifyInstance, floor: Floor, attending: Attending): void {
  addListening(server, floor, attending);
  addConference(server, floor, attending);
  addDismissal(server, attending);
}

function addListening(server: FastifyInstance, floor: Floor, attending: Attending): void {
  for (const [does, speaks, summary] of [
    ["monitor", false, "His phone is called, and he hears both, unheard"],
    ["barge", true, "His phone is called, and he talks with both; who listens already is heard from then on"],
  ] as const) {
    server.post<Of<{ agent?: string } | null>>(
      `/api/calls/:id/${does}`,
      { config: supervised, schema: { summary, body: bodies.agent, params } },
      async (request, reply) => {
        const said = request.body?.agent ?? request.who.person;
        if (said === undefined)
          return reply.code(400).send({ error: 'who? a body names him: {"agent": "ana"}', code: "who_listens" });
        const call = callOf(floor, request.params.id, reply);
        return call && letIn(attending, call, { said, party: agentParty(floor, said), speaks }, reply);
      },
    );
  }
}

function addConference(server: FastifyInstance, floor: Floor, attending: Attending): void {
  const summary = "Somebody else is called and talks with both: an agent's name, extension or id, or a phone";
  server.post<Of<{ to: string }>>(
    "/api/calls/:id/conference",
    { schema: { summary, body: bodies.to, params } },
    async (request, reply) => {
      const call = callOf(floor, request.params.id, reply);
      if (!call) return reply;
      const { role, person } = request.who;
      if (role === "agent" && !(person !== undefined && isTheirs(call, person)))
        return reply.code(403).send({ error: `call \`${call.id}\` is not yours`, code: "not_yours" });
      const directory = floor.directory();
      const said = meant(request.body.to, directory);
      if (typeof said === "object") return reply.code(409).send(said);
      const party = agentParty(floor, agentAt(said, directory)) ?? numberParty(said, directory);
      const unknown = party.kind === "number" && party.trunks.length === 0 && nobodyCalled(said, directory);
      if (unknown) return reply.code(409).send(unknown);
      // Who is listened to is not told, and nobody is heard because an agent asked for him: he is on the phone.
      if (role === "agent" && call.listeners?.includes(party.kind === "agent" ? party.agent : party.number))
        return answer("busy", call, reply);
      return letIn(attending, call, { said, party, speaks: true }, reply);
    },
  );
}

function addDismissal(server: FastifyInstance, { dismissGuest }: Attending): void {
  const summary = "Who attends under this name does so no more";
  server.post<Of<{ who: string }>>(
    "/api/calls/:id/dismiss",
    { config: supervised, schema: { summary, body: bodies.who, params } },
    async (request, reply) => {
      const { who } = request.body;
      const { id } = request.params;
      if (dismissGuest(id, who)) return reply.code(204).send();
      const error = `nobody called \`${who}\` attends call \`${id}\``;
      return reply.code(404).send({ error, code: "nobody_attends" });
    },
  );
}

/** What is not there is answered. */
function callOf(floor: Floor, id: string, reply: FastifyReply): CallView | undefined {
  const call = floor.call(id);
  if (!call) reply.code(404).send({ error: `no call \`${id}\` lives now; GET /api/calls lists them`, code: "no_call" });
  return call;
}

const agentAt = (said: string, { agents }: Directory): string =>
  Object.values(agents).find(({ extension }) => extension === said)?.id ?? said;

function agentParty(floor: Floor, agent: string): Party | undefined {
  const device = floor.agent(agent)?.device;
  return device === undefined ? undefined : { kind: "agent", agent, device };
}

/** By the trunks that the directory's routes name for it; whether they may call it is asked where it is called. */
function numberParty(number: string, directory: Directory): Party {
  const trunks = routeOf(number, directory).flatMap((name) => trunksIn(name, directory));
  return { kind: "number", number, trunks };
}

async function letIn(
  { attend }: Attending,
  call: CallView,
  { said, party, speaks }: { said: string; party: Party | undefined; speaks: boolean },
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (!party)
    return reply
      .code(404)
      .send({ error: "no such agent; GET /api/agents lists them", code: "nobody_called", name: said });
  return answer(await attend(call.id, { party, from: call.from, speaks }), call, reply);
}

function answer(outcome: Awaited<ReturnType<Attending["attend"]>>, call: CallView, reply: FastifyReply): FastifyReply {
  if (outcome === "attending") return reply.send({ outcome });
  const error = outcome === undefined ? `call \`${call.id}\` is not answered yet` : `his phone: ${outcome}`;
  return reply.code(409).send({ error, code: outcome === undefined ? "nobody_talks" : "not_reached", outcome });
}
