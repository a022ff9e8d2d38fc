/** Requests an application has and has not finally answered; what its responses do, and what happens without them. */
import type { App, SipFrame } from "./app.ts";
import { type Context, meta, tell } from "./context.ts";
import { answeringDialog, type Dialog, dialogId, keepSdp, refreshTarget } from "./dialog.ts";
import { fillResponse, givenToTag, ownResponse } from "./fill-response.ts";
import { responseEcho } from "./frames.ts";
import { hangUp } from "./hangup.ts";
import { cseqOf, fromTag, header, type Request, type Response } from "./message.ts";
import { wantsReliable } from "./reliable.ts";
import { startRepeating } from "./repeat.ts";
import { agreeAnswering, type Session, wantedIn } from "./session.ts";
import { keepSession } from "./session-timer.ts";
import type { ServerTransaction } from "./server-transaction.ts";
import { leased, notified, SUBSCRIBES } from "./subscription.ts";
import { T1_TIMES_64, T2, type Timer } from "./timers.ts";
import type { Flow } from "./transport.ts";

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
  /** A response of an application; false when no request of that name waits. */
  respond(app: App, frame: SipFrame, response: Response): boolean;
  /** Takes the request from its application and refuses it. */
  refuse(entry: Held, status: number): void;
  of(transaction: ServerTransaction): Held | undefined;
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
/** Provisional responses are repeated so often, or proxies on the way give up (RFC 3261 13.3.1.1). */
const KEEP_MS = 10_000;
const REMIND_MS = 60_000;
const TARGET_REFRESH = new Set(["INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER"]);

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

  /** The request has its final response, or never will. */
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

  function respond(app: App, frame: SipFrame, response: Response): boolean {
    const entry = meant(frame.transaction, response);
    if (!entry) return false;
    const { request, flow } = entry;
    const { status } = response;
    const invite = request.method === "INVITE";
    heardOf(entry);
    if (!entry.dialog) entry.toTag = givenToTag(response) ?? entry.toTag;
    if (!entry.dialog && begins(request, status)) {
      entry.dialog = answeringDialog(request, entry.toTag, flow, app);
      if (context.keep && invite) entry.dialog.invite = request.text;
      dialogs.add(entry.dialog);
    }
    if (invite && status >= 200 && entry.dialog) entry.dialog.wanted ??= wantedIn(response);
    const agreed = status >= 200 && status < 300 ? agreeAnswering(request, response, entry.dialog?.session) : undefined;
    const text = fill(entry, response, agreed?.lines ?? []);
    entry.transaction.respond(status, text);
    const name = request.method === "BYE" ? "" : (entry.dialog?.id ?? (invite ? firstDialogId(request) : ""));
    const how = meta(context, "application", flow, flow.remote, text);
    app.send(responseEcho(freshName(), frame.id, how, { transaction: entry.id, dialog: name }, text));
    if (status < 200) remind(entry);
    else finish(entry, response, text, agreed?.session);
    return true;
  }

  /** The native server gives a request inside an INVITE that is not answered the name of that; then the CSeq tells which is meant. */
  function meant(name: string, response: Response): Held | undefined {
    const entry = held.get(name);
    const cseq = header(response, "cseq");
    if (!entry?.dialog || entry.dialog.confirmed || cseq === undefined || cseq === header(entry.request, "cseq"))
      return entry;
    for (const other of held.values()) {
      if (other.dialog === entry.dialog && header(other.request, "cseq") === cseq) return other;
    }
    return entry;
  }

  function fill(entry: Held, response: Response, more: string[]): string {
    const { dialog, toTag, request, flow } = entry;
    const { status } = response;
    const invite = request.method === "INVITE";
    const reliable = invite && wantsReliable(response);
    const rseq = reliable && dialog ? awaitPrack(entry, dialog) : undefined;
    // Where the peer reaches us from now on; a first unreliable 18x promises nothing yet.
    const contacts = invite || SUBSCRIBES.has(request.method);
    const needsContact = contacts && (status >= 200 ? status < 300 : reliable || dialog?.confirmed === true);
    return fillResponse(response, request, { toTag: status > 100 ? toTag : "", flow, needsContact, rseq, more });
  }

  /** Says the last provisional response again every minute, for as long as the application takes. */
  function remind(entry: Held): void {
    entry.patience.stop();
    if (entry.request.method !== "INVITE") return;
    entry.patience = timers.start(REMIND_MS, () => {
      entry.transaction.repeated();
      remind(entry);
    });
  }

  function finish(entry: Held, response: Response, text: string, session: Session | undefined): void {
    const { dialog, request } = entry;
    const { status } = response;
    const { method } = request;
    release(entry);
    if (entry.again) return entry.again(response);
    if (status < 300 && (method === "REGISTER" || method === "SUBSCRIBE")) context.reach.learn(request, entry.flow);
    if (!dialog) return;
    if (method === "BYE") return ended(dialog);
    if (method === "NOTIFY") notified(context, dialog, request);
    if (status < 300 && SUBSCRIBES.has(method)) leased(context, dialog, method, request, response);
    if (status < 300 && (method === "INVITE" || (method === "UPDATE" && dialog.confirmed))) {
      keepSession(context, dialog, session);
      keepSdp(dialog, response.body);
    }
    if (status < 300 && dialog.confirmed && TARGET_REFRESH.has(method)) refreshTarget(dialog, request);
    if (method !== "INVITE") return;
    if (status < 300) awaitAck(entry, dialog, text);
    else if (!dialog.confirmed) dialogs.end(dialog);
  }

  /** The peer hung up; an INVITE of its that still waits is over too (RFC 3261 15.1.2). */
  function ended(dialog: Dialog): void {
    if (dialog.invited !== undefined || !dialog.confirmed) {
      for (const entry of held.values()) if (entry.dialog === dialog) refuse(entry, 487);
    }
    dialogs.end(dialog);
  }

  function awaitAck(entry: Held, dialog: Dialog, text: string): void {
    const { request, flow } = entry;
    const repeating = startRepeating({
      timers,
      cap: T2,
      repeat: () => flow.send(text),
      giveUp() {
        const { afterwards = [] } = dialog.unacknowledged ?? {};
        dialog.unacknowledged = undefined;
        for (const proceed of afterwards) proceed();
        if (afterwards.length === 0) hangUp(context, dialog, "ACK timeout");
      },
    });
    // The ACK of the first INVITE carries the transaction of that, as applications expect.
    const id = dialog.confirmed ? freshName() : entry.id;
    const cseq = cseqOf(request)?.number ?? 0;
    // With another INVITE the peer says that it has the answer to the one before.
    dialog.unacknowledged?.repeating.stop();
    const { afterwards = [] } = dialog.unacknowledged ?? {};
    dialog.unacknowledged = { cseq, transaction: id, repeating, afterwards };
    dialog.confirmed = true;
  }

  /** Numbers a reliable response; consecutive, from anywhere in the lower half of 32 bits (RFC 3262 3). */
  function awaitPrack(entry: Held, dialog: Dialog): number {
    const { request, transaction } = entry;
    dialog.unpracked?.repeating.stop();
    const rseq = (dialog.unpracked?.rseq ?? Number.parseInt(freshName().slice(-6), 16)) + 1;
    const repeating = startRepeating({
      timers,
      cap: Number.POSITIVE_INFINITY,
      repeat: transaction.repeated,
      giveUp: () => refuse(entry, 504),
    });
    dialog.unpracked = { rseq, cseq: cseqOf(request)?.number ?? 0, repeating };
    return rseq;
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
      if (bye && entry.dialog) dialogs.end(entry.dialog);
    }
  }

  /** A caller who has no answer yet waits a moment for the next application. */
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
      entry.patience.stop();
      entry.patience = timers.start(INVITE_PATIENCE_MS, () => refuse(entry, 503));
      const to = { transaction: entry.id, dialog: "", receivedOn: entry.flow.local };
      tell(context, app, entry.flow, entry.request.text, to);
    }
  }

  function present(app: App, dialog: Dialog, request: Request, again: (response: Response | undefined) => void): void {
    const entry: Held = {
      id: freshName(),
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
    respond,
    refuse,
    of: (transaction) => byTransaction.get(transaction),
    silentInvites: () => silentInvites,
    gone,
    count: () => held.size,
  };
}

/** Whether a response with this status begins a dialog (RFC 3261 12.1, RFC 6665 4.2.1). */
function begins({ method }: Request, status: number): boolean {
  return status < 300 && (method === "INVITE" ? status > 100 : SUBSCRIBES.has(method) && status >= 200);
}

/** The id of the dialog a first request begins, or would. */
export function firstDialogId(request: Request): string {
  return dialogId(header(request, "call-id") ?? "", fromTag(request) ?? "");
}
