/** Starts an endpoint on real sockets and the real clock. */
import { type AppListener, listenApps } from "./app-tcp.ts";
import type { Certificates, Tls, Trust } from "./certificates.ts";
import type { Limits } from "./context.ts";
import { createCore, type Stats } from "./core.ts";
import { randomNames } from "./ids.ts";
import type { External } from "./external.ts";
import type { LogEvent } from "./log.ts";
import { ownAddress } from "./own-address.ts";
import { createResolver } from "./resolver.ts";
import type { Clock } from "./timers.ts";
import {
  type Address,
  hostPort,
  type OwnAddress,
  parseListen,
  type Protocol,
  type Transport,
  type TransportUser,
} from "./transport.ts";
import { listenStream } from "./transport-stream.ts";
import { listenUdp } from "./transport-udp.ts";
import { listenWs } from "./transport-ws.ts";
import type { Writing } from "./writing.ts";

export interface EndpointOptions {
  /** `udp:HOST:PORT`, and `tcp`, `tls`, `ws`, `wss` likewise; port 0 takes any free one. */
  listen: string[];
  /** Needed by `tls` and `wss`. */
  certificates?: Certificates;
  /** Origins of pages that may use WebSockets, as `https://desk.example`, beside those of the listener's own host. */
  origins?: string[];
  /** Whom to believe on TLS; the system's authorities unless given. */
  trust?: Trust;
  /** Addresses and networks from which new requests are heard; those of others get no answer at all. Everybody unless given. */
  heard?: string[];
  /** What an application must know to connect. */
  secret: string;
  /** Where applications connect; 127.0.0.1 and any free port unless given. */
  app?: Address;
  /** As `127.0.0.1:53`; those of this machine unless given. */
  nameservers?: string[];
  limits?: Partial<Limits>;
  /** Calls are kept for the next application when theirs is gone: see the README. */
  keep?: boolean;
  writing?: Writing;
  /** Where we are seen from beyond a NAT of ours. */
  external?: External;
  log?(event: LogEvent): void;
  /** The endpoint's own thread ended though nobody stopped it: no call can be made or taken any more. */
  died?(error: Error): void;
}

export interface Endpoint {
  /** What it really listens on, written as in the options. */
  listen: string[];
  app: Address;
  /** Whom to believe from now on; connections that stand are kept. */
  trust(trust: Trust): void;
  /** Who is heard from now on. */
  hear(networks: string[] | undefined): void;
  /** Fails when the endpoint's thread has ended. */
  stats(): Promise<Stats>;
  /** Closes every socket. Calls stay up on the other side, nobody is told. Harmless when it has stopped or died. */
  stop(): Promise<void>;
}

const LIMITS: Limits = {
  pendingInvites: 400,
  heardPerSource: 2_000,
  heardBytesPerSource: 8 * 1024 * 1024,
  perSource: 1_000,
  bytesPerSource: 4 * 1024 * 1024,
  dialogs: 200_000,
  transactions: 400_000,
  keptBytes: 512 * 1024 * 1024,
};

/** Starts an endpoint in this thread. Fails when an address is taken or wrongly written; then nothing is left open. */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const clock = systemClock();
  const own = ownAddress();
  const core = createCore({
    clock,
    freshName: randomNames(),
    resolver: createResolver(clock, options.nameservers),
    random: Math.random,
    secret: options.secret,
    limits: { ...LIMITS, ...options.limits },
    keep: options.keep,
    writing: options.writing,
    external: options.external,
    log: options.log ?? (() => {}),
  });
  core.hear(options.heard);
  const { certificates, trust = { ca: [], unverified: [] } } = options;
  const tls = certificates && { own: certificates, trust };
  const listeners: Transport[] = [];
  let apps: AppListener | undefined;
  let stopping: Promise<void> | undefined;
  const close = async () => {
    // What applications hold is refused as they go; so the way out closes last.
    await apps?.close();
    core.close();
    await Promise.all(listeners.map((each) => each.close()));
  };
  const stop = () => (stopping ??= close());
  try {
    for (const at of options.listen.map(parseListen)) {
      const transport = await listen(at, own, core, { tls, origins: options.origins });
      listeners.push(transport);
      core.add(transport);
    }
    apps = await listenApps(options.app ?? { host: "127.0.0.1", port: 0 }, core.apps);
    return {
      listen: listeners.map((each) => `${each.protocol}:${hostPort(each.local)}`),
      app: apps.local,
      trust(changed) {
        if (tls) tls.trust = changed;
      },
      hear: (networks) => core.hear(networks),
      stats: async () => core.stats(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function listen(
  { protocol, ...at }: Address & { protocol: Protocol },
  own: OwnAddress,
  user: TransportUser,
  { tls, origins }: { tls: Tls | undefined; origins: string[] | undefined },
): Promise<Transport> {
  if (protocol === "udp") return listenUdp(at, own, user);
  if (protocol === "tcp") return listenStream(at, own, user);
  if (protocol === "ws") return listenWs(at, own, user, { origins });
  if (!tls) throw new Error(`${protocol}:${hostPort(at)} needs a certificate and its key`);
  return protocol === "tls" ? listenStream(at, own, user, { tls }) : listenWs(at, own, user, { tls, origins });
}

function systemClock(): Clock {
  return {
    now: () => performance.timeOrigin + performance.now(),
    wake(ms, ring) {
      const timeout = setTimeout(ring, ms);
      return () => clearTimeout(timeout);
    },
  };
}
