import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Directory } from "../language/index.ts";
import { heardNetworks, type LogEvent, startEndpointThread } from "../sip/index.ts";
import { type Address, levelOf, type Signalling } from "./sip-flags.ts";
import { trustOf } from "./trust.ts";

/** Where applications come to a signalling endpoint. */
export type Door = Address & { secret: string };

/** What a run takes its calls from. */
export interface Endpoint {
  door: Door;
  /** A changed directory: whom it believes on TLS, and whom it hears. */
  use(directory: Directory): void;
  /** Resolves when it has died of a defect of ours: nothing can be routed any more. */
  died: Promise<void>;
  isDead(): boolean;
  stop(): Promise<void>;
}

/** One that is there already, and not ours to end. */
export function endpointAt(door: Door): Endpoint {
  return {
    door,
    use: () => undefined,
    died: new Promise(() => undefined),
    isDead: () => false,
    stop: () => Promise.resolve(),
  };
}

/** Our own, in a thread. */
export async function ownEndpoint(
  directory: Directory,
  { sip: listen, tlsCa, certificates, writing, external, origins }: Signalling & { origins: string[] },
  log: Logger,
): Promise<Endpoint> {
  let isDead = false;
  let die = (): void => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const report = (event: LogEvent): void => {
    log[levelOf(event)](event, "signalling endpoint");
    if (event.kind !== "died") return;
    isDead = true;
    die();
  };
  // Only this process needs to know it.
  const secret = randomBytes(24).toString("hex");
  const trust = (its: Directory) =>
    trustOf(its, tlsCa, (trunk, why) => log.error({ trunk, why }, "its authority's certificate cannot be read"));
  const endpoint = await startEndpointThread({
    listen,
    secret,
    log: report,
    writing,
    origins,
    trust: trust(directory),
    heard: heardNetworks(directory),
    ...(certificates && { certificates }),
    ...(external && { external }),
  });
  return {
    door: { ...endpoint.app, secret },
    use(changed) {
      endpoint.trust(trust(changed));
      endpoint.hear(heardNetworks(changed));
    },
    died,
    isDead: () => isDead,
    stop: () => endpoint.stop(),
  };
}
