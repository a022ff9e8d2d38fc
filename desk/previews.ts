import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";
import { csvText, type EventRecord } from "../runtime/index.ts";
import { promptFile } from "../runtime/node/index.ts";
import type { PreviewRow } from "./answers.ts";
import type { Floor } from "./floor.ts";
import type { Who } from "./people.ts";
import { iso } from "./rows.ts";
import { calledBy } from "./schemas.ts";

/** So many are kept, for the export and for whoever answers too late. */
const MOST = 10_000;
/** So many are told of at once; all are in the export. */
const MOST_SHOWN = 100;

/** What was shown to whom, by its records. */
export class Previews {
  readonly #rows = new Map<string, PreviewRow>();
  /** Those that nothing has come of yet: few, and what every desk asks for with each look. */
  readonly #open = new Set<PreviewRow>();

  see(record: EventRecord): void {
    if (record.type === "preview.offered") {
      const { preview, call, agent, mode, at, forMs, showing, sound } = record;
      const row: PreviewRow = {
        id: preview,
        call,
        agent,
        mode,
        offeredAt: iso(at),
        until: iso(at + forMs),
        showing,
        sound,
      };
      this.#rows.set(preview, row);
      this.#open.add(row);
      for (const [id, first] of this.#rows) {
        if (this.#rows.size <= MOST) break;
        this.#rows.delete(id);
        this.#open.delete(first);
      }
    } else if (record.type === "preview.ended") {
      const row = this.#rows.get(record.preview);
      if (!row) return;
      Object.assign(row, { outcome: record.outcome, responseMs: record.responseMs });
      this.#open.delete(row);
    }
  }

  get(id: string): PreviewRow | undefined {
    return this.#rows.get(id);
  }

  open(): PreviewRow[] {
    return [...this.#open];
  }

  all(): PreviewRow[] {
    return [...this.#rows.values()];
  }
}

/** For people, and for whoever reads the code of the answer. */
const late: Record<string, string> = {
  accepted: "it has been accepted already",
  declined: "it has been declined already",
  timeout: "the time to answer is over",
  answered_elsewhere: "somebody else has taken it",
  caller_gone: "the caller has hung up",
  withdrawn: "it has been taken back",
};

export function addPreviews(server: FastifyInstance, floor: Floor, previews: Previews): void {
  const isHis = ({ agent }: PreviewRow, who: Who): boolean => who.role !== "agent" || who.person === agent;

  server.get(
    "/api/previews",
    { schema: { summary: "What is shown to you now; to supervisors, to everybody" } },
    (request) =>
      previews
        .open()
        .filter((row) => isHis(row, request.who))
        .map((row) => ({ ...row, from: floor.call(row.call)?.from })),
  );

  server.get(
    "/api/previews/latest",
    {
      config: { supervisors: true },
      schema: { summary: "The latest 100 previews of this run, the newest first, and what became of them" },
    },
    () => previews.all().slice(-MOST_SHOWN).toReversed(),
  );

  server.get(
    "/api/previews/export",
    { config: { supervisors: true }, schema: { summary: "The latest previews of this run, as CSV" } },
    (_request, reply) =>
      reply
        .type("text/csv; charset=utf-8")
        .send(csvText([columns, ...previews.all().map((row) => columns.map((name) => row[name]))])),
  );

  server.get<{ Params: { id: string } }>(
    "/api/previews/:id/sound",
    { schema: { summary: "The recording that the strategy wants to be heard with it", params: calledBy("id") } },
    async (request, reply) => {
      const row = previews.get(request.params.id);
      if (!row || !isHis(row, request.who))
        return reply
          .code(404)
          .send({ error: `no preview \`${request.params.id}\` is shown to you`, code: "not_yours" });
      const { prompts, site } = floor.directory();
      const file = row.sound && promptFile(prompts.folder, row.sound, site.languages[0] ?? "en");
      if (!file)
        return reply
          .code(404)
          .send({ error: "the strategy names no recording for it, or one that is not there", code: "no_sound" });
      return reply.type("audio/wav").send(await readFile(file));
    },
  );

  for (const [does, type] of [
    ["accept", "preview.accepted"],
    ["decline", "preview.declined"],
  ] as const) {
    server.post<{ Params: { id: string } }>(
      `/api/previews/:id/${does}`,
      { schema: { summary: `You ${does} what is shown to you`, params: calledBy("id") } },
      async (request, reply) => {
        const row = previews.get(request.params.id);
        const { who } = request;
        // Nobody answers for another, and nobody learns what is shown to others.
        if (!row || !(who.role === "admin" || who.person === row.agent)) {
          return reply
            .code(404)
            .send({ error: `no preview \`${request.params.id}\` is shown to you`, code: "not_yours" });
        }
        const before = row.outcome;
        floor.deliver({ type, call: row.call, preview: row.id, agent: row.agent });
        if (before === undefined && row.outcome !== undefined) return row;
        const outcome = row.outcome ?? "withdrawn";
        return reply.code(409).send({ error: late[outcome] ?? outcome, code: "too_late", outcome });
      },
    );
  }
}

const columns = ["id", "call", "agent", "mode", "offeredAt", "until", "outcome", "responseMs"] as const;
