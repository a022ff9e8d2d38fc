import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";

export interface SippOptions {
  /** A scenario's XML. */
  scenario: string;
  /** `127.0.0.1:5060`; absent for a scenario that waits to be called. */
  remote?: string;
  /** User part of the Request-URI. */
  service?: string;
  transport?: "u1" | "t1";
  calls?: number;
  /** Calls a second. */
  rate?: number;
  /** Of loopback; 127.0.0.1 unless said. */
  host?: string;
  port?: number;
  timeoutSeconds?: number;
  /** Percent of its messages, sent and received, that are lost. */
  lost?: number;
  /** `-key NAME VALUE`, used in the scenario as `[NAME]`. */
  keys?: Record<string, string>;
}

export interface SippRun {
  port: number;
  /** Resolves with the exit code (0: every call went as the scenario says) and what went wrong. */
  ended: Promise<{ code: number | null; errors: string }>;
  stop(): Promise<void>;
}

/** Starts SIPp 3.6 on loopback. One that waits to be called does so by then. */
export async function sipp(options: SippOptions): Promise<SippRun> {
  const folder = mkdtempSync(join(tmpdir(), "sipp-"));
  const scenario = join(folder, "scenario.xml");
  const errors = join(folder, "errors.log");
  writeFileSync(scenario, options.scenario);
  const host = options.host ?? "127.0.0.1";
  const port = options.port ?? (await freePort());
  const mediaPort = await freePort();
  const flags = `-sf ${scenario} -i ${host} -p ${port} -mi ${host} -mp ${mediaPort} -t ${options.transport ?? "u1"} -nostdin`;
  const errorFlags = `-trace_err -error_file ${errors} -timeout ${options.timeoutSeconds ?? 30}s -timeout_error -buff_size 1048576`;
  const args = [
    ...(options.remote ? [options.remote] : []),
    ...flags.split(" "),
    ...errorFlags.split(" "),
    ...(options.service ? ["-s", options.service] : []),
    ...(options.calls ? ["-m", String(options.calls)] : []),
    ...(options.rate ? ["-r", String(options.rate)] : []),
    ...(options.lost ? ["-lost", String(options.lost)] : []),
    ...Object.entries(options.keys ?? {}).flatMap(([name, value]) => ["-key", name, value]),
  ];
  const child = spawn("sipp", args, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve)).then((code) => {
    const text = `${complaint}${readIfThere(errors)}`;
    rmSync(folder, { recursive: true, force: true });
    return { code, errors: text };
  });
  if (!options.remote) await listens(child, options.transport === "t1" ? "tcp" : "udp", host, port);
  return { port, ended, stop: () => stop(child, ended) };
}

/** It has no way to say so; the kernel's table of sockets has. */
async function listens(child: ChildProcess, protocol: string, host: string, port: number): Promise<void> {
  const octets = host.split(".").map((octet) => Number(octet).toString(16).padStart(2, "0"));
  const local = `${octets.toReversed().join("")}:${port.toString(16).padStart(4, "0")}`.toUpperCase();
  while (child.exitCode === null && !readFileSync(`/proc/net/${protocol}`, "utf8").includes(` ${local} `))
    await new Promise((resolve) => setTimeout(resolve, 10));
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode === null) child.kill("SIGKILL");
  await ended;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
