/** What responses of applications do: to the request that they answer, and to its dialog (RFC 3261 12.1.1, 13.3.1). */
import type { App, SipFrame } from "./app.ts";
import { type Context, meta } from "./context.ts";
import { answeringDialog, type Dialog, keepSdp, refreshTarget } from "./dialog.ts";
import { fillResponse, givenToTag } from "./fill-response.ts";
import { responseEcho } from "./frames.ts";
import { hangUp } from "./hangup.ts";
import { firstDialogId, type Held, type HeldRequests } from "./held.ts";
import { cseqOf, header, type Request, type Response } from "./message.ts";
import { wantsReliable } from "./reliable.ts";
import { startRepeating } from "./repeat.ts";
import { agreeAnswering, type Session, wantedIn } from "./session.ts";
import { keepSession } from "./session-timer.ts";
import { leased, notified, SUBSCRIBES } from "./subscription.ts";
import { T2 } from "./timers.ts";

/** Provisional responses are repeated so often, or proxies on the way give up (RFC 3261 13.3.1.1). */
const REMIND_MS = 60_000;
const TARGET_REFRESH = new Set(["INVITE", "UPDATE", "SUBSCRIBE", "NOTIFY", "REFER"]);

/** Returns where to put the response of an application; false when no request of that name waits. */
export function createAnswering(
  context: Context,
  held: HeldRequests,
): (app: App, frame: SipFrame, response: Response) => boolean {
  const { dialogs, freshName, timers } = context;

  function respond(app: App, frame: SipFrame, response: Response): boolean {
    const entry = meant(frame.transaction, response);
    if (!entry) return false;
    const { request, flow } = entry;
    const { status } = response;
    const invite = request.method === "INVITE";
    held.heardOf(entry);
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
    const entry = held.named(name);
    const cseq = header(response, "cseq");
    if (!entry?.dialog || entry.dialog.confirmed || cseq === undefined || cseq === header(entry.request, "cseq"))
      return entry;
    return held.inside(entry.dialog).find((other) => header(other.request, "cseq") === cseq) ?? entry;
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
    held.release(entry);
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
      for (const entry of held.inside(dialog)) held.refuse(entry, 487);
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
      giveUp: () => held.refuse(entry, 504),
    });
    dialog.unpracked = { rseq, cseq: cseqOf(request)?.number ?? 0, repeating };
    return rseq;
  }

  return respond;
}

/** Whether a response with this status begins a dialog (RFC 3261 12.1, RFC 6665 4.2.1). */
function begins({ method }: Request, status: number): boolean {
  return status < 300 && (method === "INVITE" ? status > 100 : SUBSCRIBES.has(method) && status >= 200);
}
