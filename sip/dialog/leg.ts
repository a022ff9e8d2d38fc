import { HUNG_UP } from "./causes.ts";
import type { Answer, LegHooks } from "./hooks.ts";
import { answerInside } from "./inside.ts";
import {
  acknowledge,
  createNegotiation,
  describedBy,
  insist,
  isBusy,
  type Negotiation,
  offer,
  renegotiated,
} from "./negotiating.ts";
import type { Origin } from "./origin.ts";
import type { Headers, SipDialog } from "./srf.ts";
import { ask, createStanding, finish, hangUp, type Standing } from "./standing.ts";

/** One SIP relation with one party, answered: its dialog and the media agreed in it. */
export interface Leg {
  /** As a `Replaces` of the other side names it (RFC 3891): its tag is the `from-tag`. */
  readonly replaces: string;
  /** As endpoints name it: by the tag of who began it. */
  readonly dialog: string;
  /** What the party described last, as it may be offered to others: that he only hears while he is held is nothing of his. */
  readonly remoteSdp: string;
  /** Addresses from which he signals. */
  readonly from: string[];
  /** What we described last, under the leg's own `o=` line. */
  readonly localSdp: string;
  /** He does not want to hear, by his own word (RFC 3264 8.4). */
  readonly holds: boolean;
  readonly ended: boolean;
  /** An INVITE of either side is under way: the party may not begin another (RFC 3261 14.2). */
  readonly busy: boolean;
  /** He takes SIP INFO, or does not say (`Allow`). */
  readonly takesInfo: boolean;
  /** Offers media by re-INVITE, after what is under way. A 481 or 408 ends the leg (RFC 3261 14.1), and so does that nobody is there. */
  offer(sdp: string): Promise<Answer>;
  /** As `offer`, and once more after each 491 (RFC 3261 14.1), three times at most. */
  insist(sdp: string): Promise<Answer>;
  /** Tells a key by SIP INFO, as `application/dtmf-relay`. */
  press(digit: string): void;
  /** Any other request inside the dialog. → its final status; 503 where none came */
  request(method: string, headers: Headers, body?: string): Promise<number>;
  /** What happens is told by these from here on. */
  follow(hooks: LegHooks): void;
  /** What is said before our BYE. */
  lastWord?: () => Promise<unknown>;
  /** BYE, with this Reason. Nothing is told afterwards. */
  end(reason?: string): void;
  /** Tells once more that he has gone, if he has: for who could not heed it at the time. */
  retell(): void;
}

/** Follows a dialog. To be called in the callback that brings it, before its BYE may be handed on. */
export function followLeg(
  options: Pick<Standing, "dialog" | "legs" | "credentials" | "hooks"> & { origin: Origin; placed: boolean },
): Leg {
  const { dialog, origin, placed } = options;
  const standing = createStanding(dialog, options);
  const its = createNegotiation(standing, origin, placed);
  listen(standing, its);
  const { callId, localTag, remoteTag } = dialog.sip;
  const allowed = (placed ? dialog.res : dialog.req).get("Allow");
  const leg: Leg = {
    replaces: `${callId};to-tag=${localTag};from-tag=${remoteTag}`,
    dialog: `${callId};from-tag=${placed ? localTag : remoteTag}`,
    get remoteSdp() {
      return describedBy(its);
    },
    get from() {
      return its.from;
    },
    get localSdp() {
      return its.localSdp;
    },
    get holds() {
      return its.holds;
    },
    get ended() {
      return standing.ended;
    },
    get busy() {
      return isBusy(its);
    },
    takesInfo: !allowed || /\bINFO\b/i.test(allowed),
    offer: (sdp) => offer(its, sdp),
    insist: (sdp) => insist(its, sdp),
    press: (digit) => press(dialog, digit),
    request: (method, headers, body) => ask(standing, method, headers, body),
    follow: (hooks) => void (standing.hooks = hooks),
    end(reason = HUNG_UP) {
      const { lastWord } = leg;
      delete leg.lastWord;
      if (lastWord && !standing.ended) void lastWord().then(() => leg.end(reason));
      else hangUp(standing, reason);
    },
    retell() {
      if (standing.gone) standing.hooks.gone(...standing.gone);
    },
  };
  return leg;
}

function listen(standing: Standing, its: Negotiation): void {
  const { dialog } = standing;
  dialog.on("destroy", (bye, reason) => {
    const over = (): void => finish(standing, reason ?? "hung up", bye?.body);
    if (its.acknowledged) return over();
    // srf tells an ACK a turn later than a BYE that came after it, and has forgotten by then who listens. With his ACK he was there.
    queueMicrotask(() => dialog.on("ack", (ack) => acknowledge(its, ack)));
    setImmediate(over);
  });
  dialog.on("ack", (ack) => acknowledge(its, ack));
  dialog.on("modify", (request, reply) => void renegotiated(its, request, reply));
  dialog.on("update", (request, reply) => void renegotiated(its, request, reply));
  answerInside(standing);
}

function press(dialog: SipDialog, digit: string): void {
  const headers = { "Content-Type": "application/dtmf-relay" };
  dialog.request({ method: "INFO", headers, body: `Signal=${digit}\r\nDuration=160\r\n` }, () => undefined);
}
