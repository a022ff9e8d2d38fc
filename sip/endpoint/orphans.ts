/**
 * Calls whose application is gone: those of two go on until one hangs up, of which the next application is told; a caller alone is shown to it as a new
 * call.
 */
import type { App } from "./app.ts";
import { bareRequest, composeInside } from "./compose.ts";
import { type Context, tell } from "./context.ts";
import { type Dialog, refreshTarget } from "./dialog.ts";
import { printEcho } from "./fill-request.ts";
import { type HeldRequests, KEPT } from "./held.ts";
import { callOf, endLeg, hangUp, orphaned, sendAck, UNSERVED } from "./hangup.ts";
import { asDatagram } from "./large.ts";
import { header, printMessage, readMessage, type Request, type Response } from "./message.ts";

/** An application that has just come is given so long until it serves. */
const SETTLE_MS = 1_000;

export interface Orphans {
  /** An application takes calls: it gets the callers nobody serves, in the order in which they came. */
  serve(app: App): void;
  /** Dialogs whose application is gone. */
  count(): number;
}

export function createOrphans(context: Context, held: HeldRequests): Orphans {
  const { dialogs } = context;
  function serve(app: App): void {
    if (context.keep) context.timers.start(SETTLE_MS, () => app.connected() && adopt(app));
  }

  function adopt(app: App): void {
    held.handOver(app);
    const legs = new Map<string, number>();
    for (const dialog of dialogs.all()) legs.set(callOf(dialog), (legs.get(callOf(dialog)) ?? 0) + 1);
    for (const dialog of dialogs.all()) {
      if (!orphaned(dialog) || !dialog.confirmed) continue;
      const isAlone = legs.get(callOf(dialog)) === 1;
      const invite = readMessage(dialog.invite, "length");
      if (invite.kind === "request") (isAlone ? present : follow)(app, dialog, invite);
      // A leg of ours without its caller is nobody's.
      else if (isAlone) endLeg(context, dialog, UNSERVED);
    }
  }

  /** The application hears that the caller of this INVITE talks with somebody, and when that is over; the call stays nobody's. */
  function follow(app: App, dialog: Dialog, { uri }: Request): void {
    if (!context.apps.wanted("NOTIFY")) return;
    let cseq = 0;
    const say = (state: string): void => {
      const lines = [`From: ${dialog.remote}`, `To: ${dialog.local}`, `Call-ID: ${dialog.callId}`];
      lines.push(`CSeq: ${++cseq} NOTIFY`, "Event: dialog", `Subscription-State: ${state}`);
      const text = printMessage(`NOTIFY ${uri} SIP/2.0`, lines, "");
      tell(context, app, dialog.flow, text, { transaction: `${KEPT}${context.freshName()}`, dialog: "" });
    };
    say("active");
    dialog.over = () => say("terminated;reason=noresource");
  }

  function present(app: App, dialog: Dialog, invite: Request, tries = 5): void {
    dialog.app = app;
    held.present(app, dialog, invite, (response) => {
      if (response && response.status < 300) moveTo(dialog, invite, response);
      // Not now.
      else if (response?.status === 503 && tries > 1) later(app, dialog, invite, tries - 1);
      else endLeg(context, dialog, UNSERVED);
    });
  }

  function later(app: App, dialog: Dialog, invite: Request, tries: number): void {
    context.timers.start(SETTLE_MS, () => {
      if (app.connected() && dialogs.get(dialog.id) === dialog) present(app, dialog, invite, tries);
    });
  }

  /** The answer of the application is the offer of an INVITE: the caller has been answered long ago. */
  function moveTo(dialog: Dialog, invite: Request, answer: Response): void {
    const type = header(answer, "content-type");
    const request = { ...bareRequest("INVITE", type === undefined ? {} : { "Content-Type": type }), body: answer.body };
    const composed = composeInside(context, dialog, request);
    if ("refused" in composed) return hangUp(context, dialog, UNSERVED);
    const { filled, flow } = composed;
    dialog.inviting = filled.cseq;
    let answered = false;
    const over = () => {
      dialog.inviting = undefined;
      if (!answered && dialogs.get(dialog.id) === dialog) hangUp(context, dialog, UNSERVED);
    };
    const ackTo = (response: Response) => printEcho(filled, "ACK", { to: header(response, "to") });
    context.transactions.start({ ...filled, ackTo }, flow, {
      response(response) {
        if (response.status < 200) return;
        if (response.status >= 300) return over();
        sendAck(context, dialog, filled.cseq);
        if (answered) return;
        answered = true;
        dialog.inviting = undefined;
        refreshTarget(dialog, response);
        // An application that made the offer waits for its answer.
        acknowledge(dialog, invite, invite.body === "" ? response.body : "");
      },
      timedOut: over,
      broken: () => (asDatagram(context, composed) ? moveTo(dialog, invite, answer) : over()),
      ended() {},
    });
  }

  /** The application waits for the ACK of its answer. */
  function acknowledge(dialog: Dialog, invite: Request, sdp: string): void {
    const cseq = header(invite, "cseq")?.replace("INVITE", "ACK") ?? "";
    const lines = [`From: ${dialog.remote}`, `To: ${dialog.local}`, `Call-ID: ${dialog.callId}`, `CSeq: ${cseq}`];
    if (sdp !== "") lines.push("Content-Type: application/sdp");
    const text = printMessage(`ACK ${invite.uri} SIP/2.0`, lines, sdp);
    tell(context, dialog.app, dialog.flow, text, { transaction: context.freshName(), dialog: dialog.id });
  }

  return { serve, count: () => [...dialogs.all()].filter(orphaned).length };
}
