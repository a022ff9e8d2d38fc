/** Dialogs the endpoint ends on its own account. */
import { NOBODY } from "./client-transaction.ts";
import { bareRequest, composeInside } from "./compose.ts";
import { type Context, meta } from "./context.ts";
import type { Dialog } from "./dialog.ts";
import { sipFrame } from "./frames.ts";
import type { Flow } from "./transport.ts";

/** Says BYE to the peer and shows it to the application, whose answer is not needed. */
export function hangUp(context: Context, dialog: Dialog, reason: string): void {
  const text = sendBye(context, dialog, reason);
  context.dialogs.end(dialog);
  if (text === undefined) return;
  const how = meta(context, "application", dialog.flow, dialog.flow.local, text);
  dialog.app.send(sipFrame(context.freshName(), how, { transaction: "unsolicited", dialog: dialog.id }, text));
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

function sendBye(context: Context, dialog: Dialog, reason: string): string | undefined {
  const bye = bareRequest("BYE", { Reason: `SIP;cause=200;text="${reason}"` });
  const composed = composeInside(context, dialog, bye);
  if ("refused" in composed) return undefined;
  context.transactions.start(composed.filled, composed.flow, NOBODY);
  return composed.filled.text;
}
