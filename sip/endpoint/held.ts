/** Requests an application has and has not finally answered, and what becomes of them without its response. */
import type { App } from "./app.ts";
import { type Context, tell } from "./context.ts";
import { type Dialog, dialogId } from "./dialog.ts";
import { ownResponse } from "./fill-response.ts";
import { endMates } from "./hangup.ts";
import { fromTag, header, type Request, type Response } from "./message.ts";
import type { ServerTransaction } from "./server-transaction.ts";
import { T1_TIMES_64, type Timer } from "./timers.ts";
import type { Flow } from "./transport.ts";

/** How the name of a request begins that another application had before, so that the next one may know it again. */
export const KEPT = "kept-";

export interface Held {
  id: string;
  app: App;
  transaction: ServerTransaction;
  request: Request;
  /** The way the request came, and responses go. */
  flow: Flow;
  /** The tag of all our responses to it. */
  toTag: string;
  dialog: Dialog | undefined;
  /** Where the INVITE is that of a call which goes on: what the final response does. Nothing of it goes to the peer as it is. */
  again: ((response: Response | undefined) => void) | undefined;
  /** Runs while an INVITE nobody has reacted to counts as one that waits its turn. */
  fresh: Timer | undefined;
  patience: Timer;
}

/** A request, its transaction and its way. */
export type Received = Pick<Held, "transaction" | "request" | "flow">;

export interface HeldRequests {
  /** Gives a request to an application. */
  give(app: App, received: Received, dialog: Dialog | undefined): void;
  /** Gives INVITEs whose application is gone, and that nobody has answered, to another. */
  handOver(app: App): void;
  /** Gives an application the INVITE of a call that goes on, as if it came now; `again` hears its final response, or that none came. */
  present(app: App, dialog: Dialog, request: Request, again: (response: Response | undefined) => void): void;
  /** The call that was presented is over: its application hears a CANCEL. False when it was not, or is answered. */
  withdraw(dialog: Dialog): boolean;
  /** Takes the request from its application and refuses it. */
  refuse(entry: Held, status: number): void;
  /** An application has reacted to it. */
  heardOf(entry: Held): void;
  /** It has its final response, or never will. */
  release(entry: Held): void;
  /** By the name under which applications have it. */
  named(id: string): Held | undefined;
  of(transaction: ServerTransaction): Held | undefined;
  inside(dialog: Dialog): Held[];
  /** INVITEs that came lately and no application has reacted to yet. */
  silentInvites(): number;
  /** Answers what a vanished application held. */
  gone(app: App): void;
  count(): number;
}

/** An INVITE nobody reacted to in so long is refused; of other requests nobody waits for an answer after 64 T1. */
const INVITE_PATIENCE_MS = 64_000;
/**
 * So long an INVITE without a reaction counts against the overload limit. An application reads its frames in order, so one
 * that has not reacted by then is not behind but does not want to, or cannot: the others need not wait for it.
 */
const FRESH_MS = 4_000;
/** So long a caller without an answer waits for the next application. */
const KEEP_MS = 10_000;

export function createHeldRequests(context: Context): HeldRequests {
  const { dialogs, freshName, timers } = context;
  const held = new Map<string, Held>();
  const presented = new Map<Dialog, Held>();
  const byTransaction = new Map<ServerTransaction, Held>();
  let silentInvites = 0;

  function give(app: App, received: Received, dialog: Dialog | undefined): void {
    const { transaction, request, flow } = received;
    const invite = request.method === "INVITE";
    const entry: Held = {
      id: freshName(),
      app,
      ...received,
      toTag: dialog?.localTag ?? freshName(),
      dialog,
      again: undefined,
      fresh: invite ? timers.start(FRESH_MS, () => heardOf(entry)) : undefined,
      patience: timers.start(invite ? INVITE_PATIENCE_MS : T1_TIMES_64, () => {
        if (invite) refuse(entry, 503);
        else release(entry);
      }),
    };
    held.set(entry.id, entry);
    byTransaction.set(transaction, entry);
    if (invite) silentInvites++;
    const receivedOn = dialog ? undefined : flow.local;
    tell(context, app, flow, request.text, { transaction: entry.id, dialog: dialog?.id ?? "", receivedOn });
  }

  function heardOf(entry: Held): void {
    if (!entry.fresh) return;
    entry.fresh.stop();
    entry.fresh = undefined;
    silentInvites--;
  }

  function release(entry: Held): void {
    const { request } = entry;
    heardOf(entry);
    entry.patience.stop();
    held.delete(entry.id);
    byTransaction.delete(entry.transaction);
    if (entry.dialog && presented.get(entry.dialog) === entry) presented.delete(entry.dialog);
    if (request.method !== "INVITE") return;
    if (entry.dialog) entry.dialog.invited = undefined;
    entry.dialog?.unpracked?.repeating.stop();
  }

  function refuse(entry: Held, status: number): void {
    entry.transaction.respond(status, ownResponse(entry.request, status, entry.toTag));
    release(entry);
    if (entry.dialog && !entry.dialog.confirmed) dialogs.end(entry.dialog);
  }

  function gone(app: App): void {
    for (const entry of held.values()) {
      if (entry.app !== app) continue;
      if (context.keep && entry.request.method === "INVITE" && !entry.dialog?.confirmed) {
        keepForNext(entry);
        continue;
      }
      // Whoever asks whether we live gets no answer of one who does not: to some any is a yes.
      if (entry.request.method === "OPTIONS" && !entry.dialog) {
        release(entry);
        continue;
      }
      const bye = entry.request.method === "BYE";
      refuse(entry, bye ? 200 : entry.dialog?.confirmed ? 480 : 503);
      if (!bye || !entry.dialog) continue;
      dialogs.end(entry.dialog);
      endMates(context, entry.dialog);
    }
  }

  function keepForNext(entry: Held): void {
    heardOf(entry);
    entry.patience.stop();
    entry.patience = timers.start(KEEP_MS, () => refuse(entry, 503));
  }

  function handOver(app: App): void {
    for (const entry of held.values()) {
      if (entry.app.connected() || entry.request.method !== "INVITE" || entry.dialog?.confirmed) continue;
      if (entry.dialog) dialogs.end(entry.dialog);
      entry.dialog = undefined;
      entry.app = app;
      held.delete(entry.id);
      entry.id = `${KEPT}${freshName()}`;
      held.set(entry.id, entry);
      entry.patience.stop();
      entry.patience = timers.start(INVITE_PATIENCE_MS, () => refuse(entry, 503));
      const to = { transaction: entry.id, dialog: "", receivedOn: entry.flow.local };
      tell(context, app, entry.flow, entry.request.text, to);
    }
  }

  function present(app: App, dialog: Dialog, request: Request, again: (response: Response | undefined) => void): void {
    const entry: Held = {
      id: `${KEPT}${freshName()}`,
      app,
      transaction: { repeated() {}, acked: () => false, respond() {} },
      request,
      flow: dialog.flow,
      toTag: dialog.localTag,
      dialog,
      again,
      fresh: undefined,
      patience: timers.start(INVITE_PATIENCE_MS, () => {
        release(entry);
        again(undefined);
      }),
    };
    held.set(entry.id, entry);
    presented.set(dialog, entry);
    tell(context, app, entry.flow, request.text, { transaction: entry.id, dialog: "", receivedOn: entry.flow.local });
  }

  function withdraw(dialog: Dialog): boolean {
    const entry = presented.get(dialog);
    if (!entry) return false;
    release(entry);
    const cancel = entry.request.text.replace(/^INVITE /, "CANCEL ").replace(/(\r\nCSeq:\s*\d+\s+)INVITE/i, "$1CANCEL");
    tell(context, entry.app, entry.flow, cancel, { transaction: entry.id, dialog: dialog.id });
    return true;
  }

  return {
    give,
    handOver,
    present,
    withdraw,
    refuse,
    heardOf,
    release,
    named: (id) => held.get(id),
    of: (transaction) => byTransaction.get(transaction),
    inside: (dialog) => [...held.values()].filter((entry) => entry.dialog === dialog),
    silentInvites: () => silentInvites,
    gone,
    count: () => held.size,
  };
}

/** The id of the dialog a first request begins, or would. */
export function firstDialogId(request: Request): string {
  return dialogId(header(request, "call-id") ?? "", fromTag(request) ?? "");
}
