import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The commands as `npm run build` makes them: they start in a tenth of the time that their source takes. */
    built: string;
  }
}

export const root = join(import.meta.dirname, "../..");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `cordboard ARGS` to its end. */
export function cordboard(args: string[], options: { cwd?: string; stdin?: string } = {}): Promise<Ended> {
  const child = start(args, options.cwd);
  child.stdin?.end(options.stdin ?? "");
  return ended(child);
}

export function start(args: string[], cwd = root): ChildProcess {
  const env = { ...process.env, NO_COLOR: "1" };
  return spawn(process.execPath, [join(inject("built"), "cli/start.js"), ...args], { cwd, env, stdio: "pipe" });
}

export function ended(child: ChildProcess): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** One line of `--events`. */
export type Line = { at: string; seq: number; type: string; call?: string } & Record<string, unknown>;

export interface Running {
  /** `127.0.0.1:PORT` of SIP over UDP, and over TCP where it listens there. */
  sip: string;
  tcp: string;
  http: string;
  events(): Line[];
  /** Types of the events of one call, in order. */
  types(call?: string): string[];
  /** The first event that satisfies the question, once it is there. */
  event(question: (line: Line) => boolean, withinMs?: number): Promise<Line>;
  get<T>(path: string): Promise<T>;
  post(path: string, body?: object): Promise<Response>;
  /** UDP ports that the process holds open. */
  udpPorts(): number;
  signal(name: NodeJS.Signals): void;
  ended: Promise<Ended>;
  stop(): Promise<Ended>;
}

/** Runs `cordboard run PATH` on free ports until `stop`. */
export async function running(path: string, flags: string[] = []): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "cordboard-"));
  const file = join(folder, "events.ndjson");
  writeFileSync(file, "");
  const child = start([
    "run",
    path,
    "--sip",
    "udp:127.0.0.1:0",
    "--http",
    "127.0.0.1:0",
    "--events",
    file,
    "--drain",
    "1",
    ...flags,
  ]);
  const end = ended(child);
  const ready = await readyLine(child, end);
  const sip = /udp:([^, ]+)/.exec(ready)?.[1] ?? "";
  const tcp = /tcp:([^, ]+)/.exec(ready)?.[1] ?? "";
  const http = /http=(\S+)/.exec(ready)?.[1] ?? "";
  // The last line may be half written.
  const events = (): Line[] =>
    readFileSync(file, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  return {
    sip,
    tcp,
    http,
    events,
    types: (call) =>
      events()
        .filter((one) => one.call !== undefined && (call === undefined || one.call === call))
        .map((one) => one.type),
    async event(question, withinMs = 20_000) {
      const until = Date.now() + withinMs;
      for (;;) {
        const found = events().find(question);
        if (found) return found;
        if (Date.now() > until)
          throw new Error(
            `no such event within ${withinMs} ms; saw ${events()
              .map((one) => one.type)
              .join(" ")}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    get: async <T>(at: string) => (await (await fetch(`http://${http}${at}`)).json()) as T,
    post: (at, body) =>
      fetch(`http://${http}${at}`, {
        method: "POST",
        ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}),
      }),
    udpPorts: () => udpPorts(child.pid ?? 0),
    ended: end,
    signal: (name) => void child.kill(name),
    async stop() {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
      const result = await end;
      clearTimeout(patience);
      rmSync(folder, { recursive: true, force: true });
      return result;
    },
  };
}

/** By the kernel's own tables: a descriptor links to its socket's inode, which stands in the tenth column of the UDP table. */
function udpPorts(pid: number): number {
  const table = readFileSync("/proc/net/udp", "utf8").trim().split("\n").slice(1);
  const inodes = new Set(table.map((line) => `socket:[${line.trim().split(/\s+/)[9]}]`));
  const links = readdirSync(`/proc/${pid}/fd`).map((descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`));
  return links.filter((link) => inodes.has(link)).length;
}

/** Empty where the descriptor was closed meanwhile. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function readyLine(child: ChildProcess, end: Promise<Ended>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const look = (chunk: Buffer): void => {
      text += chunk.toString();
      const line = /^ready .*$/m.exec(text)?.[0];
      if (line) resolve(line);
    };
    child.stdout?.on("data", look);
    child.stderr?.on("data", look);
    void end.then(({ code, stderr }) =>
      reject(new Error(`the run ended with code ${code} before it was ready: ${stderr}`)),
    );
  });
}

/** A folder with files, removed by `remove`. */
export function folder(files: Record<string, string>): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "cordboard-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
