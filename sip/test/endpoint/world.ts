/** An endpoint without sockets: a virtual clock, transports and application connections that keep what they are given. */
import { createCore } from "../../endpoint/core.ts";
import type { Limits } from "../../endpoint/context.ts";
import type { External } from "../../endpoint/external.ts";
import type { LogEvent } from "../../endpoint/log.ts";
import { cutFrames, printFrame } from "../../endpoint/frames.ts";
import {
  type Address,
  type Flow,
  hostPort,
  parseListen,
  type Protocol,
  type Transport,
} from "../../endpoint/transport.ts";
import type { Writing } from "../../endpoint/writing.ts";
import type { Resolver } from "../../endpoint/names.ts";
import { virtualClock } from "./clock.ts";

export const toBytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
export const fromBytes = (text: string) => Buffer.from(text, "latin1").toString("utf8");

export interface World {
  now(): number;
  advanceTo(at: number): void;
  /** A SIP message from a peer. */
  receive(text: string, from: Address, protocol?: Protocol): void;
  connect(name: string): void;
  /** Bytes of an application, as they are. */
  feed(name: string, chunk: string): void;
  /** One frame of an application. */
  frame(name: string, payload: string): void;
  disconnect(name: string): void;
  core: ReturnType<typeof createCore>;
  log: LogEvent[];
}

export interface WorldOptions {
  listen?: string[];
  secret?: string;
  limits?: Partial<Limits>;
  writing?: Writing;
  external?: External;
  keep?: boolean;
  resolver?: Resolver;
  /** Whoever cannot be reached: the send fails at once. */
  unreachable?(remote: Address, protocol: Protocol): boolean;
  onSip(text: string, to: Address, protocol: Protocol): void;
  onFrame(name: string, payload: string): void;
  onClosed?(name: string): void;
}

/** Everything the endpoint sends is handed on at once, in order, as UTF-8 text. */
export function createWorld(options: WorldOptions): World {
  const clock = virtualClock();
  const log: LogEvent[] = [];
  let names = 0;
  const core = createCore({
    clock,
    freshName: () => `fresh${String(++names).padStart(6, "0")}`,
    resolver: options.resolver ?? {
      naptr: async () => [],
      srv: async () => [],
      addresses: async () => [],
    },
    random: () => 0,
    secret: options.secret ?? "cymru",
    limits: {
      pendingInvites: 100,
      heardPerSource: 10_000,
      heardBytesPerSource: 1e9,
      perSource: 10_000,
      bytesPerSource: 100_000_000,
      dialogs: 1000,
      transactions: 1000,
      keptBytes: 100_000_000,
      ...options.limits,
    },
    writing: options.writing,
    external: options.external,
    keep: options.keep,
    log: (event) => log.push(event),
  });
  const transports = new Map<Protocol, Transport>();
  for (const { protocol, ...local } of (options.listen ?? ["udp:127.0.0.1:5070", "tcp:127.0.0.1:5070"]).map(
    parseListen,
  )) {
    const transport: Transport = {
      protocol,
      reliable: protocol !== "udp",
      local,
      owns: ({ host, port }) => host === local.host && port === local.port,
      flowTo: (remote) => flow(transport, remote),
      connections: () => 0,
      close: async () => {},
    };
    transports.set(protocol, transport);
    core.add(transport);
  }

  function flow({ protocol, reliable, local }: Transport, remote: Address): Flow {
    return {
      protocol,
      reliable,
      local,
      remote,
      open: () => true,
      send(text, failed) {
        options.onSip(fromBytes(text), remote, protocol);
        if (options.unreachable?.(remote, protocol)) failed?.();
      },
    };
  }

  const pipes = new Map<string, { received(chunk: Buffer): void; ended(): void }>();
  return {
    core,
    log,
    now: clock.now,
    advanceTo: clock.advanceTo,
    receive(text, from, protocol = "udp") {
      core.received(toBytes(text), flow(transports.get(protocol)!, from));
    },
    connect(name) {
      const cut = cutFrames(
        (payload) => options.onFrame(name, fromBytes(payload)),
        (why) => {
          throw new Error(`${name} was sent a broken frame: ${why}`);
        },
      );
      const take = (text: string) => cut(Buffer.from(text, "latin1"));
      pipes.set(name, core.apps.connect({ write: take, close: () => options.onClosed?.(name) }));
    },
    feed: (name, chunk) => pipes.get(name)!.received(Buffer.from(chunk)),
    frame: (name, payload) => pipes.get(name)!.received(Buffer.from(printFrame(toBytes(payload)), "latin1")),
    disconnect: (name) => pipes.get(name)!.ended(),
  };
}

export const addressOf = hostPort;
