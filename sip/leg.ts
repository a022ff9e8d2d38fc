import { randomInt } from "node:crypto";
import { createBell } from "./bell.ts";
import { HUNG_UP } from "./causes.ts";
import { ALLOW } from "./headers.ts";
import { relayedKey } from "./keys.ts";
import { type Origin, withoutOrigin } from "./origin.ts";
import { type Headers, type Reply, type SipDialog, type SipMessage, type SipRequest, sdpOf, statusOf } from "./srf.ts";
import { type Credentials, proofFor } from "./trunks/requests.ts";

/** What an offer of media came to. */
export type Answer = { sdp: string } | { status: number };

/** One SIP relation with one party, answered: its dialog and the media agreed in it. */
export interface Leg {
  /** What the party described last. */
  readonly remoteSdp: string;
  /** What we described last, under the leg's own `o=` line. */
  readonly localSdp: string;
  readonly ended: boolean;
  /** An INVITE of either side is under way: the party may not begin another (RFC 3261 14.2). */
  readonly busy: boolean;
  /** He takes SIP INFO, or does not say (`Allow`). */
  readonly takesInfo: boolean;
  /** Offers media by re-INVITE, after what is under way. A 481 or 408 ends the leg (RFC 3261 14.1). */
  offer(sdp: string): Promise<Answer>;
  /** As `offer`, and once more after each 491 (RFC 3261 14.1), three times at most. */
  insist(sdp: string): Promise<Answer>;
  /** Tells a key by SIP INFO, as `application/dtmf-relay`. */
  press(digit: string): void;
  /** Any other request inside the dialog. → its final status; 503 where none came */
  request(method: string, headers: Headers, body?: string): Promise<number>;
  /** What happens is told by these from here on. */
  follow(hooks: LegHooks): void;
  /** BYE, with this Reason. Nothing is told afterwards. */
  end(reason?: string): void;
}

export interface LegHooks {
  /** The party hung up, or was lost. Told once, and not after `end`. `said`: the body of its BYE. */
  gone(reason: string, said: string): void;
  /** The party offers other media; resolves to our answer. */
  offered(sdp: string): Promise<Answer>;
  /** Any re-INVITE or UPDATE, before it is answered: who sends it may say more in it than what it offers. */
  renewed?(request: SipRequest): void;
  /** Our 200 to the first INVITE has its ACK: `remoteSdp` is known even where the offer was ours. */
  acknowledged?(): void;
  /** A key told by SIP INFO. */
  key?(digit: string): void;
  /** The body of a MESSAGE; refused where nobody takes it. */
  said?(text: string): void;
  /** A REFER, to be answered; declined where nobody takes it. */
  referred?(request: SipRequest, reply: Reply): void;
  /** How far the party is with a REFER of ours (RFC 3515): a NOTIFY, which has been answered. */
  notified?(progress: SipRequest): void;
}

/** Follows a dialog. To be called in the callback that brings it, before its BYE may be handed on. */
export function followLeg(options: {
  dialog: SipDialog;
  origin: Origin;
  /** The INVITE was ours. */
  placed: boolean;
  hooks: LegHooks;
  /** Holds the leg until it is released on the wire. */
  legs: Set<object>;
  /** How we prove who we are where the party asks for it inside the dialog. */
  credentials?: Credentials;
}): Leg {
  const { dialog, origin, legs, credentials } = options;
  let { hooks } = options;
  legs.add(dialog);
  dialog.remote.sdp ??= ""; // srf compares it with that of each re-INVITE
  const heard = (message: SipMessage): string => origin.hear(sdpOf(message));
  let remoteSdp = heard(options.placed ? dialog.res : dialog.req);
  let localSdp = origin.last;
  let ended = false;
  let acknowledged = options.placed;
  let ours = false; // our re-INVITE is under way
  let theirs: "none" | "asked" | "answered" = options.placed ? "none" : "answered"; // until the ACK of an INVITE of theirs
  let latest: SipRequest | undefined; // that they asked by
  const bell = createBell();
  const allowed = (options.placed ? dialog.res : dialog.req).get("Allow");

  function finish(reason: string, said = ""): void {
    legs.delete(dialog);
    if (ended) return;
    ended = true;
    bell.ring();
    hooks.gone(reason, said);
  }

  dialog.on("destroy", (bye, reason) => finish(reason ?? "hung up", bye?.body));
  dialog.on("ack", (ack) => {
    const told = heard(ack);
    const news = told !== "" && withoutOrigin(told) !== withoutOrigin(remoteSdp);
    if (theirs === "answered") theirs = "none";
    remoteSdp = told || remoteSdp;
    if (!acknowledged) hooks.acknowledged?.();
    else if (news) void hooks.offered(told); // the answer to what we said to an offerless re-INVITE
    acknowledged = true;
    bell.ring();
  });
  dialog.on("modify", (request, reply) => void renegotiated(request, reply));
  dialog.on("update", (request, reply) => void renegotiated(request, reply));
  dialog.on("info", (request, reply) => {
    reply.send(200);
    const digit = relayedKey(request);
    if (digit) hooks.key?.(digit);
  });
  dialog.on("options", (_request, reply) => reply.send(200, { headers: { Allow: ALLOW } }));
  dialog.on("message", (request, reply) => {
    if (!hooks.said) return reply.send(405, { headers: { Allow: ALLOW } });
    reply.send(200);
    hooks.said(request.body ?? "");
  });
  dialog.on("refer", (request, reply) => (hooks.referred ? hooks.referred(request, reply) : reply.send(603)));
  dialog.on("notify", (request, reply) => {
    const known = /^refer\b/i.test(request.get("Event") ?? "");
    reply.send(known && hooks.notified ? 200 : 481); // RFC 6665 4.1.3
    if (known) hooks.notified?.(request);
  });

  /** Without SDP, or with what we know already, it is told again what holds; else the other side is asked. */
  async function renegotiated(request: SipRequest, reply: Reply): Promise<void> {
    const sdp = heard(request);
    hooks.renewed?.(request);
    if (ours) return reply.send(491);
    if (!origin.takes(sdpOf(request))) return reply.send(488);
    if (theirs === "asked") return reply.send(500, { headers: { "Retry-After": "1" } }); // RFC 3261 14.2
    // Where the ACK is still awaited, the new INVITE proves it: srf tells an ACK a turn later than what came after it.
    theirs = "asked";
    latest = request;
    const news = sdp && withoutOrigin(sdp) !== withoutOrigin(remoteSdp);
    const answer: Answer = news ? await hooks.offered(sdp) : { sdp: localSdp };
    if (ended) return reply.send(481);
    theirs = "none";
    if ("sdp" in answer) accept();
    else reply.send(answer.status);
    bell.ring();

    function accept(): void {
      const before = { remoteSdp, localSdp };
      const invite = request.method === "INVITE";
      if (news) remoteSdp = sdp;
      if (news && "sdp" in answer) localSdp = origin.say(answer.sdp);
      if (invite) theirs = "answered";
      reply.send(200, sdp || invite ? { body: localSdp } : {}, (error) => {
        // Their CANCEL came first: no ACK will follow, and what held before holds on (RFC 3261 14.2).
        if (!error || ended || latest !== request) return;
        if (invite) theirs = "none";
        ({ remoteSdp, localSdp } = before);
        if (news) void hooks.offered(remoteSdp); // the other side has agreed to what is not to be
        bell.ring();
      });
    }
  }

  async function offer(sdp: string): Promise<Answer> {
    while (leg.busy && !leg.ended) await bell.rung();
    if (ended) return { status: 481 };
    ours = true;
    const offered = origin.say(sdp);
    const answer = await new Promise<Answer>((resolve) => {
      void untilEnded().then(() => resolve({ status: 481 }));
      reinvite(offered, resolve);
    });
    ours = false;
    if ("sdp" in answer) {
      remoteSdp = answer.sdp;
      localSdp = offered;
    } else if (!ended && (answer.status === 481 || answer.status === 408)) {
      finish("lost");
      bye(HUNG_UP);
    }
    bell.ring();
    return answer;
  }

  /** Not `dialog.modify`, which never resolves again once a re-INVITE was refused. */
  function reinvite(body: string, answered: (answer: Answer) => void, proof?: Headers): void {
    dialog.request({ method: "INVITE", body, ...(proof && { headers: proof }) }, (error, response) => {
      if (response && response.status < 200) return;
      const asked = response && !proof && proofFor(response, response.req, credentials);
      if (asked) return reinvite(body, answered, asked);
      const sdp = response?.status === 200 ? heard(response) : "";
      if (sdp) answered({ sdp });
      // A 200 that answers no offer has agreed to nothing.
      else answered({ status: response?.status === 200 ? 488 : (response?.status ?? statusOf(error) ?? 503) });
    });
  }

  async function untilEnded(): Promise<void> {
    while (!leg.ended) await bell.rung();
  }

  const leg: Leg = {
    get remoteSdp() {
      return remoteSdp;
    },
    get localSdp() {
      return localSdp;
    },
    get ended() {
      return ended;
    },
    get busy() {
      return ours || theirs !== "none";
    },
    takesInfo: !allowed || /\bINFO\b/i.test(allowed),
    offer,
    async insist(sdp) {
      let answer = await offer(sdp);
      for (let again = 0; again < 3 && "status" in answer && answer.status === 491; again++) {
        await pause(glareMs(options.placed), untilEnded());
        answer = await offer(sdp);
      }
      return answer;
    },
    press(digit) {
      const headers = { "Content-Type": "application/dtmf-relay" };
      dialog.request({ method: "INFO", headers, body: `Signal=${digit}\r\nDuration=160\r\n` }, () => undefined);
    },
    request: (method, headers, body) =>
      new Promise((resolve) => {
        void untilEnded().then(() => resolve(481));
        dialog.request({ method, headers, body }, (error, response) => {
          if (!response || response.status >= 200) resolve(response?.status ?? statusOf(error) ?? 503);
        });
      }),
    follow(others) {
      hooks = others;
    },
    end(reason = HUNG_UP) {
      if (ended) return;
      ended = true;
      bell.ring();
      bye(reason);
    },
  };
  return leg;

  function bye(reason: string): void {
    const headers = { Reason: reason };
    if (!credentials) return dialog.destroy({ headers }, () => legs.delete(dialog));
    // `destroy` does not say what was answered.
    dialog.request({ method: "BYE", headers }, (_error, response) => {
      const proof = response && proofFor(response, response.req, credentials);
      if (proof) dialog.request({ method: "BYE", headers: { ...headers, ...proof } }, () => legs.delete(dialog));
      else legs.delete(dialog);
    });
  }
}

/** How long to wait after a 491: the side that made the Call-ID waits longer, so that the second try meets none. */
function glareMs(placed: boolean): number {
  return placed ? randomInt(2100, 4000) : randomInt(0, 2000);
}

function pause(ms: number, early: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void early.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
