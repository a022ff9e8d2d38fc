/** Dialogs the endpoint ends on its own account. */
import { NOBODY } from "./client-transaction.ts";
import { bareRequest, composeInside } from "./compose.ts";
import { type Context, meta } from "./context.ts";
import type { Dialog } from "./dialog.ts";
import { fillRequest, freshBranch } from "./fill-request.ts";
import { sipFrame } from "./frames.ts";
import type { Request } from "./message.ts";
import type { Flow } from "./transport.ts";
import { parseNameAddr, parseUri } from "./uri.ts";

/**
 * Says BYE to the peer and shows it to the application, whose answer is not needed. When there is no way to the peer the
 * application hears of it all the same: its call is over.
 */
export function hangUp(context: Context, dialog: Dialog, reason: string): void {
  const text = sendBye(context, dialog, reason);
  context.dialogs.end(dialog);
  endMates(context, dialog);
  const how = meta(context, "application", dialog.flow, dialog.flow.local, text);
  dialog.app.send(sipFrame(context.freshName(), how, { transaction: "unsolicited", dialog: dialog.id }, text));
}

export const UNSERVED = "nobody serves this call any more";

/** Its application is gone. */
export const orphaned = (dialog: Dialog) => dialog.usage === "call" && !dialog.app.connected();

/** The call a leg is of: the dialog of its caller. */
export const callOf = (dialog: Dialog) => dialog.caller ?? dialog.id;

/** One leg of a call that nobody serves is over: so are the others. */
export function endMates(context: Context, ended: Dialog): void {
  if (!context.keep || !orphaned(ended)) return;
  for (const mate of context.dialogs.all()) {
    if (mate !== ended && callOf(mate) === callOf(ended) && orphaned(mate)) endLeg(context, mate, UNSERVED);
  }
}

/** Says BYE to the peer; nobody is told. */
export function endLeg(context: Context, dialog: Dialog, reason: string): void {
  sendBye(context, dialog, reason);
  context.dialogs.end(dialog);
}

/** A second fork answered: its 2xx must be acknowledged before it can be ended (RFC 3261 13.2.2.4). */
export function dropFork(context: Context, dialog: Dialog, cseq: number): void {
  sendAck(context, dialog, cseq);
  sendBye(context, dialog, "another fork answered");
}

export interface Ack {
  text: string;
  flow: Flow;
}

/** An ACK of our own, without a body; undefined when the peer told no way to it. */
export function sendAck(context: Context, dialog: Dialog, cseq: number): Ack | undefined {
  const composed = composeInside(context, dialog, bareRequest("ACK"), { ackOf: cseq });
  if ("refused" in composed) return undefined;
  const ack = { text: composed.filled.text, flow: composed.flow };
  ack.flow.send(ack.text);
  return ack;
}

/** The BYE that went out, or would have. */
function sendBye(context: Context, dialog: Dialog, reason: string): string {
  const bye = bareRequest("BYE", { Reason: `SIP;cause=200;text="${reason}"` });
  const composed = composeInside(context, dialog, bye);
  if ("refused" in composed) return unsent(context, dialog, bye);
  context.transactions.start(composed.filled, composed.flow, NOBODY);
  return composed.filled.text;
}

function unsent(context: Context, dialog: Dialog, bye: Request): string {
  const { local: from, remote: to, callId } = dialog;
  // A peer whose Contact is none is still somebody.
  const uri = parseUri(dialog.target) ? dialog.target : (parseNameAddr(to)?.uri ?? "");
  const identity = { uri, routes: [], from, to, callId, cseq: dialog.localCseq + 1 };
  return fillRequest(bye, identity, dialog.flow, freshBranch(context.freshName())).text;
}
