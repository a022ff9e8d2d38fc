/** Requests from the network: which are refused at once, and which an application gets. */
import { type Context, tell } from "./context.ts";
import type { Dialog } from "./dialog.ts";
import { ownResponse, statelessTag } from "./fill-response.ts";
import { firstDialogId, type HeldRequests, type Received } from "./held.ts";
import { endMates } from "./hangup.ts";
import { cseqOf, header, type Request, toTag } from "./message.ts";
import { acknowledges } from "./reliable.ts";
import { asksTooLittle, MIN_SE_S } from "./session.ts";
import { createSources } from "./sources.ts";
import { SUBSCRIBES } from "./subscription.ts";
import { inviteOf } from "./transactions.ts";
import type { Flow } from "./transport.ts";

/** Requests anyone may send. Of the others, those of a dialog are 481 without one, the rest 501. */
const OUT_OF_DIALOG = new Set(["INVITE", "REGISTER", "OPTIONS", "MESSAGE", "INFO", "NOTIFY", "PUBLISH", "SUBSCRIBE"]);
const BEGINS = new Set(["INVITE", ...SUBSCRIBES]);
const IN_DIALOG = new Set(["BYE", "UPDATE", "PRACK"]);

/** Returns where to put requests that passed the checks of `faults.ts`; responses to them go over `flow`. */
export function createIncoming(context: Context, held: HeldRequests): (request: Request, flow: Flow) => void {
  const { apps, dialogs, freshName, limits, transactions } = context;
  const sources = createSources(context.clock, { requests: limits.perSource, bytes: limits.bytesPerSource });

  function refuse({ transaction, request }: Received, status: number, more: string[] = []): void {
    transaction.respond(status, ownResponse(request, status, freshName(), more));
  }

  const open = (request: Request, flow: Flow): Received => {
    return { request, flow, transaction: transactions.open(request, flow) };
  };

  function incoming(request: Request, flow: Flow): void {
    if (request.method === "ACK") return ack(request, flow);
    const known = transactions.find(request);
    if (known) return known.repeated();
    if (request.method === "CANCEL") return cancel(request, flow);
    if (toTag(request) === undefined) outsideDialog(request, flow);
    else insideDialog(request, flow);
  }

  function outsideDialog(request: Request, flow: Flow): void {
    const { method } = request;
    const invite = method === "INVITE";
    if (sources.tooMuch(flow.remote.host, request.text.length) || overloaded(invite)) return refuseEarly(request, flow);
    const merged = transactions.merged(request);
    const received = open(request, flow);
    const status = merged ? 482 : refusal(request);
    if (status !== undefined) return refuse(received, status, status === 405 || status === 501 ? [allow()] : []);
    if (invite) received.transaction.respond(100, ownResponse(request, 100, ""));
    const app = apps.next(method);
    if (app) held.give(app, received, undefined);
    else refuse(received, 503);
  }

  function refusal(request: Request): number | undefined {
    const { method } = request;
    // Only calls go on from here, to another leg; what asks about us is answered with no hop left (11).
    if (method === "INVITE" && Number(header(request, "max-forwards") ?? 70) === 0) return 483;
    // Applications could not tell a second dialog of that name.
    if (BEGINS.has(method) && dialogs.get(firstDialogId(request)) !== undefined) return 482;
    if (OUT_OF_DIALOG.has(method) || apps.wanted(method)) return undefined;
    if (IN_DIALOG.has(method)) return 481;
    return method === "REFER" ? 405 : 501;
  }

  function overloaded(invite: boolean): boolean {
    const { server, bytes } = transactions.count();
    if (server >= limits.transactions || bytes >= limits.keptBytes) return true;
    return invite && (held.silentInvites() >= limits.pendingInvites || dialogs.count() >= limits.dialogs);
  }

  /** Answers without remembering anything. */
  function answerOnly(request: Request, flow: Flow, status: number, more: string[] = []): void {
    flow.send(ownResponse(request, status, statelessTag(request), more));
  }

  function refuseEarly(request: Request, flow: Flow): void {
    context.log({ kind: "overload", pending: held.silentInvites() });
    answerOnly(request, flow, 503, ["Retry-After: 5"]);
  }

  function allow(): string {
    return `Allow: ${[...new Set([...apps.methods(), "ACK", "BYE", "CANCEL"])].join(", ")}`;
  }

  function insideDialog(request: Request, flow: Flow): void {
    if (dialogs.of(request)) return follow(open(request, flow));
    let received: Received | undefined;
    // A NOTIFY may be faster than the answer to its SUBSCRIBE (RFC 6665 4.1.2.4).
    if (request.method === "NOTIFY" && dialogs.wait(request, () => received && follow(received))) {
      received = open(request, flow);
    } else answerOnly(request, flow, 481); // anybody can name a dialog that is none: that must cost no memory
  }

  function follow(received: Received): void {
    const { request } = received;
    const dialog = dialogs.of(request);
    if (!dialog) return refuse(received, 481);
    const cseq = cseqOf(request)?.number ?? 0;
    // An older request than the last is out of order (12.2.2).
    if (dialog.remoteCseq !== undefined && cseq <= dialog.remoteCseq) return refuse(received, 500);
    dialog.remoteCseq = cseq;
    if (dialog.confirmed && asksTooLittle(request)) return refuse(received, 422, [`Min-SE: ${MIN_SE_S}`]);
    if (request.method === "PRACK" && !pracked(dialog, request)) return refuse(received, 481);
    if (request.method === "INVITE") {
      if (dialog.inviting !== undefined) return refuse(received, 491);
      if (dialog.invited !== undefined) return refuse(received, 500, ["Retry-After: 1"]);
      received.transaction.respond(100, ownResponse(request, 100, ""));
    }
    if (!dialog.app.connected()) return unserved(dialog, received);
    if (request.method === "BYE" && held.withdraw(dialog)) {
      refuse(received, 200);
      return dialogs.end(dialog);
    }
    if (request.method === "INVITE") dialog.invited = cseq;
    held.give(dialog.app, received, dialog);
  }

  function pracked(dialog: Dialog, request: Request): boolean {
    const { unpracked } = dialog;
    if (!unpracked || !acknowledges(request, unpracked.rseq, unpracked.cseq)) return false;
    unpracked.repeating.stop();
    return true;
  }

  /** The application is gone, the call is not: only the peer can end it now. */
  function unserved(dialog: Dialog, received: Received): void {
    const bye = received.request.method === "BYE";
    refuse(received, bye ? 200 : 480);
    if (!bye) return;
    dialogs.end(dialog);
    endMates(context, dialog);
  }

  function ack(request: Request, flow: Flow): void {
    if (transactions.find(request)?.acked()) return;
    const dialog = dialogs.of(request);
    const answer = dialog?.unacknowledged;
    if (!dialog || !answer || answer.cseq !== cseqOf(request)?.number) return;
    dialog.unacknowledged = undefined;
    answer.repeating.stop();
    tell(context, dialog.app, flow, request.text, { transaction: answer.transaction, dialog: dialog.id });
    for (const proceed of answer.afterwards) proceed();
  }

  function cancel(request: Request, flow: Flow): void {
    const invite = inviteOf(transactions, request);
    if (!invite) return answerOnly(request, flow, 481);
    const received = open(request, flow);
    const entry = held.of(invite);
    received.transaction.respond(200, ownResponse(request, 200, entry?.toTag ?? freshName()));
    if (!entry) return;
    held.refuse(entry, 487);
    tell(context, entry.app, flow, request.text, { transaction: entry.id, dialog: entry.dialog?.id ?? "" });
  }

  return incoming;
}
