/** Requests of applications to the network, and the responses they get. */
import type { App, SipFrame } from "./app.ts";
import { type ClientTransaction, NOBODY } from "./client-transaction.ts";
import { type Composed, composeInside, composeNew, faultOfNew } from "./compose.ts";
import { type Context, meta, tell } from "./context.ts";
import { askingDialog, type Dialog, dialogId, keepSdp, refreshTarget } from "./dialog.ts";
import { type Filled, inventResponse, printEcho } from "./fill-request.ts";
import { REASONS } from "./fill-response.ts";
import { requestEcho, verdict } from "./frames.ts";
import { type Ack, dropFork, hangUp, sendAck } from "./hangup.ts";
import { CALLER, otherLines } from "./lines.ts";
import { header, type Message, type Request, type Response, readMessage, toTag } from "./message.ts";
import { agreedIn, wantedIn } from "./session.ts";
import { keepSession } from "./session-timer.ts";
import { leased, notified, SUBSCRIBES } from "./subscription.ts";
import { type Refused, waysTo, withTransportOf } from "./target.ts";
import { T1, T1_TIMES_64 } from "./timers.ts";
import type { Flow } from "./transport.ts";

/** A request of an application, as long as responses to it may come. */
interface Sent {
  id: string;
  app: App;
  filled: Filled;
  flow: Flow;
  transaction: ClientTransaction | undefined;
  dialog: Dialog | undefined;
  /** Where it may go if nobody answers here. */
  elsewhere: Elsewhere | undefined;
  /** The dialog of the caller it is made for. */
  caller: string | undefined;
  /** What the application asks for of session timers. */
  wanted: number | undefined;
  /** A CANCEL is held until a provisional response allows it on the wire (RFC 3261 9.1). */
  cancel: "none" | "held" | "sent";
  cancelText: string;
  /** The ACK of a 2xx, said again for every copy of that. */
  ack: Ack | undefined;
  /** It has its final response. */
  answered: boolean;
}

/** Further ways to the same name (RFC 3263 4.3). */
interface Elsewhere {
  message: Request;
  ways: (() => Flow)[];
}

/** What a request is made for. */
interface For {
  dialog?: Dialog;
  elsewhere?: Elsewhere;
  caller?: string;
  wanted?: number;
}

/** Where there is somewhere else to go, an address that says nothing in so long is given up. */
const TRY_MS = 4_000;

export interface Outgoing {
  request(app: App, frame: SipFrame, message: Request): void;
  /** Calls off what a vanished application began. */
  gone(app: App): void;
  count(): number;
}

const CANCEL_RACE = "ACK-BYE due to cancel race condition";

export function createOutgoing(context: Context): Outgoing {
  const { dialogs, freshName, timers, transactions } = context;
  const sent = new Map<string, Sent>();
  /** The INVITE whose 2xx the next ACK in a dialog is for. */
  const acknowledging = new Map<Dialog, Sent>();

  const nok = (app: App, frame: SipFrame, why: string) => app.send(verdict(freshName(), frame.id, "NOK", why));

  function echo(app: App, frame: SipFrame, id: string, { text, flow }: Ack): void {
    app.send(requestEcho(freshName(), frame.id, meta(context, "application", flow, flow.local, text), id, text));
  }

  function request(app: App, frame: SipFrame, message: Request): void {
    if (message.method === "CANCEL") return cancel(app, frame, message);
    if (message.method === "ACK") return acknowledge(app, frame, message);
    if (frame.dialog !== "") return insideDialog(app, frame, message);
    const fault = faultOfNew(message, frame.route);
    if (fault) return nok(app, frame, fault.refused);
    const ways = waysTo(frame.route === "" ? message.uri : withTransportOf(frame.route, message.uri), context);
    const go = (found: (() => Flow)[] | Refused) => {
      if ("refused" in found) return nok(app, frame, found.refused);
      const [first, ...others] = found;
      const elsewhere = others.length > 0 ? { message, ways: others } : undefined;
      start(app, frame, composeNew(context, message, first!()), {
        elsewhere,
        caller: header(message, CALLER),
        wanted: wantedIn(message),
      });
    };
    if (!(ways instanceof Promise)) return go(ways);
    // A name is asked for first. An application that is gone by then wants it no more.
    void ways.then((found) => context.guard(() => app.connected() && go(found)));
  }

  function insideDialog(app: App, frame: SipFrame, message: Request): void {
    const dialog = dialogs.get(frame.dialog);
    if (!dialog) return nok(app, frame, "Server error: unable to find dialog for dialog id provided");
    if (message.method === "INVITE" && dialog.refreshing) {
      dialog.refreshing.push(() => app.connected() && insideDialog(app, frame, message));
      return;
    }
    const composed = composeInside(context, dialog, message, { route: frame.route });
    if ("refused" in composed) {
      // A peer there is no way to cannot be told: for the application, who wants it so, the call ends here.
      if (message.method === "BYE") dialogs.end(dialog);
      return nok(app, frame, composed.refused);
    }
    dialog.app = app;
    if (message.method === "INVITE") {
      dialog.inviting = dialog.localCseq;
      acknowledging.delete(dialog);
    }
    start(app, frame, composed, { dialog });
  }

  function start(
    app: App,
    frame: SipFrame,
    { filled, flow }: Composed,
    { dialog, elsewhere, caller, wanted }: For,
  ): void {
    const entry: Sent = {
      id: freshName(),
      app,
      filled,
      flow,
      transaction: undefined,
      dialog,
      elsewhere,
      caller,
      wanted,
      cancel: "none",
      cancelText: "",
      ack: undefined,
      answered: false,
    };
    sent.set(entry.id, entry);
    if (!dialog && SUBSCRIBES.has(filled.method)) dialogs.expect(dialogId(filled.callId, filled.fromTag));
    // The application must know its request before it can hear of a response.
    echo(app, frame, entry.id, { text: filled.text, flow });
    // A BYE waits for the ACK of our 2xx (RFC 3261 15).
    if (filled.method === "BYE" && dialog?.unacknowledged) dialog.unacknowledged.afterwards.push(() => launch(entry));
    else launch(entry);
  }

  function launch(entry: Sent): void {
    const { method, branch, text } = entry.filled;
    /** What comes of a way that was left concerns nobody. */
    const mine = (work: () => unknown) => () => void (entry.filled.branch === branch && work());
    const transaction = transactions.start({ method, branch, text, ackTo: ackOf(entry.filled) }, entry.flow, {
      response: (response) =>
        mine(() => (response.status === 503 && goElsewhere(entry)) || received(entry, response))(),
      timedOut: mine(() => goElsewhere(entry) || invent(entry, 408, REASONS[408]!)),
      broken: (why) => mine(() => goElsewhere(entry) || invent(entry, 503, why))(),
      ended: mine(() => {
        sent.delete(entry.id);
        if (entry.dialog && acknowledging.get(entry.dialog) === entry) acknowledging.delete(entry.dialog);
      }),
    });
    // A way that fails at once has been left already.
    mine(() => {
      entry.transaction = transaction;
      if (entry.elsewhere)
        timers.start(
          TRY_MS,
          mine(() => silent(entry)),
        );
    })();
  }

  function silent(entry: Sent): void {
    const before = entry.transaction;
    const heard = before?.state() !== "calling" && before?.state() !== "trying";
    if (!heard && goElsewhere(entry)) before?.abandon();
  }

  /** Says the request again on the next way to its name; false when there is none, somebody has begun to answer, or nobody wants it. */
  function goElsewhere(entry: Sent): boolean {
    const { elsewhere, filled, flow } = entry;
    const [next, ...others] = elsewhere?.ways ?? [];
    if (!elsewhere || !next || entry.cancel !== "none" || entry.dialog) return false;
    context.shunned.add(flow.remote);
    entry.elsewhere = others.length > 0 ? { ...elsewhere, ways: others } : undefined;
    Object.assign(entry, composeNew(context, elsewhere.message, next(), filled));
    launch(entry);
    return true;
  }

  function received(entry: Sent, response: Response): void {
    const { status } = response;
    if (entry.answered) return answeredAgain(entry, response);
    if (status >= 200) {
      entry.answered = true;
    } else if (entry.cancel === "held") sendCancel(entry);
    const { method, callId, fromTag } = entry.filled;
    if (method === "INVITE") followInvite(entry, response);
    else followOther(entry, response);
    // It lives on for half a minute; its text does not.
    if (status >= 200) entry.filled = { ...entry.filled, text: "" };
    if (status === 100) return;
    const first = dialogId(callId, fromTag);
    const begins = method === "INVITE" || SUBSCRIBES.has(method);
    const name = entry.dialog?.id ?? (begins ? first : "");
    tell(context, entry.app, entry.flow, response.text, { transaction: entry.id, dialog: name });
    if (status >= 200 && SUBSCRIBES.has(method)) dialogs.known(first);
    // The application acknowledges at once; when it does not, we do.
    if (entry.cancel !== "none" && status >= 200 && status < 300) timers.start(T1, () => hangUpLate(entry));
  }

  function followInvite(entry: Sent, response: Response): void {
    const { status } = response;
    if (status >= 200 && entry.dialog) entry.dialog.inviting = undefined;
    if (status < 200 && toTag(response) === undefined) return;
    if (status >= 300) {
      if (entry.dialog && !entry.dialog.confirmed) dialogs.end(entry.dialog);
      return;
    }
    if (entry.dialog?.confirmed) refreshTarget(entry.dialog, response);
    else entry.dialog = beginDialog(entry, response);
    if (status < 200) return;
    acknowledging.set(entry.dialog, entry);
    keepSession(context, entry.dialog, agreedIn(response));
    keepSdp(entry.dialog, bodyOf(entry.filled.text));
  }

  /** A fork may ring and another answer: the dialog is the one heard of last, until one is confirmed. */
  function beginDialog(entry: Sent, response: Response): Dialog {
    const heard = askingDialog(entry.filled, response, entry.flow, entry.app);
    const { dialog } = entry;
    if (dialog?.remoteTag === heard.remoteTag) {
      dialog.target = heard.target || dialog.target;
      dialog.routes = heard.routes;
      dialog.confirmed = heard.confirmed;
      return dialog;
    }
    heard.caller = entry.caller;
    heard.wanted = entry.wanted;
    heard.localCseq = Math.max(dialog?.localCseq ?? 0, heard.localCseq);
    dialogs.add(heard);
    return heard;
  }

  function followOther(entry: Sent, response: Response): void {
    const { filled } = entry;
    const { method } = filled;
    const { status } = response;
    if (status < 200) return;
    if (!entry.dialog && SUBSCRIBES.has(method) && status < 300 && toTag(response) !== undefined) {
      entry.dialog = askingDialog(filled, response, entry.flow, entry.app);
      dialogs.add(entry.dialog);
    }
    const { dialog } = entry;
    if (!dialog) return;
    if ((method === "UPDATE" || method === "SUBSCRIBE") && status < 300) refreshTarget(dialog, response);
    if (method === "UPDATE" && status < 300 && dialog.confirmed) keepSession(context, dialog, agreedIn(response));
    if (SUBSCRIBES.has(method) && status < 300) leased(context, dialog, method, requestIn(filled.text), response);
    if (method === "NOTIFY" && status < 300) notified(context, dialog, requestIn(filled.text));
    // A subscription nobody knows any more is none (RFC 6665 4.1.2.2, 4.2.2).
    if (dialog.usage === "subscription" && (status === 481 || status === 408)) dialogs.end(dialog);
    if (method === "BYE" && status !== 401 && status !== 407) dialogs.end(dialog);
  }

  /** Another copy of the 2xx, or the 2xx of another fork. */
  function answeredAgain(entry: Sent, response: Response): void {
    if (entry.filled.method !== "INVITE" || response.status >= 300) return;
    if (toTag(response) === entry.dialog?.remoteTag) return entry.ack?.flow.send(entry.ack.text);
    dropFork(context, askingDialog(entry.filled, response, entry.flow, entry.app), entry.filled.cseq);
  }

  /** Lets the application hear a response nobody sent. */
  function invent(entry: Sent, status: number, reason: string): void {
    const response = readMessage(inventResponse(entry.filled, status, reason, freshName()), "length");
    if (response.kind === "response" && !entry.answered) received(entry, response);
  }

  function acknowledge(app: App, frame: SipFrame, message: Request): void {
    const dialog = dialogs.get(frame.dialog);
    const entry = dialog && acknowledging.get(dialog);
    if (!dialog || !entry) {
      return nok(app, frame, "Server error: ACK for non-success final response is automatically generated by server");
    }
    const headers = [...message.headers, ...entry.filled.credentials];
    const composed = composeInside(context, dialog, { ...message, headers }, { ackOf: entry.filled.cseq });
    if ("refused" in composed) return nok(app, frame, composed.refused);
    entry.ack = { text: composed.filled.text, flow: composed.flow };
    entry.ack.flow.send(entry.ack.text);
    keepSdp(dialog, message.body);
    echo(app, frame, freshName(), entry.ack);
    if (entry.cancel !== "none") hangUp(context, dialog, CANCEL_RACE);
  }

  /** The peer answered what was called off: it gets its ACK, then the BYE (RFC 3261 15). */
  function hangUpLate(entry: Sent): void {
    const { dialog } = entry;
    if (!dialog || dialogs.get(dialog.id) !== dialog) return;
    entry.ack ??= sendAck(context, dialog, entry.filled.cseq);
    hangUp(context, dialog, CANCEL_RACE);
  }

  function cancel(app: App, frame: SipFrame, message: Request): void {
    const entry = sent.get(frame.transaction);
    if (!entry || entry.filled.method !== "INVITE") {
      return nok(app, frame, `unable to cancel unknown transaction id: ${frame.transaction}`);
    }
    const text = printEcho(entry.filled, "CANCEL", { lines: otherLines(message.headers, entry.flow) });
    echo(app, frame, freshName(), { text, flow: entry.flow });
    callOff(entry, text);
  }

  function callOff(entry: Sent, text: string): void {
    if (entry.answered || entry.cancel !== "none") return;
    entry.cancel = "held";
    entry.cancelText = text;
    if (entry.transaction?.state() === "proceeding") sendCancel(entry);
  }

  function sendCancel(entry: Sent): void {
    entry.cancel = "sent";
    const { filled, flow, cancelText } = entry;
    transactions.start({ method: "CANCEL", branch: filled.branch, text: cancelText }, flow, NOBODY);
    // Without a final response to the INVITE in 32 s it counts as cancelled (RFC 3261 9.1).
    timers.start(T1_TIMES_64, () => {
      invent(entry, 487, REASONS[487]!);
      entry.transaction?.abandon();
    });
  }

  function gone(app: App): void {
    for (const entry of sent.values()) {
      if (entry.app !== app || entry.filled.method !== "INVITE") continue;
      if (!entry.answered) callOff(entry, printEcho(entry.filled, "CANCEL", {}));
      else if (!entry.ack) hangUpLate(entry);
    }
  }

  return { request, gone, count: () => sent.size };
}

/** Made apart from what lives on for half a minute, which would keep the request's text. */
function ackOf(filled: Filled): (response: Response) => string {
  return (response) => printEcho(filled, "ACK", { to: header(response, "to") });
}

/** A message of our own, read again. */
function requestIn(text: string): Message {
  const message = readMessage(text, "rest");
  if (message.kind === "unreadable") throw new Error(`our own request is ${message.why}`);
  return message;
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf("\r\n\r\n") + 4);
}
