import type { FastifyInstance, RouteOptions } from "fastify";
import { codes } from "./refusals.ts";

declare module "fastify" {
  interface FastifySchema {
    /** What the route does, in words. */
    summary?: string;
  }
}

/** What a schema says of each property. */
function propertiesOf(schema: unknown): [string, object][] {
  if (typeof schema !== "object" || schema === null || !("properties" in schema)) return [];
  return Object.entries(schema.properties ?? {});
}

/** The document of every route that is added after this, from the schemas by which they refuse (OpenAPI 3.1, whose schemas are JSON Schema). */
export function addOpenApi(server: FastifyInstance, version: string): void {
  const paths: Record<string, Record<string, object>> = {};
  server.addHook("onRoute", (route) => {
    const { url } = route;
    if (!url.startsWith("/api/") && !["/healthz", "/readyz", "/metrics"].includes(url)) return;
    const path = url.replaceAll(/:(\w+)/g, "{$1}");
    for (const method of [route.method].flat()) {
      if (method !== "HEAD" && method !== "OPTIONS") (paths[path] ??= {})[method.toLowerCase()] = operation(route);
    }
  });
  server.get("/api/openapi.json", { config: { open: true }, schema: { summary: "This document" } }, () => ({
    openapi: "3.1.0",
    info: {
      title: "Cordboard",
      version,
      description: "Calls, people and queues of a run. Refusals are `{ error, code }`.",
    },
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    security: [{ token: [] }],
    paths,
  }));
}

function operation({ schema = {}, config }: RouteOptions): object {
  const parameters = [
    ...propertiesOf(schema.params).map(([name, its]) => ({ name, in: "path", required: true, schema: its })),
    ...propertiesOf(schema.querystring).map(([name, its]) => ({ name, in: "query", schema: its })),
  ];
  return {
    summary: schema.summary,
    ...(config?.open && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(schema.body !== undefined && { requestBody: { content: { "application/json": { schema: schema.body } } } }),
    responses: { "2XX": { description: "done" }, "4XX": { description: "refused", content: refusal } },
  };
}

const refusal = {
  "application/json": {
    schema: {
      type: "object",
      required: ["error", "code"],
      properties: { error: { type: "string" }, code: { type: "string", enum: codes } },
    },
  },
};
