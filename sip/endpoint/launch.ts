/** Gets a request to somebody who answers: by TCP or UDP, at one address of a name or the next (RFC 3261 18.1.1, RFC 3263 4.3). */
import { composeNew } from "./compose.ts";
import type { Context } from "./context.ts";
import { type Filled, printEcho } from "./fill-request.ts";
import { REASONS } from "./fill-response.ts";
import { asDatagram } from "./large.ts";
import { header, type Response } from "./message.ts";
import { isHeard, type Sent } from "./sent.ts";

/** Where there is somewhere else to go, an address that says nothing in so long is given up. */
const TRY_MS = 4_000;

export interface LaunchUser {
  response(response: Response): void;
  /** Nobody was reached: the status that stands for it (RFC 3261 8.1.3.1). */
  missed(status: number, reason: string): void;
  /** Nothing more will come of it. */
  ended(): void;
}

export function launch(context: Context, entry: Sent, user: LaunchUser): void {
  const { timers, transactions } = context;
  const { method, branch, text } = entry.filled;
  /** What comes of a way that was left concerns nobody. */
  const mine = (work: () => unknown) => () => void (entry.filled.branch === branch && work());
  const transaction = transactions.start({ method, branch, text, ackTo: ackOf(entry.filled) }, entry.flow, {
    response: (response) => mine(() => (response.status === 503 && goElsewhere()) || user.response(response))(),
    timedOut: mine(() => unheard() || user.missed(408, REASONS[408]!)),
    broken: (why) => mine(() => unheard() || user.missed(503, why))(),
    ended: mine(user.ended),
  });
  // A way that fails at once has been left already.
  mine(() => {
    entry.transaction = transaction;
    // Inside a dialog it would be heard twice by a peer that is slow.
    if (entry.elsewhere || (entry.datagram && !entry.dialog)) timers.start(TRY_MS, mine(silent));
  })();

  function silent(): void {
    if (unheard()) transaction.abandon();
  }

  /** Says again what was not heard: by UDP what went by TCP for its size, else on the next way. False as below. */
  function unheard(): boolean {
    if (isHeard(entry) || entry.cancel !== "none") return false;
    const datagram = asDatagram(context, entry);
    if (!datagram) return goElsewhere();
    Object.assign(entry, datagram);
    launch(context, entry, user);
    return true;
  }

  /** Says the request again on the next way to its name; false when there is none, somebody has begun to answer, or nobody wants it. */
  function goElsewhere(): boolean {
    const { elsewhere, filled, flow } = entry;
    const [next, ...others] = elsewhere?.ways ?? [];
    if (!elsewhere || !next || entry.cancel !== "none" || entry.dialog) return false;
    context.shunned.add(flow.remote);
    entry.elsewhere = others.length > 0 ? { ...elsewhere, ways: others } : undefined;
    Object.assign(entry, composeNew(context, elsewhere.message, next(), filled));
    launch(context, entry, user);
    return true;
  }
}

/** Made apart from what lives on for half a minute, which would keep the request's text. */
function ackOf(filled: Filled): (response: Response) => string {
  return (response) => printEcho(filled, "ACK", { to: header(response, "to") });
}
