/** SIPp as the phone on the other end of a real socket. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { freePort } from "../peers/ports.ts";

export interface Phone {
  port: number;
  /** Resolves with what went wrong; empty when the scenario was played to its end as often as asked. */
  done: Promise<string>;
}

interface Options {
  /** A file of `sipp/`, or `uac` or `uas` for the scenarios SIPp brings along. */
  scenario: string;
  /** Whom to call, `host:port`. */
  call?: string;
  calls?: number;
  rate?: number;
  transport?: "udp" | "tcp";
}

export async function startPhone({ scenario, call, calls = 1, rate = 10, transport = "udp" }: Options): Promise<Phone> {
  const port = await freePort();
  const media = await freePort();
  const builtIn = scenario === "uac" || scenario === "uas";
  const file = fileURLToPath(new URL(`./sipp/${scenario}.xml`, import.meta.url));
  const args = [
    ...(call === undefined ? [] : [call]),
    ...(builtIn ? ["-sn", scenario] : ["-sf", file]),
    ...`-i 127.0.0.1 -p ${port} -mp ${media} -t ${transport === "udp" ? "u1" : "t1"}`.split(" "),
    ...`-m ${calls} -r ${rate} -d 100 -nostdin -timeout 8s -timeout_error`.split(" "),
  ];
  const done = new Promise<string>((resolve) => {
    execFile("sipp", args, { timeout: 30_000, maxBuffer: 10_000_000 }, (error, out, err) => {
      resolve(error ? `${scenario} ended with ${error.code ?? error.signal}\n${err}${out.slice(-3_000)}` : "");
    });
  });
  // It has no way to say that it listens.
  await new Promise((resolve) => setTimeout(resolve, call === undefined ? 300 : 0));
  return { port, done };
}
