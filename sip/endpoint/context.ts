/** What the two directions of an endpoint share. One writer each: see the files named. */
import type { App, Apps } from "./app.ts";
import type { Dialogs } from "./dialog.ts";
import { type Meta, sipFrame, timeOfDay } from "./frames.ts";
import type { FreshName } from "./ids.ts";
import type { Clock, Timers } from "./timers.ts";
import type { Report } from "./log.ts";
import type { Resolver } from "./names.ts";
import type { Reach } from "./reach.ts";
import type { Shunned } from "./target.ts";
import type { Transactions } from "./transactions.ts";
import type { Address, Flow, Transport } from "./transport.ts";

export interface Limits {
  /** INVITEs of the last seconds no application has reacted to yet; beyond, callers get 503 with Retry-After at once. */
  pendingInvites: number;
  /** Requests a second from one address, of dialogs too, and bytes of all that comes from there: what is beyond is not read before the next. */
  heardPerSource: number;
  heardBytesPerSource: number;
  /** New requests a second from one address; beyond, they get 503 with Retry-After at once. A carrier's address brings many calls. */
  perSource: number;
  /** Bytes of new requests a second from one address, since answers that are remembered repeat them; beyond, the same. */
  bytesPerSource: number;
  /** Dialogs, and transactions of peers; each takes a few kilobytes. */
  dialogs: number;
  transactions: number;
  /** Bytes that all of those transactions remember. */
  keptBytes: number;
}

export interface Context {
  apps: Apps;
  clock: Clock;
  dialogs: Dialogs;
  freshName: FreshName;
  limits: Limits;
  /** Calls are kept for the next application when theirs is gone. */
  keep: boolean;
  resolver: Resolver;
  random(): number;
  reach: Reach;
  shunned: Shunned;
  /** Addresses that took no connection lately. */
  datagrams: Shunned;
  timers: Timers;
  transactions: Transactions;
  transports: Transport[];
  /** Runs what comes from outside of any message or timer, and keeps its faults from the rest. */
  guard(work: () => void): void;
  log(report: Report): void;
}

/** The tokens of a frame about a message that came from, or went to, the peer of `flow`. */
export function meta(context: Context, source: Meta["source"], flow: Flow, address: Address, text: string): Meta {
  return { source, bytes: text.length, protocol: flow.protocol, address, time: timeOfDay(context.clock.now()) };
}

/** Hands a message from the network to an application. */
export function tell(
  context: Context,
  app: App,
  flow: Flow,
  text: string,
  to: { transaction: string; dialog: string; receivedOn?: Address },
): void {
  app.send(sipFrame(context.freshName(), meta(context, "network", flow, flow.remote, text), to, text));
}
