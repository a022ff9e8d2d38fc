import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { type Peer, type Peers, peers } from "./peers.ts";

/** Before all tests: installs the phones, load generators and the browser that the tests use, where that is allowed (root on Debian). */
export default function install({ provide }: TestProject): void {
  const names = Object.keys(peers) as Peer[];
  const missing = names.filter((peer) => !installed(peer)).map((peer) => peers[peer]);
  if (missing.length > 0) {
    if (mayInstall()) aptInstall(missing);
    else
      tell(
        `not installed: ${missing.join(", ")}; as root: apt-get install -y --no-install-recommends ${missing.join(" ")}`,
      );
  }
  const there = (peer: Peer) => [peer, installed(peer)] as const;
  provide("peers", Object.fromEntries(names.map(there)) as Peers);
}

function installed(command: string): boolean {
  return (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(`${folder}/${command}`));
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version") && installed("apt-get");
}

function aptInstall(packages: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]): boolean =>
    spawnSync("apt-get", ["-q", "-y", ...args], { env, stdio: "ignore" }).status === 0;
  const install = ["install", "--no-install-recommends", ...packages];
  if (!apt(...install) && !(apt("update") && apt(...install))) tell(`apt-get could not install ${packages.join(" ")}`);
}

function tell(text: string): void {
  process.stderr.write(`peers of the tests: ${text}\n`);
}
