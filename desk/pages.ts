import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { FastifyInstance } from "fastify";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wav": "audio/wav",
};

/** No script but our own and none made of text; nothing from anywhere else; in no other page's frame. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self' ws: wss:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The pages of agents and supervisors, as they were built. They hold nothing: what they show they ask the API for. */
export function addPages(server: FastifyInstance, folder: string): void {
  // Where it runs from source there are none until somebody builds them.
  if (!existsSync(join(folder, "assets"))) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const body = readFileSync(join(folder, name));
    const path = `/${name.replaceAll("\\", "/")}`;
    const isAsset = path.startsWith("/assets/");
    const headers = {
      "content-type": type,
      "content-security-policy": policy,
      "cache-control": isAsset ? "public, max-age=31536000, immutable" : "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    };
    for (const url of addressesOf(path)) {
      server.get(url, { config: { open: true } }, (_request, reply) => reply.headers(headers).send(body));
    }
  }
}

/** The one page shows what its address asks for. */
const addressesOf = (path: string): string[] => (path === "/index.html" ? ["/", "/supervisor"] : [path]);
