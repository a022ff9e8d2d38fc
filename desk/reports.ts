import { setImmediate as nextTurn } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import {
  type AgentFact,
  type AgentFigures,
  agentFigures,
  csvText,
  figureRows,
  isAgentFact,
  type EventRecord,
  type SaidSpan,
  spanIn,
  standingOf,
  zonesFor,
} from "../runtime/index.ts";
import type { ReportRow } from "./answers.ts";
import type { Floor } from "./floor.ts";
import type { Refusal } from "./refusals.ts";
import { iso } from "./rows.ts";

/** So many records are kept in all: a day of some hundred people. */
const MOST = 100_000;

/** How he stood before the first record of his that is kept, those, and from when on all of his are. */
interface Kept {
  before?: AgentFact;
  facts: AgentFact[];
  since: number;
}

/** What the figures of agents are made of, from the beginning of the run. */
export class Facts {
  readonly #floor: Pick<Floor, "agents" | "now">;
  readonly #most: number;
  readonly #begun: number;
  readonly #kept = new Map<string, Kept>();
  #count = 0;

  constructor(floor: Pick<Floor, "agents" | "now">, most = MOST) {
    this.#floor = floor;
    this.#most = most;
    this.#begun = floor.now();
    this.#meet();
  }

  see(record: EventRecord): void {
    if (record.type === "strategy.loaded") this.#meet();
    if (!isAgentFact(record) || record.agent === undefined) return;
    this.#its(record.agent).facts.push(record);
    if (++this.#count > this.#most) this.#forget();
  }

  agents(): string[] {
    return [...this.#kept.keys()];
  }

  of(agent: string): AgentFact[] {
    const { before, facts = [] } = this.#kept.get(agent) ?? {};
    return before ? [before, ...facts] : facts;
  }

  /** From when on all is known of them. */
  since(agents: readonly string[]): number {
    return agents.reduce((latest, agent) => Math.max(latest, this.#kept.get(agent)?.since ?? 0), this.#begun);
  }

  #its(agent: string): Kept {
    const its = this.#kept.get(agent) ?? { facts: [], since: this.#begun };
    this.#kept.set(agent, its);
    return its;
  }

  /** Of whom most is known, the older half goes: whoever makes many pushes out nobody else's. */
  #forget(): void {
    const [first, ...others] = this.#kept.values();
    if (!first) return;
    const most = others.reduce((longest, each) => (each.facts.length > longest.facts.length ? each : longest), first);
    const gone = most.facts.splice(0, Math.ceil(most.facts.length / 2));
    this.#count -= gone.length;
    most.before = gone.findLast(({ type }) => type === "agent.state") ?? most.before;
    most.since = gone.at(-1)?.at ?? most.since;
  }

  /** Those of whom no record has told yet. */
  #meet(): void {
    for (const view of this.#floor.agents()) {
      if (!this.#kept.has(view.id)) this.#its(view.id).before = standingOf(view);
    }
  }
}

/** `from` and `to` as the site's clocks show them. */
const spanQuery = {
  type: "object",
  properties: { from: { type: "string", maxLength: 20 }, to: { type: "string", maxLength: 20 } },
};

interface Asked {
  Querystring: SaidSpan;
}

/** So many people are counted in one turn of the event loop, which has calls to serve: about 2 ms. */
const AT_ONCE = 50;

/** What agents have done in a span of time (row 3.15); each may see his own. */
export function addReports(server: FastifyInstance, floor: Floor, facts: Facts): void {
  async function report(said: SaidSpan, of: string | undefined): Promise<ReportRow | Refusal> {
    const { site } = floor.directory();
    const zone = zonesFor([site.zone], floor.now())[site.zone];
    const span = zone ? spanIn(zone, floor.now(), said) : { error: `no zone \`${site.zone}\`` };
    if ("error" in span) return { ...span, code: "bad_span" };
    const ids = of === undefined ? facts.agents() : [of];
    const agents: ReportRow["agents"] = [];
    for (let first = 0; first < ids.length; first += AT_ONCE) {
      if (first > 0) await nextTurn();
      agents.push(...ids.slice(first, first + AT_ONCE).flatMap((id) => agentFigures(facts.of(id), span).map(named)));
    }
    return { from: iso(span.from), to: iso(span.to), since: iso(facts.since(ids)), zone: site.zone, agents };
  }

  function named(its: AgentFigures): ReportRow["agents"][number] {
    const { agents } = floor.directory();
    const { name = its.agent, kind = "agent" } = Object.hasOwn(agents, its.agent) ? (agents[its.agent] ?? {}) : {};
    return { name, kind, ...its };
  }

  for (const isFile of [false, true]) {
    const summary = `What agents have done in a span of time, today without one; to agents, their own${isFile ? ", as CSV" : ""}`;
    server.get<Asked>(
      `/api/reports/agents${isFile ? "/export" : ""}`,
      { schema: { summary, querystring: spanQuery } },
      async (request, reply) => {
        const { role, person } = request.who;
        const found = await report(request.query, role === "agent" ? person : undefined);
        if ("error" in found) return reply.code(400).send(found);
        if (!isFile) return reply.send(found);
        return reply.type("text/csv; charset=utf-8").send(csvText(figureRows(found.agents)));
      },
    );
  }
}
