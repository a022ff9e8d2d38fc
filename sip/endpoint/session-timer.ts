/** Keeps to what was agreed of sessions (RFC 4028 10): refreshes them in time, ends those nobody refreshed. */
import { bareRequest, composeInside } from "./compose.ts";
import type { Context } from "./context.ts";
import type { Dialog } from "./dialog.ts";
import { printEcho } from "./fill-request.ts";
import { hangUp, sendAck } from "./hangup.ts";
import { asDatagram } from "./large.ts";
import { secondsIn, startLease } from "./lease.ts";
import { header, type Response } from "./message.ts";
import { agreedIn, MIN_SE_S, type Session, sessionHeaders } from "./session.ts";

/** After a crossing with an offer of the peer (RFC 3261 14.1). */
const AGAIN_S = 3;
const EXPIRED = "Session timer expired";

/** From now on, by the 2xx of an INVITE or UPDATE; undefined: nothing is agreed, and it does not run out unless the application wants that. */
export function keepSession(context: Context, dialog: Dialog, agreed: Session | undefined): void {
  const { wanted } = dialog;
  const session: Session | undefined =
    agreed ??
    (wanted === undefined ? undefined : { seconds: Math.max(MIN_SE_S, wanted), refresher: "we", alone: true });
  dialog.sessionTimer?.stop();
  dialog.sessionTimer = undefined;
  dialog.session = session;
  if (!session) return;
  const { seconds, refresher } = session;
  // Whoever waits hangs up a little earlier, so that it is he and not the other (10).
  const wait = refresher === "we" ? Math.floor(seconds / 2) : seconds - Math.min(32, Math.floor(seconds / 3));
  const due = refresher === "we" ? () => refresh(context, dialog, seconds) : () => hangUp(context, dialog, EXPIRED);
  dialog.sessionTimer = startLease(context.timers, wait, due);
}

/**
 * An UPDATE without a body where the peer takes it, for that offers nothing; else an INVITE with the session as it is. The application
 * is not told: nothing changes.
 */
function refresh(context: Context, dialog: Dialog, seconds: number): void {
  if (dialog.inviting !== undefined || dialog.invited !== undefined || dialog.unacknowledged) {
    return again(context, dialog, seconds);
  }
  const update = dialog.peerUpdates || dialog.localSdp === "";
  const request = bareRequest(update ? "UPDATE" : "INVITE");
  const headers = sessionHeaders(request, { seconds, refresher: "we" });
  const composed = composeInside(context, dialog, { ...request, headers, body: update ? "" : dialog.localSdp });
  if ("refused" in composed) return hangUp(context, dialog, EXPIRED);
  const { filled, flow } = composed;
  if (!update) {
    dialog.inviting = filled.cseq;
    dialog.refreshing = [];
  }
  const ended = () => {
    if (dialog.inviting === filled.cseq) dialog.inviting = undefined;
    const waiting = dialog.refreshing ?? [];
    dialog.refreshing = undefined;
    for (const proceed of waiting) proceed();
  };
  let answered = false;
  const ackTo = (response: Response) => printEcho(filled, "ACK", { to: header(response, "to") });
  context.transactions.start({ ...filled, ackTo }, flow, {
    response(response) {
      if (response.status < 200) return;
      if (response.status < 300 && !update) sendAck(context, dialog, filled.cseq);
      if (answered) return;
      answered = true;
      ended();
      followRefresh(context, dialog, seconds, response);
    },
    timedOut() {
      ended();
      if (alive(context, dialog)) hangUp(context, dialog, EXPIRED);
    },
    broken() {
      ended();
      asDatagram(context, composed);
      again(context, dialog, seconds);
    },
    ended() {},
  });
}

function followRefresh(context: Context, dialog: Dialog, seconds: number, response: Response): void {
  if (!alive(context, dialog)) return;
  const { status } = response;
  if (status < 300) return keepSession(context, dialog, agreedIn(response));
  // The peer has lost the call (10).
  if (status === 481 || status === 408) return hangUp(context, dialog, EXPIRED);
  if (status === 422)
    return refresh(context, dialog, Math.max(seconds, secondsIn(header(response, "min-se")) ?? MIN_SE_S));
  if (status === 491) return again(context, dialog, seconds);
  if (dialog.session?.alone) return keepSession(context, dialog, dialog.session);
  // Refused for another reason: the call goes on for as long as was agreed.
  dialog.sessionTimer = startLease(context.timers, Math.ceil(seconds / 2), () => hangUp(context, dialog, EXPIRED));
}

function again(context: Context, dialog: Dialog, seconds: number): void {
  if (!alive(context, dialog)) return;
  dialog.sessionTimer = startLease(context.timers, AGAIN_S, () => refresh(context, dialog, seconds));
}

function alive(context: Context, dialog: Dialog): boolean {
  return context.dialogs.get(dialog.id) === dialog;
}
