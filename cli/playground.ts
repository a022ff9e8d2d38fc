import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, reason, UsageError } from "./exit.ts";
import { say } from "./output.ts";

export interface PlaygroundOptions {
  /** 0 takes a free one. */
  port: number;
  open: boolean;
}

/** Serves the built playground to browsers of this machine until SIGINT or SIGTERM. */
export async function playground({ port, open }: PlaygroundOptions): Promise<number> {
  const server = pageServer(builtPage());
  await listening(server, port);
  const bound = server.address();
  const url = `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : port}/`;
  say(`playground at ${url}; Ctrl-C ends it`);
  if (open) showInBrowser(url);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  server.closeAllConnections();
  server.close();
  return exit.ok;
}

interface Served {
  type: string;
  body: Buffer;
}

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
};

/** All of the page by the path of its address: what is not in here does not exist, whatever the address says. */
function filesOf(folder: string): Map<string, Served> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => types[extname(name)]);
  const files = names.map((name): [string, Served] => [
    `/${name.replaceAll("\\", "/")}`,
    { type: types[extname(name)] ?? "", body: readFileSync(join(folder, name)) },
  ]);
  return new Map(files);
}

/** Beside the built commands, or what was built last where they run from source. */
function builtPage(): string {
  const places = ["../dist/playground/", "../playground/"].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const built = places.find((place) => existsSync(join(place, "assets")));
  if (built === undefined) throw new UsageError("the playground is not built yet; run npm run build");
  return built;
}

/** Serves the page that was built to a folder. */
export function pageServer(folder: string): Server {
  const files = filesOf(folder);
  return createServer(({ method, url = "/" }, response) => {
    const path = url.replace(/[?#].*/, "");
    const file = files.get(path === "/" ? "/index.html" : path);
    if (!file || (method !== "GET" && method !== "HEAD")) return response.writeHead(404).end();
    const headers = {
      "content-type": file.type,
      // Names of assets have a hash of what is in them: what is once loaded stays as it is.
      "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      "x-content-type-options": "nosniff",
    };
    return response.writeHead(200, headers).end(method === "HEAD" ? undefined : file.body);
  });
}

async function listening(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch (error) {
    if (!reason(error).includes("EADDRINUSE")) throw error;
    throw new UsageError(`port ${port} is taken by another program; choose another with --port; 0 takes a free one`);
  }
}

/** A machine without a browser has its own way to the address. */
function showInBrowser(url: string): void {
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ["open", url],
    win32: ["cmd", "/c", "start", "", url],
  };
  const [command, ...rest] = openers[process.platform] ?? ["xdg-open", url];
  spawn(command, rest, { stdio: "ignore", detached: true })
    .on("error", () => say("no browser could be started; open the address yourself"))
    .unref();
}
