/** Requests of applications to the network, and the responses they get. */
import type { App, SipFrame } from "./app.ts";
import { CANCEL_RACE, callOff, hangUpLate, sendCancel } from "./call-off.ts";
import { composeInside, composeNew, faultOfNew } from "./compose.ts";
import { type Context, meta, tell } from "./context.ts";
import { type Dialog, dialogId, keepSdp } from "./dialog.ts";
import { inventResponse, printEcho } from "./fill-request.ts";
import { REASONS } from "./fill-response.ts";
import { answeredAgain, followInvite, followOther } from "./follow.ts";
import { requestEcho, verdict } from "./frames.ts";
import { type Ack, hangUp, sendAck } from "./hangup.ts";
import { type Sendable, withoutText } from "./large.ts";
import { launch } from "./launch.ts";
import { CALLER, otherLines } from "./lines.ts";
import { header, type Request, type Response, readMessage } from "./message.ts";
import type { Acknowledging, Elsewhere, Sent } from "./sent.ts";
import { wantedIn } from "./session.ts";
import { SUBSCRIBES } from "./subscription.ts";
import { type Refused, waysTo, withTransportOf } from "./target.ts";
import { T1 } from "./timers.ts";
import type { Flow } from "./transport.ts";

/** What a request is made for. */
interface For {
  dialog?: Dialog;
  elsewhere?: Elsewhere;
  caller?: string;
  wanted?: number;
}

export interface Outgoing {
  request(app: App, frame: SipFrame, message: Request): void;
  /** Calls off what a vanished application began. */
  gone(app: App): void;
  count(): number;
}

export function createOutgoing(context: Context): Outgoing {
  const { dialogs, freshName, timers } = context;
  const sent = new Map<string, Sent>();
  const acknowledging: Acknowledging = new Map();

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

  function start(app: App, frame: SipFrame, composed: Sendable, { dialog, elsewhere, caller, wanted }: For): void {
    const { filled, flow } = composed;
    const entry: Sent = {
      ...composed,
      id: freshName(),
      app,
      transaction: undefined,
      dialog,
      inside: dialog !== undefined,
      elsewhere,
      caller,
      wanted,
      cancel: "none",
      cancelText: "",
      ack: undefined,
      answered: false,
      forks: new Set(),
    };
    sent.set(entry.id, entry);
    if (!dialog && SUBSCRIBES.has(filled.method)) dialogs.expect(dialogId(filled.callId, filled.fromTag));
    // The application must know its request before it can hear of a response.
    echo(app, frame, entry.id, { text: filled.text, flow });
    const go = () =>
      launch(context, entry, {
        response: (response) => received(entry, response),
        missed: (status, reason) => invent(entry, status, reason),
        ended() {
          sent.delete(entry.id);
          // An application that has not acknowledged by then never will: it could not read the answer, say.
          if (!dialog && entry.filled.method === "INVITE" && entry.answered && !entry.ack) hangUpLate(context, entry);
          if (entry.dialog && acknowledging.get(entry.dialog) === entry) acknowledging.delete(entry.dialog);
        },
      });
    // A BYE waits for the ACK of our 2xx (RFC 3261 15).
    if (filled.method === "BYE" && dialog?.unacknowledged) dialog.unacknowledged.afterwards.push(go);
    else go();
  }

  function received(entry: Sent, response: Response): void {
    const { status } = response;
    if (entry.answered) return answeredAgain(context, entry, response);
    if (status >= 200) {
      entry.answered = true;
    } else if (entry.cancel === "held") sendCancel(context, entry, () => giveUp(entry));
    const { method, callId, fromTag } = entry.filled;
    if (method === "INVITE") {
      followInvite(context, acknowledging, entry, response);
      if (entry.inside && !entry.app.connected()) stay(entry);
    } else followOther(context, entry, response);
    // It lives on for half a minute; its text does not.
    if (status >= 200) Object.assign(entry, withoutText(entry));
    if (status === 100) return;
    const first = dialogId(callId, fromTag);
    const begins = method === "INVITE" || SUBSCRIBES.has(method);
    const name = entry.dialog?.id ?? (begins ? first : "");
    tell(context, entry.app, entry.flow, response.text, { transaction: entry.id, dialog: name });
    if (status >= 200 && SUBSCRIBES.has(method)) dialogs.known(first);
    // The application acknowledges at once; when it does not, we do.
    if (entry.cancel !== "none" && status >= 200 && status < 300) timers.start(T1, () => hangUpLate(context, entry));
  }

  /** Lets the application hear a response nobody sent. */
  function invent(entry: Sent, status: number, reason: string): void {
    const response = readMessage(inventResponse(entry.filled, status, reason, freshName()), "length");
    if (response.kind === "response" && !entry.answered) received(entry, response);
  }

  /** It was called off, and no final response has come of that. */
  const giveUp = (entry: Sent) => invent(entry, 487, REASONS[487]!);

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

  function cancel(app: App, frame: SipFrame, message: Request): void {
    const entry = sent.get(frame.transaction);
    if (!entry || entry.filled.method !== "INVITE") {
      return nok(app, frame, `unable to cancel unknown transaction id: ${frame.transaction}`);
    }
    const text = printEcho(entry.filled, "CANCEL", { lines: otherLines(message.headers, entry.flow) });
    echo(app, frame, freshName(), { text, flow: entry.flow });
    callOff(context, entry, text, () => giveUp(entry));
  }

  function gone(app: App): void {
    for (const entry of sent.values()) {
      if (entry.app !== app || entry.filled.method !== "INVITE" || entry.ack) continue;
      if (entry.inside) {
        stay(entry);
        continue;
      }
      alone(entry);
      if (!entry.answered) callOff(context, entry, printEcho(entry.filled, "CANCEL", {}), () => giveUp(entry));
      else hangUpLate(context, entry);
    }
  }

  /** Who was being led elsewhere stays where that leaves him, once he has agreed or refused: his call goes on. */
  function stay(entry: Sent): void {
    const { dialog, filled } = entry;
    if (dialog && acknowledging.get(dialog) === entry) entry.ack ??= sendAck(context, dialog, filled.cseq);
  }

  /** What becomes of whom nobody wants any more does nothing to his caller, who is kept. */
  function alone(entry: Sent): void {
    if (entry.caller === undefined) return;
    entry.caller = undefined;
    if (entry.dialog) entry.dialog.caller = undefined;
  }

  return { request, gone, count: () => sent.size };
}
