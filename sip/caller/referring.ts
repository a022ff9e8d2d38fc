import type { Command } from "../../runtime/index.ts";
import { headersAlong } from "../party/along.ts";
import type { Board, LiveCall, Referring } from "../call.ts";
import { progressOf } from "../dialog/refer.ts";
import type { SipRequest } from "../dialog/srf.ts";

type Refer = Extract<Command, { type: "refer" }>;
type Outcome = "accepted" | "refused" | "failed";

/** Whoever accepts a REFER owes a NOTIFY at once (RFC 3515 2.4.4); after that his subscription says how long it may take. */
const FIRST_MS = 32_000;
const NEXT_MS = 60_000;
const LONGEST_MS = 180_000;

/** Has the caller's own network call somebody; his leg stays until it has. → `refer.ended` */
export async function startRefer(board: Board, call: LiveCall, { task, to, along }: Refer): Promise<void> {
  const { leg } = call;
  let timer = setTimeout(() => ended("failed", 408), FIRST_MS);
  const referring: Referring = {
    notified(notify) {
      const progress = progressOf(notify);
      if (!progress) return;
      const { status, over } = progress;
      if (status >= 200) return ended(status < 300 ? "accepted" : "failed", status);
      if (over) return ended("failed");
      clearTimeout(timer);
      timer = setTimeout(() => ended("failed", 408), patienceOf(notify));
    },
  };
  call.referring = referring;
  const ended = (outcome: Outcome, sip?: number): void => {
    clearTimeout(timer);
    if (call.referring !== referring) return;
    call.referring = undefined;
    if (!call.ended) board.deliver({ type: "refer.ended", call: call.id, task, outcome, sip });
  };
  if (!leg) return ended("failed");
  const headers = along ? headersAlong(board.directory, call.trunk, along) : {};
  const status = await leg.request("REFER", { ...headers, "Refer-To": `<${referTo(to, headers["User-to-User"])}>` });
  if (call.ended) clearTimeout(timer);
  else if (status >= 300) ended("refused", status);
}

/** User-to-User data stand in the URI too, for whoever is called by it (RFC 7433 4); a `tel` URI has no room for that. */
function referTo(to: string, uui: string | undefined): string {
  const uri = /^(sips?|tel):/i.test(to) ? to : to.includes("@") ? `sip:${to}` : `tel:${to}`;
  if (uui === undefined || /^tel:/i.test(uri)) return uri;
  return `${uri}${uri.includes("?") ? "&" : "?"}User-to-User=${encodeURIComponent(uui)}`;
}

function patienceOf(notify: SipRequest): number {
  const seconds = Number(/;\s*expires=(\d{1,9})/i.exec(notify.get("Subscription-State") ?? "")?.[1] ?? NEXT_MS / 1000);
  return Math.min(Math.max(seconds, 1) * 1000, LONGEST_MS);
}
