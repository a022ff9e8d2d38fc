/** The endpoint itself, without sockets: messages and frames in, messages and frames out. */
import { createAnswering } from "./answering.ts";
import { type App, type AppUser, type Apps, createApps, type SipFrame } from "./app.ts";
import type { Context, Limits } from "./context.ts";
import { createDialogs } from "./dialog.ts";
import { createOutside, type External } from "./external.ts";
import { faultOf } from "./faults.ts";
import { ownResponse, statelessTag } from "./fill-response.ts";
import { hostPorts, verdict } from "./frames.ts";
import type { FreshName } from "./ids.ts";
import { addressesIn } from "../site/networks.ts";
import { createHeldRequests } from "./held.ts";
import { createIncoming } from "./incoming.ts";
import { DATAGRAMS_ONLY_MS } from "./large.ts";
import { type LogEvent, quietLog } from "./log.ts";
import { type Message, type Request, readMessage, toTag } from "./message.ts";
import type { Resolver } from "./names.ts";
import { createOutgoing } from "./outgoing.ts";
import { createOrphans } from "./orphans.ts";
import { createReach } from "./reach.ts";
import { createSources } from "./sources.ts";
import { createShunned, SHUNNED_MS } from "./target.ts";
import { type Clock, createTimers } from "./timers.ts";
import { createTransactions } from "./transactions.ts";
import type { Flow, Transport, TransportUser } from "./transport.ts";
import { param } from "./uri.ts";
import { noteSource, topVia } from "./via.ts";
import { writtenOn, type Writing } from "./writing.ts";

export interface Surroundings {
  clock: Clock;
  freshName: FreshName;
  resolver: Resolver;
  /** From 0 up to 1: which of equal addresses is tried first. */
  random(): number;
  secret: string;
  limits: Limits;
  keep?: boolean;
  writing?: Writing;
  external?: External;
  log(event: LogEvent): void;
}

export interface Stats {
  transactions: { client: number; server: number; bytes: number };
  dialogs: number;
  /** Dialogs of calls whose application is gone. */
  orphans: number;
  /** Requests an application holds, and requests of applications under way. */
  held: number;
  sent: number;
  timers: number;
  apps: number;
  /** Stream connections to and from the world. */
  connections: number;
}

export interface Core extends TransportUser {
  apps: Apps;
  add(transport: Transport): void;
  /** From which addresses and networks new requests are heard; `undefined`: from all. */
  hear(networks: string[] | undefined): void;
  stats(): Stats;
  close(): void;
}

const SECOND_MS = 1_000;

export function createCore(around: Surroundings): Core {
  const transports: Transport[] = [];
  const log = quietLog(around.log, around.clock);
  const timers = createTimers(around.clock, guard);
  const transactions = createTransactions(timers, guard);
  const { heardPerSource, heardBytesPerSource } = around.limits;
  const crowd = createSources(around.clock, { requests: heardPerSource, bytes: heardBytesPerSource });
  const user: AppUser = {
    sip: (app, frame) => guard(() => takeFrame(app, frame)),
    gone: (app) => guard(() => gone(app)),
    serves: (app) => guard(() => orphans.serve(app)),
  };
  const apps = createApps({
    keep: around.keep ?? false,
    secret: around.secret,
    hostports: () => hostPorts(transports),
    freshId: around.freshName,
    user,
  });
  const context: Context = {
    ...around,
    keep: around.keep ?? false,
    guard,
    log,
    apps,
    dialogs: createDialogs(),
    reach: createReach(),
    shunned: createShunned(around.clock.now, SHUNNED_MS),
    datagrams: createShunned(around.clock.now, DATAGRAMS_ONLY_MS),
    timers,
    transactions,
    transports,
  };
  let isHeard = (_address: string): boolean => true;
  const outside = around.external && createOutside(around.external, (host) => transports.some(isAt(host)));
  const written = (flow: Flow) => writtenOn(outside?.way(flow) ?? flow, around.writing ?? {}, around.secret);
  const outgoing = createOutgoing(context);
  const held = createHeldRequests(context);
  const answered = createAnswering(context, held);
  const orphans = createOrphans(context, held);
  const incoming = createIncoming(context, held);

  /** The one place that catches a fault of ours: the message or timer that met it is lost, the rest goes on. */
  function guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      log({ kind: "defect", why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  function gone(app: App): void {
    held.gone(app);
    outgoing.gone(app);
  }

  function nok(app: App, frame: SipFrame, why: string): void {
    app.send(verdict(around.freshName(), frame.id, "NOK", why));
  }

  function takeFrame(app: App, frame: SipFrame): void {
    const message = readMessage(frame.text, "rest");
    if (message.kind === "unreadable") return nok(app, frame, `Server error: ${message.why}`);
    if (message.kind === "request") return outgoing.request(app, frame, message);
    if (message.status < 100 || message.status > 699) return nok(app, frame, "Server error: invalid status");
    if (!answered(app, frame, message)) nok(app, frame, "Response not sent due to unknown transaction");
  }

  /** Who is not heard learns nothing of us, not even that we are there. Inside a dialog whoever knows its tags is heard, to its last answer. */
  function ignores(message: Message, flow: Flow): boolean {
    if (message.kind !== "request" || isHeard(flow.remote.host)) return false;
    if (toTag(message) === undefined) return true;
    const { dialogs } = context;
    return !dialogs.of(message) && !dialogs.expects(message) && !transactions.find(message);
  }

  /** Before anything is read, which is most of what a flood costs. Responses are looked up by their branch, and cost next to nothing. */
  function heldUp(host: string, text: string): number {
    if (!crowd.tooMuch(host, text.length, text.startsWith("SIP/2.0 ") ? 0 : 1)) return 0;
    log({ kind: "dropped", why: "too much", from: { host, port: 0 } });
    return SECOND_MS - (around.clock.now() % SECOND_MS);
  }

  function received(text: string, socket: Flow): void {
    const flow = written(socket);
    const message = readMessage(text, "length");
    if (message.kind === "unreadable") return log({ kind: "dropped", why: message.why, from: flow.remote });
    if (ignores(message, flow)) return log({ kind: "dropped", why: "not heard", from: flow.remote });
    // Datagrams and WebSocket frames have an end of their own (RFC 3261 18.3, RFC 7118 5.1).
    const fault = faultOf(message, flow.protocol === "tcp" || flow.protocol === "tls");
    const back = (message.kind === "request" && wayBack(message, socket)) || flow;
    if (message.kind === "request") noteSource(message, flow.remote);
    if (fault) refuse(message, fault.status, fault.why, back);
    else if (message.kind === "request") incoming(message, back);
    else transactions.received(message);
  }

  /** Over UDP a sender who does not ask with rport hears at the port its Via names (RFC 3261 18.2.2, RFC 3581 4). */
  function wayBack(request: Request, flow: Flow): Flow | undefined {
    const via = topVia(request);
    const port = via?.port ?? 5060;
    if (flow.reliable || !via || port === flow.remote.port || param(via.params, "rport") !== undefined)
      return undefined;
    const transport = transports.find((each) => each.protocol === flow.protocol && each.local === flow.local);
    return transport?.flowTo({ host: flow.remote.host, port });
  }

  /** Answers a broken request without remembering it. */
  function refuse(message: Message, status: number, why: string, flow: Flow): void {
    if (message.kind === "response" || message.method === "ACK" || status === 0) {
      return log({ kind: "dropped", why, from: flow.remote });
    }
    log({ kind: "refused", status, why, from: flow.remote });
    flow.send(ownResponse(message, status, statelessTag(message)));
  }

  function add(transport: Transport): void {
    const { local } = transport;
    transports.push({
      ...transport,
      toldTo: (host) => outside?.address(local, host) ?? local,
      owns: (at) => transport.owns(at.host === around.external?.address ? { ...local, port: at.port } : at),
      flowTo: (...to) => written(transport.flowTo(...to)),
    });
  }

  return {
    apps,
    received: (text, flow) => guard(() => received(text, flow)),
    heldUp,
    untrusted: (name, to, why) => log({ kind: "untrusted", name, to, why }),
    add,
    hear(networks) {
      isHeard = networks ? addressesIn(networks) : () => true;
    },
    stats: () => ({
      transactions: transactions.count(),
      dialogs: context.dialogs.count(),
      orphans: orphans.count(),
      held: held.count(),
      sent: outgoing.count(),
      timers: timers.running(),
      apps: apps.count(),
      connections: transports.reduce((sum, each) => sum + each.connections(), 0),
    }),
    close: () => timers.close(),
  };
}

const isAt =
  (host: string) =>
  ({ local }: Transport): boolean =>
    local.host === host;
