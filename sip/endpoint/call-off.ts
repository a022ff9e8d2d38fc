/** INVITEs that are wanted no more (RFC 3261 9.1, 15). */
import { NOBODY } from "./client-transaction.ts";
import type { Context } from "./context.ts";
import { hangUp, sendAck } from "./hangup.ts";
import type { Sent } from "./sent.ts";
import { T1_TIMES_64 } from "./timers.ts";

export const CANCEL_RACE = "ACK-BYE due to cancel race condition";

/** `giveUp`: no final response has come of it. */
export function callOff(context: Context, entry: Sent, text: string, giveUp: () => void): void {
  if (entry.answered || entry.cancel !== "none") return;
  entry.cancel = "held";
  entry.cancelText = text;
  if (entry.transaction?.state() === "proceeding") sendCancel(context, entry, giveUp);
}

export function sendCancel({ timers, transactions }: Context, entry: Sent, giveUp: () => void): void {
  entry.cancel = "sent";
  const { filled, flow, cancelText } = entry;
  transactions.start({ method: "CANCEL", branch: filled.branch, text: cancelText }, flow, NOBODY);
  // Without a final response to the INVITE in 32 s it counts as cancelled (RFC 3261 9.1).
  timers.start(T1_TIMES_64, () => {
    giveUp();
    entry.transaction?.abandon();
  });
}

/** The peer answered what was called off: it gets its ACK, then the BYE (RFC 3261 15). */
export function hangUpLate(context: Context, entry: Sent): void {
  const { dialog } = entry;
  if (!dialog || context.dialogs.get(dialog.id) !== dialog) return;
  entry.ack ??= sendAck(context, dialog, entry.filled.cseq);
  hangUp(context, dialog, CANCEL_RACE);
}
