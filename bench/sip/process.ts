/** A process that is measured: started until it says that it is ready, and what it took of the processor and the memory. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface Measured {
  /** `127.0.0.1:PORT`. */
  sip: string;
  /** Processor time so far, ms. */
  cpuMs(): number;
  /** Resident memory, bytes. */
  rss(): number;
  /** Sockets that are open: what a call left behind would hold its RTP ports. */
  sockets(): number;
  stop(): Promise<void>;
}

/** Of Linux, where a tick is 10 ms. */
const TICK_MS = 10;

export async function startMeasured(args: string[]): Promise<Measured> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const sip = await ready(child);
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const stat = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, "utf8");
  return {
    sip,
    cpuMs() {
      const fields = stat("stat").split(") ")[1]!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    rss: () => Number(stat("statm").split(" ")[1]) * 4_096,
    sockets: () => readdirSync(`/proc/${child.pid}/fd`).filter((fd) => isSocket(`/proc/${child.pid}/fd/${fd}`)).length,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function ready(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const at = /^ready sip=udp:([^\s,]+)/m.exec(said)?.[1];
      if (at) resolve(at);
    });
    child.on("exit", (code) => reject(new Error(`it ended with ${code} before it was ready: ${said}`)));
  });
}

function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith("socket:");
  } catch {
    // Closed while we looked.
    return false;
  }
}
