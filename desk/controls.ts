import type { FastifyInstance } from "fastify";
import type { Permission } from "../language/index.ts";
import type { CallView, Event, EventRecord } from "../runtime/index.ts";
import { type Floor, told } from "./floor.ts";
import { mayDo } from "./people.ts";
import { bodies, calledBy } from "./schemas.ts";
import { isTheirs } from "./theirs.ts";

/* What who talks does with his call (row 1.13): each with his own, supervisors with all. */

interface Control<Body> {
  summary: string;
  body: object;
  /** Not every agent may. */
  permission?: Permission;
  event: (call: string, by: string, body: Body) => Event;
  /** Why nothing has come of it; undefined where something has. */
  refused: (records: EventRecord[], call: CallView | undefined, body: Body) => string | undefined;
}

export function addControls(server: FastifyInstance, floor: Floor): void {
  function control<Body>(does: string, { summary, body, permission, event, refused }: Control<Body>): void {
    const options = { schema: { summary, body, params: calledBy("id") } };
    server.post<{ Params: { id: string }; Body: Body | null }>(
      `/api/calls/:id/${does}`,
      options,
      async (request, reply) => {
        const { id: call } = request.params;
        const { role, person } = request.who;
        const view = floor.call(call);
        if (!view || (role === "agent" && (person === undefined || !isTheirs(view, person))))
          return reply.code(404).send({ error: `no call \`${call}\` of yours lives now; GET /api/calls lists them` });
        if (permission && !mayDo(floor.directory(), request.who, permission))
          return reply.code(403).send({ error: `the directory does not let you (\`may\`): ${permission}` });
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the schema has seen it
        const said = (request.body ?? {}) as Body;
        const records = told(floor, event(call, person ?? role, said));
        const error = refused(records, floor.call(call), said);
        return error === undefined ? { call } : reply.code(409).send({ error });
      },
    );
  }

  control("release", {
    summary: "Ends a conversation, or a call that was dialled",
    body: bodies.nothing,
    event: (call, by) => ({ type: "call.released", call, by }),
    refused: (_, call) => (call ? "nobody talks in it: what waits or rings is not for a desk to end" : undefined),
  });
  control("hold", {
    summary: "The caller hears music, and whoever talked with him nothing",
    body: bodies.nothing,
    event: (call, by) => ({ type: "hold.asked", call, by }),
    refused: (_, call) => (call?.held ? undefined : "nobody talks in it whom one could hold"),
  });
  control("retrieve", {
    summary: "Caller and agent go on; whoever was asked meanwhile is let go",
    body: bodies.nothing,
    event: (call, by) => ({ type: "retrieve.asked", call, by }),
    refused: (_, call) =>
      call?.held === "joining" || (call?.wait.for === "talk" && !call.held) ? undefined : "it is not held",
  });
  control<{ what: "start" | "pause" | "resume" | "stop" }>("record", {
    summary: "Records the conversation from here on, leaves out what comes, goes on, or records it no more",
    body: bodies.record,
    permission: "record",
    event: (call, by, { what }) => ({ type: "record.asked", call, by, what: what === "start" ? "call" : what }),
    refused: (_, call, { what }) =>
      (what === "start" ? call?.answered : call?.recording) ? undefined : `there is nothing to ${what}`,
  });
  control<{ to: string }>("consult", {
    summary: "The caller is held, and `to` is called: an agent's extension or id, a number's name, or a phone",
    body: bodies.whom,
    event: (call, by, { to }) => ({ type: "consult.asked", call, by, to }),
    refused: (records, call) =>
      call?.consult ? undefined : (outcomeOf(records, "consult.ended") ?? "nobody talks in it who could ask"),
  });
  control("alternate", {
    summary: "Who talks with whom `consult` has reached goes to the caller, or back; who is not talked with is held",
    body: bodies.nothing,
    event: (call, by) => ({ type: "alternate.asked", call, by }),
    refused: (_, call) =>
      call?.consult?.held === "parting" || call?.consult?.held === "joining"
        ? undefined
        : "nobody was reached by `consult`, or somebody is being joined just now",
  });
  control<{ to?: string }>("transfer", {
    summary:
      "Hands the call on to `to` at once: somebody, an entry, or a queue, group or mailbox by name; without `to`, to whom `consult` has reached",
    body: bodies.maybeWhom,
    event: (call, by, { to }) =>
      to === undefined ? { type: "complete.asked", call, by } : { type: "transfer.asked", call, by, to },
    refused: (records, call) =>
      call?.handedOn || has(records, "call.handed_on")
        ? undefined
        : (outcomeOf(records, "transfer.failed") ?? "nobody talks in it, or nobody was reached by `consult`"),
  });
}

const has = (records: EventRecord[], type: EventRecord["type"]): boolean =>
  records.some((record) => record.type === type);

function outcomeOf(records: EventRecord[], type: "consult.ended" | "transfer.failed"): string | undefined {
  for (const record of records) if (record.type === type) return `who is wanted is ${record.outcome}`;
  return undefined;
}
