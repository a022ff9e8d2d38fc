import type { FastifyInstance, FastifyReply } from "fastify";
import { DOCUMENTS, type Documents } from "../runtime/node/index.ts";

interface OfDocument {
  Params: { key: string };
}

/** Nothing more is to be done. */
const DONE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form><block><exit/></block></form></vxml>\n';

/** What media servers fetch (RFC 4240 4) and what they say, by addresses that are as good as a token. */
export function addDocuments(server: FastifyInstance, documents: Pick<Documents, "find">): void {
  void server.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) =>
      done(null, new URLSearchParams(text.toString())),
    );
    const path = `${DOCUMENTS}:key`;
    const config = { open: true } as const;
    const headers = { "content-type": "application/voicexml+xml; charset=utf-8", "cache-control": "no-store" };

    scope.get<OfDocument>(path, { config }, (request, reply) => {
      const document = documents.find(request.params.key);
      return document ? reply.headers(headers).send(document.text) : gone(reply);
    });

    scope.post<OfDocument & { Body: unknown }>(path, { config }, (request, reply) => {
      const document = documents.find(request.params.key);
      if (!document) return gone(reply);
      if (!(request.body instanceof URLSearchParams)) return reply.code(415).send({ error: "a form is wanted" });
      document.submitted(request.body);
      return reply.headers(headers).send(DONE);
    });
  });
}

function gone(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: "there is no such document, or it is needed no more" });
}
