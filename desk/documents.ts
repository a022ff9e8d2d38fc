import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { DOCUMENTS, type Documents } from "../runtime/node/index.ts";

interface OfDocument {
  Params: { key: string };
}

/** Of an upload: three minutes of the usual kinds of recording. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Nothing more is to be done. */
const DONE =
  '<?xml version="1.0" encoding="UTF-8"?>\n<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml"><form><block><exit/></block></form></vxml>\n';

/** What media servers fetch (RFC 4240 4) and what they say, by addresses that are as good as a token. */
export function addDocuments(server: FastifyInstance, documents: Pick<Documents, "find">): void {
  void server.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, text, done) =>
      done(null, new URLSearchParams(text.toString())),
    );
    scope.addContentTypeParser(
      "multipart/form-data",
      { parseAs: "buffer", bodyLimit: MOST_BYTES },
      (request, body, done) => done(null, fileIn(request.headers["content-type"] ?? "", Buffer.from(body))),
    );
    const path = `${DOCUMENTS}:key`;
    const config = { open: true } as const;
    const headers = { "content-type": "application/voicexml+xml; charset=utf-8", "cache-control": "no-store" };

    scope.get<OfDocument>(path, { config }, (request, reply) => {
      const document = documents.find(request.params.key);
      return document ? reply.headers(headers).send(document.text) : gone(reply);
    });

    // Who does not know an address is not listened to.
    const known = async (
      request: FastifyRequest<OfDocument>,
      reply: FastifyReply,
    ): Promise<FastifyReply | undefined> => (documents.find(request.params.key) ? undefined : gone(reply));
    const posted = { config, onRequest: known, bodyLimit: MOST_BYTES };
    scope.post<OfDocument & { Body: unknown }>(path, posted, (request, reply) => {
      const document = documents.find(request.params.key);
      if (!document) return gone(reply);
      if (Buffer.isBuffer(request.body) && document.uploaded) {
        document.uploaded(request.body);
        return reply.headers(headers).send(DONE);
      }
      if (!(request.body instanceof URLSearchParams))
        return reply.code(415).send({ error: "a form is wanted", code: "not_a_form" });
      document.submitted(request.body);
      return reply.headers(headers).send(DONE);
    });
  });
}

/** The first part of a form (RFC 7578) that is a file; undefined where there is none. */
export function fileIn(contentType: string, body: Buffer): Buffer | undefined {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = `--${quoted ?? bare ?? ""}`;
  if (boundary === "--") return undefined;
  let at = body.indexOf(boundary);
  while (at >= 0) {
    const begin = body.indexOf("\r\n\r\n", at);
    const end = begin < 0 ? -1 : body.indexOf(`\r\n${boundary}`, begin);
    if (end < 0) return undefined;
    const head = body.toString("latin1", at, Math.min(begin, at + 2000));
    if (/^content-(disposition:.*\bfilename|type:\s*audio\/)/im.test(head)) return body.subarray(begin + 4, end);
    at = end + 2;
  }
  return undefined;
}

function gone(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: "there is no such document, or it is needed no more", code: "no_document" });
}
