import { describe, inject, test } from "vitest";
import { type Peer, peers } from "./peers.ts";

/** A suite that needs real peers: skipped with the remedy where they are missing, failed under `CI=true`. */
export function peerSuite(name: string, needs: Peer[], suite: () => void): void {
  const missing = needs.filter((peer) => !inject("peers")[peer]);
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  const remedy = `install ${missing.map((peer) => peers[peer]).join(" ")}`;
  if (process.env["CI"] === "true") {
    test(name, () => {
      throw new Error(`this machine lacks ${missing.join(" and ")}: ${remedy}`);
    });
  } else describe.skip(`${name} (${remedy})`, suite);
}
