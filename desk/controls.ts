import type { FastifyInstance } from "fastify";
import type { Permission } from "../language/index.ts";
import type { CallView, Event, EventRecord } from "../runtime/index.ts";
import { type Floor, told } from "./floor.ts";
import { mayDo } from "./people.ts";
import type { Code, Refusal } from "./refusals.ts";
import { bodies, calledBy } from "./schemas.ts";
import { isTheirs } from "./theirs.ts";
import { meant, nobodyCalled } from "./whom.ts";

/* What who talks does with his call (row 1.13): each with his own, supervisors with all. */

/** What a body can say; each route takes its own of these. */
interface Said {
  to?: string;
  what?: "start" | "pause" | "resume" | "stop";
}

interface Control {
  does: string;
  summary: string;
  body: object;
  /** Not every agent may. */
  permission?: Permission;
  event(call: string, by: string, said: Said): Event;
  /** Why nothing has come of it; undefined where something has. */
  refused(came: Came): Failure | undefined;
}

/** What has come of it. */
interface Came {
  by: string;
  said: Said;
  records: EventRecord[];
  /** The call as it was when it was asked. */
  before: CallView;
  /** As it is now; absent where it is over. */
  call: CallView | undefined;
}

interface Failure extends Refusal {
  outcome?: string;
}

const no = (code: Code, error: string): Failure => ({ error, code });

const controls: Control[] = [
  {
    does: "release",
    summary: "Ends a conversation, or a call that was dialled",
    body: bodies.nothing,
    event: (call, by) => ({ type: "call.released", call, by }),
    refused: ({ call }) =>
      call ? no("nobody_talks", "nobody talks in it: what waits or rings is not for a desk to end") : undefined,
  },
  {
    does: "hold",
    summary: "The caller hears music, and whoever talked with him nothing",
    body: bodies.nothing,
    event: (call, by) => ({ type: "hold.asked", call, by }),
    refused({ call, by }) {
      if (!call?.held) return no("nobody_talks", "nobody talks in it whom one could hold");
      return call.dialler?.agent === by && call.party?.agent !== by
        ? no("you_are_held", "it is you who is held: who holds you takes you back")
        : undefined;
    },
  },
  {
    does: "retrieve",
    summary: "Caller and agent go on; whoever was asked meanwhile is let go",
    body: bodies.nothing,
    event: (call, by) => ({ type: "retrieve.asked", call, by }),
    refused({ call }) {
      if (call?.held === "joining" || (call?.wait.for === "talk" && !call.held)) return undefined;
      return call?.party?.holds
        ? no("phone_holds", "a key of the phone holds it, and only that takes it back")
        : no("not_held", "it is not held");
    },
  },
  {
    does: "record",
    summary: "Records the conversation from here on, leaves out what comes, goes on, or records it no more",
    body: bodies.record,
    permission: "record",
    event: (call, by, { what = "start" }) => ({
      type: "record.asked",
      call,
      by,
      what: what === "start" ? "call" : what,
    }),
    refused: ({ call, said: { what = "start" } }) =>
      (what === "start" ? call?.answered : call?.recording)
        ? undefined
        : no("nothing_to_record", `there is nothing to ${what}`),
  },
  {
    does: "consult",
    summary: "The caller is held, and `to` is called: an agent's name, extension or id, a number's name, or a phone",
    body: bodies.whom,
    event: (call, by, { to = "" }) => ({ type: "consult.asked", call, by, to }),
    refused({ records, call, before, said: { to } }) {
      if (before.consult) return no("asks_already", "somebody is asked already; `retrieve` lets him go");
      if (call?.consult) return undefined;
      const refusal = outcomeOf(records, "consult.ended");
      return refusal?.outcome === "entry"
        ? no("is_entry", `\`${to}\` is an entry: nobody is there to be asked; \`transfer\` hands the call on to it`)
        : (refusal ?? no("nobody_talks", "nobody talks in it who could ask"));
    },
  },
  {
    does: "alternate",
    summary: "Who talks with whom `consult` has reached goes to the caller, or back; who is not talked with is held",
    body: bodies.nothing,
    event: (call, by) => ({ type: "alternate.asked", call, by }),
    refused: ({ call }) =>
      call?.consult?.held === "parting" || call?.consult?.held === "joining"
        ? undefined
        : no("nobody_asked", "nobody was reached by `consult`, or somebody is being joined just now"),
  },
  {
    does: "transfer",
    summary:
      "Hands the call on to `to` at once: somebody, an entry, or a queue, group or mailbox by name; without `to`, to whom `consult` has reached",
    body: bodies.maybeWhom,
    event: (call, by, { to }) =>
      to === undefined ? { type: "complete.asked", call, by } : { type: "transfer.asked", call, by, to },
    refused({ records, call, before }) {
      const asked = before.consult?.offer;
      const hasIt = asked !== undefined && call?.party?.offer === asked;
      if (hasIt || has(records, "call.handed_on")) return undefined;
      if (before.handedOn) return no("handed_on", "it is being handed on already");
      return (
        outcomeOf(records, "transfer.failed") ??
        no("nobody_asked", "nobody talks in it, or nobody was reached by `consult`")
      );
    },
  },
];

export function addControls(server: FastifyInstance, floor: Floor): void {
  for (const control of controls) addControl(server, floor, control);
}

function addControl(server: FastifyInstance, floor: Floor, control: Control): void {
  const { does, summary, body, permission } = control;
  const options = { schema: { summary, body, params: calledBy("id") } };
  server.post<{ Params: { id: string }; Body: Said | null }>(
    `/api/calls/:id/${does}`,
    options,
    async (request, reply) => {
      const { id } = request.params;
      const { role, person } = request.who;
      const before = floor.call(id);
      if (!before || (role === "agent" && (person === undefined || !isTheirs(before, person))))
        return reply.code(404).send(no("no_call", `no call \`${id}\` of yours lives now; GET /api/calls lists them`));
      if (permission && !mayDo(floor.directory(), request.who, permission))
        return reply.code(403).send(no("not_allowed", `the directory does not let you (\`may\`): ${permission}`));
      if (before.away && does !== "release")
        return reply.code(409).send(no("beyond_reach", "the run that joined them has died: they can only be parted"));
      const { to: wanted, what } = request.body ?? {};
      const to = wanted === undefined ? undefined : meant(wanted, floor.directory());
      if (typeof to === "object") return reply.code(409).send(to);
      const [by, said] = [person ?? role, { to, what }];
      const records = told(floor, control.event(id, by, said));
      const refusal = control.refused({ by, said, records, before, call: floor.call(id) });
      const unknown = to !== undefined && refusal?.outcome === "unreachable" && nobodyCalled(to, floor.directory());
      if (unknown) return reply.code(409).send({ ...unknown, outcome: refusal.outcome });
      return refusal === undefined ? { call: id } : reply.code(409).send(refusal);
    },
  );
}

const has = (records: EventRecord[], type: EventRecord["type"]): boolean =>
  records.some((record) => record.type === type);

function outcomeOf(records: EventRecord[], type: "consult.ended" | "transfer.failed"): Failure | undefined {
  for (const record of records) {
    if (record.type === type) {
      const { outcome } = record;
      return { ...no("not_reached", `who is wanted is ${outcome}`), outcome };
    }
  }
  return undefined;
}
