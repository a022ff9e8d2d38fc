import { performance } from "node:perf_hooks";
import { connectSignalling, type EndpointAddress } from "../dialog/connect.ts";
import { createSignalling } from "../dialog/srf.ts";
import type { Logger } from "../log.ts";
import { askWhetherItLives, livesBy } from "./health.ts";

/** How far next hops are from an endpoint, as its OPTIONS tell: an application of its that takes no calls. */
export interface Latency {
  /** ms; undefined: it does not answer, or does not serve. */
  to(hop: string): Promise<number | undefined>;
  stop(): void;
}

export async function connectLatency(drachtio: EndpointAddress, log: Logger): Promise<Latency> {
  const signalling = createSignalling();
  const connection = await connectSignalling({ signalling, drachtio, log, lost: () => undefined });
  return {
    async to(hop) {
      const begun = performance.now();
      const status = await askWhetherItLives(signalling, hop);
      return livesBy(status) ? performance.now() - begun : undefined;
    },
    stop: () => connection.close(),
  };
}
