/** The endpoint itself, without sockets: messages and frames in, messages and frames out. */
import { type App, type AppUser, type Apps, createApps, type SipFrame } from "./app.ts";
import type { Context, Limits } from "./context.ts";
import { createDialogs } from "./dialog.ts";
import { faultOf } from "./faults.ts";
import { ownResponse, statelessTag } from "./fill-response.ts";
import { hostPorts, verdict } from "./frames.ts";
import type { FreshName } from "./ids.ts";
import { addressesIn } from "../networks.ts";
import { createHeldRequests } from "./held.ts";
import { createIncoming } from "./incoming.ts";
import { type LogEvent, quietLog } from "./log.ts";
import { type Message, type Request, readMessage, toTag } from "./message.ts";
import type { Resolver } from "./names.ts";
import { createOutgoing } from "./outgoing.ts";
import { createOrphans } from "./orphans.ts";
import { createReach } from "./reach.ts";
import { createShunned } from "./target.ts";
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
  log(event: LogEvent): void;
}

export interface Stats {
  transactions: { client: number; server: number };
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

export function createCore(around: Surroundings): Core {
  const transports: Transport[] = [];
  const log = quietLog(around.log, around.clock);
  const timers = createTimers(around.clock, guard);
  const transactions = createTransactions(timers, guard);
  const user: AppUser = {
    sip: (app, frame) => guard(() => takeFrame(app, frame)),
    gone: (app) => guard(() => gone(app)),
    serves: (app) => guard(() => orphans.serve(app)),
  };
  const apps = createApps({
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
    shunned: createShunned(around.clock.now),
    timers,
    transactions,
    transports,
  };
  let isHeard = (_address: string): boolean => true;
  const written = (flow: Flow) => writtenOn(flow, around.writing ?? {}, around.secret);
  const outgoing = createOutgoing(context);
  const held = createHeldRequests(context);
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
    if (!held.respond(app, frame, message)) nok(app, frame, "Response not sent due to unknown transaction");
  }

  /** Who is not heard learns nothing of us, not even that we are there. Inside a dialog whoever knows its tags is heard. */
  function ignores(message: Message, flow: Flow): boolean {
    return message.kind === "request" && toTag(message) === undefined && !isHeard(flow.remote.host);
  }

  function received(text: string, flow: Flow): void {
    const message = readMessage(text, "length");
    if (message.kind === "unreadable") return log({ kind: "dropped", why: message.why, from: flow.remote });
    if (ignores(message, flow)) return log({ kind: "dropped", why: "not heard", from: flow.remote });
    // Datagrams and WebSocket frames have an end of their own (RFC 3261 18.3, RFC 7118 5.1).
    const fault = faultOf(message, flow.protocol === "tcp" || flow.protocol === "tls");
    const back = message.kind === "request" ? wayBack(message, flow) : flow;
    if (message.kind === "request") noteSource(message, flow.remote);
    if (fault) refuse(message, fault.status, fault.why, back);
    else if (message.kind === "request") incoming(message, back);
    else transactions.received(message);
  }

  /** Over UDP a sender who does not ask with rport hears at the port its Via names (RFC 3261 18.2.2, RFC 3581 4). */
  function wayBack(request: Request, flow: Flow): Flow {
    const via = topVia(request);
    const port = via?.port ?? 5060;
    if (flow.reliable || !via || port === flow.remote.port || param(via.params, "rport") !== undefined) return flow;
    const transport = transports.find((each) => each.protocol === flow.protocol && each.local === flow.local);
    return transport?.flowTo({ host: flow.remote.host, port }) ?? flow;
  }

  /** Answers a broken request without remembering it. */
  function refuse(message: Message, status: number, why: string, flow: Flow): void {
    if (message.kind === "response" || message.method === "ACK" || status === 0) {
      return log({ kind: "dropped", why, from: flow.remote });
    }
    log({ kind: "refused", status, why, from: flow.remote });
    flow.send(ownResponse(message, status, statelessTag(message)));
  }

  return {
    apps,
    received: (text, flow) => guard(() => received(text, written(flow))),
    add: (transport) => void transports.push({ ...transport, flowTo: (...to) => written(transport.flowTo(...to)) }),
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
