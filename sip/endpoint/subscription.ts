/** Subscriptions as dialogs (RFC 6665, and RFC 3515 for REFER): what begins one, how long it lasts, what ends it. */
import type { Context } from "./context.ts";
import type { Dialog } from "./dialog.ts";
import { secondsIn, startLease } from "./lease.ts";
import { header, type Message } from "./message.ts";
import { T1_TIMES_64 } from "./timers.ts";
import { param } from "./uri.ts";

/** A 2xx to one of them begins a subscription. */
export const SUBSCRIBES = new Set(["SUBSCRIBE", "REFER"]);

const UNLESS_TOLD_S: Record<string, number> = { SUBSCRIBE: 3_600, REFER: 180 };
/** What was not renewed is forgotten a transaction's time after it ran out: its last NOTIFY may be under way. */
const GRACE_S = T1_TIMES_64 / 1_000;

/** It lasts as long as the 2xx says, else the request. */
export function leased(context: Context, dialog: Dialog, method: string, request: Message, answer: Message): void {
  const told = secondsIn(header(answer, "expires")) ?? secondsIn(header(request, "expires"));
  lease(context, dialog, told ?? UNLESS_TOLD_S[method] ?? 0);
}

/** What a NOTIFY says of the subscription, once it is answered. A call goes on whatever becomes of its subscriptions. */
export function notified(context: Context, dialog: Dialog, notify: Message): void {
  if (dialog.usage === "call") return;
  const [state = "", ...rest] = (header(notify, "subscription-state") ?? "").split(";");
  if (state.trim().toLowerCase() === "terminated") return context.dialogs.end(dialog);
  const expires = secondsIn(param(rest.map((each) => `;${each}`).join(""), "expires"));
  if (expires !== undefined) lease(context, dialog, expires);
}

function lease(context: Context, dialog: Dialog, seconds: number): void {
  dialog.lease?.stop();
  if (dialog.usage === "call") return;
  dialog.lease = startLease(context.timers, seconds + GRACE_S, () => context.dialogs.end(dialog));
}
