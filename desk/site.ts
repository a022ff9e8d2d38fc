import type { FastifyInstance } from "fastify";
import type { Finding, LoadedRow, SiteRow, SiteText } from "./answers.ts";

/** What became of texts that somebody wanted to run. */
export interface Loading {
  /** Why they do not. */
  refused?: string;
  findings: Finding[];
}

/** The texts that run now, and the way by which others take their place. */
export interface SiteDoor {
  /** `program`: the hash by which calls and records name it. */
  read(): { program: string; files: SiteText[] };
  /** A path as calls have it, as it is listed here. */
  pathOf(path: string): string;
  /**
   * Strategies only, in the place of those of `program`: when others run by the time it is their turn, nothing is done. Absent where
   * nobody may.
   */
  load?(strategies: SiteText[], program: string): Promise<Loading | "changed meanwhile">;
}

/** Larger sites are changed where their files are. */
const LARGEST = 4 * 1024 * 1024;

export function addSite(server: FastifyInstance, site: SiteDoor): void {
  const supervised = { config: { supervisors: true } } as const;
  server.get(
    "/api/site",
    { ...supervised, schema: { summary: "The texts that run; secrets never stand in them" } },
    async (): Promise<SiteRow> => ({ ...site.read(), mayLoad: site.load !== undefined }),
  );

  server.post<{ Body: { program: string; files: SiteText[] } }>(
    "/api/site",
    {
      ...supervised,
      schema: { summary: "Other strategies in the place of those that run", body: siteBody },
      bodyLimit: LARGEST,
    },
    async (request, reply) => {
      const { program, files } = request.body;
      const before = site.read();
      if (!site.load)
        return reply
          .code(403)
          .send({ error: "nothing may be loaded here; allow it with --allow-load", code: "loading_closed" });
      if (program !== before.program) return reply.code(409).send(changedMeanwhile);
      const foreign = files.find(({ path, text }) => !isStrategy(path) && text !== textOf(before.files, path));
      if (foreign) {
        const error = `\`${foreign.path}\` is no strategy: the directory is changed where its file is, since it names secrets`;
        return reply.code(422).send({ error, code: "not_a_strategy", findings: [] });
      }
      const strategies = files.filter(({ path }) => isStrategy(path));
      const loading = await site.load(strategies, program);
      if (loading === "changed meanwhile") return reply.code(409).send(changedMeanwhile);
      const { refused, findings } = loading;
      if (refused !== undefined) return reply.code(422).send({ error: refused, code: "has_findings", findings });
      return { program: site.read().program, findings } satisfies LoadedRow;
    },
  );
}

const changedMeanwhile = {
  error: "other texts run by now than those that were changed; read them again",
  code: "changed_meanwhile",
};

const siteBody = {
  type: "object",
  required: ["program", "files"],
  additionalProperties: false,
  properties: {
    program: { type: "string", maxLength: 100 },
    files: {
      type: "array",
      minItems: 1,
      maxItems: 500,
      items: {
        type: "object",
        required: ["path", "text"],
        additionalProperties: false,
        properties: {
          path: { type: "string", minLength: 1, maxLength: 500, pattern: "^[^\\u0000-\\u001f]*$" },
          text: { type: "string" },
        },
      },
    },
  },
};

const isStrategy = (path: string): boolean => path.endsWith(".strategy");

const textOf = (files: readonly SiteText[], path: string): string | undefined =>
  files.find((file) => file.path === path)?.text;
