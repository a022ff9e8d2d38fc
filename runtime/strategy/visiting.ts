import { change, callOf, command, type Core, record } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import { endCall } from "./ending.ts";

/*
 * Who calls where messages are heard (`access` of a mailbox of ours). No strategy has anything to do with it, and what he keys in is told to
 * nobody: which mailbox is his, and what he hears, is up to whoever keeps the messages.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

export function startVisit(core: Core, id: CallId, mailboxes: readonly string[]): void {
  change(core, "call", id, (call) => void (call.wait = { for: "visit" }));
  command(core, { type: "visit", call: id, mailboxes: [...mailboxes] });
}

export function visitOpened(core: Core, { call, mailbox, by }: EventOf<"visit.opened">): void {
  if (isVisit(core, call)) record(core, { type: "mailbox.opened", call, mailbox, by });
}

export function visitRefused(core: Core, { call, reason }: EventOf<"visit.refused">): void {
  if (isVisit(core, call)) record(core, { type: "mailbox.refused", call, reason });
}

export function visitEnded(core: Core, id: CallId, sip?: number): void {
  if (isVisit(core, id))
    endCall(core, id, { by: "system", disposition: sip === undefined ? "hung_up" : "rejected", sip });
}

const isVisit = (core: Core, id: CallId): boolean => callOf(core, id).wait.for === "visit";
