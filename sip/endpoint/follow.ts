/** What responses to requests of applications do to dialogs (RFC 3261 12.1.2, 13.2.2, 15). */
import type { Context } from "./context.ts";
import { type Dialog, keepSdp, refreshTarget } from "./dialog.ts";
import { dropFork, sendAck } from "./hangup.ts";
import { type Message, readMessage, type Response, toTag } from "./message.ts";
import { type Acknowledging, dialogOf, type Sent } from "./sent.ts";
import { agreedIn } from "./session.ts";
import { keepSession } from "./session-timer.ts";
import { leased, notified, SUBSCRIBES } from "./subscription.ts";

export function followInvite(context: Context, acknowledging: Acknowledging, entry: Sent, response: Response): void {
  const { status } = response;
  if (status >= 200 && entry.dialog) entry.dialog.inviting = undefined;
  if (status < 200 && toTag(response) === undefined) return;
  if (status >= 300) {
    if (entry.dialog && !entry.dialog.confirmed) context.dialogs.end(entry.dialog);
    return;
  }
  if (entry.dialog?.confirmed) refreshTarget(entry.dialog, response);
  else entry.dialog = beginDialog(context, entry, response);
  if (status < 200) return;
  acknowledging.set(entry.dialog, entry);
  keepSession(context, entry.dialog, agreedIn(response));
  keepSdp(entry.dialog, bodyOf(entry.filled.text));
}

/** A fork may ring and another answer: the dialog is the one heard of last, until one is confirmed. */
function beginDialog(context: Context, entry: Sent, response: Response): Dialog {
  const heard = dialogOf(entry, response);
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
  context.dialogs.add(heard);
  return heard;
}

export function followOther(context: Context, entry: Sent, response: Response): void {
  const { dialogs } = context;
  const { filled } = entry;
  const { method } = filled;
  const { status } = response;
  if (status < 200) return;
  if (!entry.dialog && SUBSCRIBES.has(method) && status < 300 && toTag(response) !== undefined) {
    entry.dialog = dialogOf(entry, response);
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

/** Of one INVITE, so many others who answer are released: each is told several times, at an address of his choosing. */
const FORKS = 16;

/** Another copy of the 2xx, or the 2xx of another fork. */
export function answeredAgain(context: Context, entry: Sent, response: Response): void {
  if (entry.filled.method !== "INVITE" || response.status >= 300) return;
  if (toTag(response) === entry.dialog?.remoteTag) return entry.ack?.flow.send(entry.ack.text);
  const fork = dialogOf(entry, response);
  const { forks, filled } = entry;
  if (forks.has(fork.remoteTag)) return void sendAck(context, fork, filled.cseq);
  if (forks.size >= FORKS) return;
  forks.add(fork.remoteTag);
  dropFork(context, fork, filled.cseq);
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
